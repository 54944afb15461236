"""The keys of a model of settings: how they are written, what may stand under each, and what was set."""

from collections.abc import Callable, Collection, Iterator, Mapping
from difflib import get_close_matches
from typing import Any, NamedTuple, get_args, get_origin

from pydantic import BaseModel, SecretBytes, SecretStr
from pydantic.fields import FieldInfo

PREFIX = "KENNISBOT_"
DELIMITER = "__"

Key = tuple[str | int, ...]
Fields = dict[Key, FieldInfo]


class Value(NamedTuple):
    """What was set, and where: the file, an environment variable or the command line."""

    value: Any
    where: str


Values = dict[Key, Value]
"""What was set by its key; `()` is where all others come from."""


def dotted(key: Key) -> str:
    """Return a key as it is shown: `sources[1].path`."""
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in key).removeprefix(".")


def variable(key: Key) -> str:
    """Return the name of a key's environment variable: `KENNISBOT_LOG__LEVEL`."""
    return PREFIX + DELIMITER.join(map(str, key)).upper()


def generic(key: Key) -> Key:
    """Return the key that `fields_of` has for `key`, whatever its indexes."""
    return tuple(0 if isinstance(part, int) else part for part in key)


def fields_of(model: type[BaseModel], above: Key = ()) -> Fields:
    """Return every field of `model` and of the tables in it; a list's items have 0 for their index."""
    fields: Fields = {}
    for name, field in model.model_fields.items():
        fields[*above, name] = field
        parts = list(_parts(field.annotation))
        below = (*above, name, 0) if tuple in map(get_origin, parts) else (*above, name)
        for part in parts:
            if isinstance(part, type) and issubclass(part, BaseModel):
                fields |= fields_of(part, below)
    return fields


def holds_secret(fields: Fields, key: Key) -> bool:
    """Return whether a secret may stand at a key or below it, or beside it where it is not known."""
    above = nearest(generic(key), fields)
    around = (field.annotation for other, field in fields.items() if other[: len(above)] == above)
    return any(part in (SecretStr, SecretBytes) for annotation in around for part in _parts(annotation))


def _parts(annotation: object) -> Iterator[object]:
    """Yield the types that an annotation is made of."""
    yield annotation
    for argument in get_args(annotation):
        yield from _parts(argument)


def values_of(tree: Mapping[str, Any], where: Callable[[Key], str], above: Key = ()) -> Values:
    """Return what stands in nested tables; a list is one value, as it replaces a whole list elsewhere."""
    values: Values = {}
    for name, value in tree.items():
        key = (*above, name)
        inner = isinstance(value, Mapping) and values_of(value, where, key)
        values |= inner or {key: Value(value, where(key))}
    return values


def nearest(key: Key, known: Collection[Key]) -> Key:
    """Return a key that is known, or else the nearest one above it."""
    while key and key not in known:
        key = key[:-1]
    return key


def did_you_mean(name: str, options: Mapping[str, str]) -> str:
    """Return a question with the option that is most alike; its name is compared, its text is shown."""
    near = get_close_matches(name, options, n=1)
    return f"Did you mean {options[near[0]]}?" if near else ""
