"""`read_settings`: all layers to one checked model."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from bot.configuration.keys import Key, all_fields
from bot.configuration.layers import (
    COMMAND_LINE,
    Entry,
    Places,
    entries,
    read_environment,
    read_file,
    tree_of,
    where_set,
)
from bot.configuration.problems import describe
from bot.errors import SettingsError, SettingsProblem

Model = TypeVar("Model", bound=BaseModel)


def read_settings(
    model: type[Model], file: Path, environment: Mapping[str, str], flags: Mapping[str, Any]
) -> Model:
    """Return the settings; `flags` is nested like the file.

    Raises `SettingsError` with everything that is wrong. A file that can't be read hides what is
    wrong with the values, since each of its settings would seem to be missing.
    """
    from_file = list(read_file(file))
    from_elsewhere = [*read_environment(all_fields(model), environment), *entries(flags, COMMAND_LINE)]
    unread = [one for one in (*from_file, *from_elsewhere) if isinstance(one, SettingsProblem)]
    if any(isinstance(one, SettingsProblem) for one in from_file):
        raise SettingsError(unread)
    values = [one for one in (*from_file, *from_elsewhere) if isinstance(one, Entry)]
    places = {(): str(file)} | {value.key: value.where for value in values}
    try:
        settings = model.model_validate(tree_of(values))
    except ValidationError as error:
        raise SettingsError([*unread, *_further(error, model, places, unread)]) from None
    if unread:
        raise SettingsError(unread)
    complete: Model = _with_whole_paths(settings, file, places)
    return complete


def _further(
    error: ValidationError, model: type[BaseModel], places: Places, unread: list[SettingsProblem]
) -> list[SettingsProblem]:
    """Return what the validation found, less what follows from a value that could not be read."""
    fields = all_fields(model)
    found = (describe(details, fields, places) for details in error.errors(include_url=False))
    return [problem for problem in found if problem.key not in {one.key for one in unread}]


def _with_whole_paths(value: Any, file: Path, places: Places, key: Key = ()) -> Any:  # noqa: ANN401 - any setting
    """Return `value` with each relative path completed by the folder it starts at."""
    if isinstance(value, Path):
        start = file.absolute().parent if where_set(key, places) == str(file) else Path.cwd()
        return start / value.expanduser()
    if isinstance(value, BaseModel):
        return value.model_copy(
            update={name: _with_whole_paths(part, file, places, (*key, name)) for name, part in value}
        )
    if isinstance(value, tuple):
        return tuple(_with_whole_paths(part, file, places, (*key, i)) for i, part in enumerate(value))
    return value
