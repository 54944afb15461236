"""Where settings are read from: what pydantic-settings' own sources lack."""

import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings, EnvSettingsSource, InitSettingsSource

from bot.configuration.keys import PREFIX, Key, did_you_mean, dotted, fields_of, variable
from bot.errors import SettingsError, SettingsProblem

CONFIG_VARIABLE = f"{PREFIX}CONFIG"

_NOT_SETTINGS = (CONFIG_VARIABLE, f"{PREFIX}TEST_DATA")


def toml_source(model: type[BaseSettings], file: Path) -> InitSettingsSource:
    """Return what a TOML file sets; raises `SettingsError` where it can't be read.

    `TomlConfigSettingsSource` does not fit: it passes over a file that is missing or a pipe, and
    refuses the byte order mark that some editors write.
    """
    where, hint = str(file), ""
    try:
        return InitSettingsSource(model, tomllib.loads(file.read_text(encoding="utf-8-sig")))
    except FileNotFoundError:
        message = "there is no such file"
        hint = f"Make one with `kennisbot init`, or name another with --config or {CONFIG_VARIABLE}."
    except OSError as error:
        message = f"can't be read: {error.strerror}"
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        where, message, hint = f"{file}, line {line}", "this is not UTF-8", "Save the file as UTF-8."
    except tomllib.TOMLDecodeError as error:
        message = f"this is not TOML: {error}"
    raise SettingsError([SettingsProblem(where, "", message, hint)])


class Environment(EnvSettingsSource):
    """The variables that start with KENNISBOT_; `problems` tells which of them can't be used."""

    def __init__(self, model: type[BaseSettings], environment: Mapping[str, str]) -> None:
        """Read `environment`, and the files that its variables name."""
        super().__init__(model, case_sensitive=False)
        self.problems: list[SettingsProblem] = []
        self._names: dict[str, str] = {}  # KENNISBOT_X is given by itself or by KENNISBOT_X_FILE
        self.env_vars: dict[str, str | None] = {}
        keys = {variable(key): dotted(key) for key in fields_of(model) if 0 not in key}
        for name, text in sorted(environment.items()):
            self._read(name, text, keys)

    def where(self, key: Key) -> str:
        """Return the variable that gave the value of `key`, perhaps as a part of its own."""
        return self._names.get(variable(key)) or self.where(key[:-1])

    def decode_complex_value(self, field_name: str, field: FieldInfo, value: Any) -> Any:  # noqa: ANN401 - JSON
        """Return a list or table; what is not JSON stays text, and its validation tells what was expected."""
        try:
            return super().decode_complex_value(field_name, field, value)
        except ValueError:
            return value

    def _read(self, name: str, text: str, keys: Mapping[str, str]) -> None:
        setting = name.removesuffix("_FILE")
        if name in keys:
            self._set(name, name, text)
        elif setting in self._names:
            self._refuse(f"{setting} and {name}", keys[setting], "both are given", "Keep one of them.")
        elif setting in keys:
            self._read_file(setting, name, Path(text), keys[setting])
        elif name.startswith(PREFIX) and name not in _NOT_SETTINGS:
            self._refuse(name, "", "there is no such setting", _nearest_variable(name, keys))

    def _read_file(self, setting: str, name: str, file: Path, key: str) -> None:
        try:
            self._set(setting, name, file.read_text(encoding="utf-8").removesuffix("\n"))
        except OSError as error:
            self._refuse(name, key, f"can't read {file}: {error.strerror}")
        except UnicodeDecodeError:
            self._refuse(name, key, f"can't read {file}: it is not UTF-8")

    def _set(self, setting: str, name: str, text: str) -> None:
        self._names[setting] = name
        self.env_vars[setting.lower()] = text

    def _refuse(self, name: str, key: str, message: str, hint: str = "") -> None:
        self.problems.append(SettingsProblem(name, key, message, hint))


def _nearest_variable(name: str, variables: Iterable[str]) -> str:
    # Without their common prefix: every two names would be near each other with it.
    options = {valid.removeprefix(PREFIX): valid for valid in (*variables, CONFIG_VARIABLE)}
    return did_you_mean(name.removeprefix(PREFIX), options)
