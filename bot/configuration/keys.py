"""The keys of a model of settings: how they are written, and what may stand under each."""

from collections.abc import Iterator
from types import UnionType
from typing import TypeGuard, Union, get_args, get_origin

from pydantic import BaseModel, SecretBytes, SecretStr
from pydantic.fields import FieldInfo

PREFIX = "KENNISBOT_"

Key = tuple[str | int, ...]
Fields = dict[Key, FieldInfo]


def dotted(key: Key) -> str:
    """Return a key as it is shown: `sources[1].path`."""
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in key).removeprefix(".")


def variable(key: Key) -> str:
    """Return the name of a key's environment variable: `KENNISBOT_LOG__LEVEL`."""
    return PREFIX + "__".join(map(str, key)).upper()


def all_fields(model: type[BaseModel], above: Key = ()) -> Fields:
    """Return every field of `model` and of the tables in it; a list's items have 0 for their index."""
    fields: Fields = {}
    for name, field in model.model_fields.items():
        key = (*above, name)
        fields[key] = field
        for table, below in _tables(field.annotation):
            fields |= all_fields(table, (*key, *below))
    return fields


def field_at(fields: Fields, key: Key) -> FieldInfo | None:
    """Return the field that a key is in: that of `languages` for `languages[1]`."""
    generic = _generic(key)
    while generic and generic not in fields:
        generic = generic[:-1]
    return fields.get(generic)


def siblings(fields: Fields, key: Key) -> list[str]:
    """Return the names that are valid where `key` stands."""
    above = _generic(key[:-1])
    return [str(other[-1]) for other in fields if other[:-1] == above]


def is_compound(annotation: object) -> bool:
    """Return whether a list or table is asked for, which the environment writes as JSON."""
    if get_origin(annotation) in (UnionType, Union):
        return any(map(is_compound, get_args(annotation)))
    return get_origin(annotation) in (tuple, dict) or _is_table(annotation)


def holds_secret(annotation: object) -> bool:
    """Return whether a secret may stand here, or anywhere in here."""
    if _is_table(annotation):
        return any(holds_secret(field.annotation) for field in all_fields(annotation).values())
    return annotation in (SecretStr, SecretBytes) or any(map(holds_secret, get_args(annotation)))


def _generic(key: Key) -> Key:
    return tuple(0 if isinstance(part, int) else part for part in key)


def _is_table(annotation: object) -> TypeGuard[type[BaseModel]]:
    return isinstance(annotation, type) and issubclass(annotation, BaseModel)


def _tables(annotation: object) -> Iterator[tuple[type[BaseModel], Key]]:
    if _is_table(annotation):
        yield annotation, ()
    step: Key = (0,) if get_origin(annotation) is tuple else ()
    for argument in get_args(annotation):
        for table, below in _tables(argument):
            yield table, (*step, *below)
