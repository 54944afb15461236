"""`read_settings`: file, environment and flags to one checked model."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_settings import BaseSettings, InitSettingsSource

from bot.configuration.keys import Key, Value, Values, fields_of, nearest, values_of
from bot.configuration.problems import describe
from bot.configuration.sources import Environment, toml_source
from bot.errors import SettingsError

Model = TypeVar("Model", bound=BaseSettings)


def read_settings(model: type[Model], file: Path, environment: Mapping[str, str], flags: Mapping[str, Any]) -> Model:
    """Return the settings; `flags` is nested like the file.

    Raises `SettingsError` with everything that is wrong. A file that can't be read hides what is
    wrong with the values, since each of its settings would seem to be missing.
    """
    variables = Environment(model, environment)
    problems = variables.problems
    try:
        toml = toml_source(model, file)
    except SettingsError as error:
        raise SettingsError([*error.problems, *problems]) from error
    values = {
        (): Value(None, str(file)),
        **values_of(toml(), lambda _: str(file)),
        **values_of(variables(), variables.where),
        **values_of(flags, lambda _: "command line"),
    }
    try:
        settings = model(_build_sources=((InitSettingsSource(model, dict(flags)), variables, toml), {}))
    except ValidationError as error:
        fields = fields_of(model)
        problems += [describe(details, fields, values) for details in error.errors(include_url=False)]
    if problems:  # raised here, since a `ValidationError` as the cause would show secrets
        raise SettingsError(problems)
    whole: Model = _with_whole_paths(settings, file, values)
    return whole


def _with_whole_paths(part: Any, file: Path, values: Values, key: Key = ()) -> Any:  # noqa: ANN401 - any setting
    """Return a setting with each relative path in it completed by the folder it starts at."""
    if isinstance(part, Path):
        start = file.absolute().parent if values[nearest(key, values)].where == str(file) else Path.cwd()
        return start / part.expanduser()
    if isinstance(part, BaseModel):
        whole = {name: _with_whole_paths(inner, file, values, (*key, name)) for name, inner in part}
        return part.model_copy(update=whole)
    if isinstance(part, tuple):
        return tuple(_with_whole_paths(inner, file, values, (*key, i)) for i, inner in enumerate(part))
    return part
