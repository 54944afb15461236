"""The places that settings are read from; each gives its entries and what is wrong with them."""

import json
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from bot.configuration.keys import PREFIX, Fields, Key, dotted, is_compound, variable
from bot.errors import SettingsProblem

CONFIG_VARIABLE = f"{PREFIX}CONFIG"
COMMAND_LINE = "command line"

_NOT_SETTINGS = (CONFIG_VARIABLE, f"{PREFIX}TEST_DATA")
_TOML_PLACE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")


@dataclass(frozen=True, slots=True)
class Entry:
    """A value that was set, and where."""

    key: Key
    value: Any
    where: str


Found = Iterator[Entry | SettingsProblem]
Places = Mapping[Key, str]
"""Where each key was set; `()` is where all others come from."""


def where_set(key: Key, places: Places) -> str:
    """Return where a key, or else the nearest one above it, was set."""
    while key not in places:
        key = key[:-1]
    return places[key]


def read_file(file: Path) -> Found:
    """Yield what a TOML file sets, or the one problem that keeps it from being read."""
    try:
        text = file.read_bytes().decode("utf-8-sig")
        yield from entries(tomllib.loads(text), str(file))
    except FileNotFoundError:
        remedy = f"Make one with `kennisbot init`, or name another with --config or {CONFIG_VARIABLE}."
        yield SettingsProblem(str(file), "", "there is no such file", remedy)
    except OSError as error:
        yield SettingsProblem(str(file), "", f"can't be read: {error.strerror}")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        yield SettingsProblem(f"{file}, line {line}", "", "this is not UTF-8", "Save the file as UTF-8.")
    except tomllib.TOMLDecodeError as error:
        yield _broken_toml(file, text, str(error))


def read_environment(fields: Fields, environment: Mapping[str, str]) -> Found:
    """Yield what the variables that start with KENNISBOT_ set."""
    keys = {variable(key): key for key in fields if 0 not in key}
    for name in sorted(environment):
        if name in keys:
            yield from _read_variable(fields, keys[name], name, environment[name])
        elif name.removesuffix("_FILE") in keys:
            yield from _read_named_file(fields, keys[name.removesuffix("_FILE")], name, environment)
        elif name.startswith(PREFIX) and name not in _NOT_SETTINGS:
            yield SettingsProblem(name, "", "there is no such setting", _nearest_variable(name, keys))


def entries(tree: Mapping[str, Any], where: str, above: Key = ()) -> Iterator[Entry]:
    """Yield the leaves of nested tables; a list is a leaf, as it replaces a whole list elsewhere."""
    for name, value in tree.items():
        if isinstance(value, Mapping) and value:
            yield from entries(value, where, (*above, name))
        else:
            yield Entry((*above, name), value, where)


def tree_of(found: Iterable[Entry]) -> dict[str, Any]:
    """Return nested tables again; of two entries with one key the last wins."""
    tree: dict[str, Any] = {}
    for entry in found:
        table: Any = tree
        for part in entry.key[:-1]:
            if not isinstance(table.get(part), dict):
                table[part] = {}
            table = table[part]
        table[entry.key[-1]] = entry.value
    return tree


def _broken_toml(file: Path, text: str, message: str) -> SettingsProblem:
    place = _TOML_PLACE.search(message)
    line, column = (place[1], place[2]) if place else (None, None)
    if line is None:  # at the end of the document
        last = text.split("\n")
        line, column = str(len(last)), str(len(last[-1]) + 1)
    reason = _TOML_PLACE.sub("", message)
    return SettingsProblem(f"{file}, line {line}, column {column}", "", f"this is not TOML: {reason}")


def _read_variable(fields: Fields, key: Key, name: str, text: str) -> Found:
    if not is_compound(fields[key].annotation):
        yield Entry(key, text, name)
        return
    try:
        value = json.loads(text)
    except ValueError:
        hint = """Write a list as ["one", "two"] and a table as {"key": "value"}."""
        yield SettingsProblem(name, dotted(key), "expected JSON, found other text", hint)
    else:
        yield from entries({str(key[-1]): value}, name, key[:-1])


def _read_named_file(fields: Fields, key: Key, name: str, environment: Mapping[str, str]) -> Found:
    direct = variable(key)
    if direct in environment:
        yield SettingsProblem(f"{direct} and {name}", dotted(key), "both are given", "Keep one of them.")
        return
    file = environment[name]
    try:
        text = Path(file).read_text(encoding="utf-8")
    except OSError as error:
        yield SettingsProblem(name, dotted(key), f"can't read {file}: {error.strerror}")
    except UnicodeDecodeError:
        yield SettingsProblem(name, dotted(key), f"can't read {file}: it is not UTF-8")
    else:
        yield from _read_variable(fields, key, name, text.removesuffix("\n").removesuffix("\r"))


def _nearest_variable(name: str, keys: Iterable[str]) -> str:
    # Without their common prefix: every two names would be near each other with it.
    valid = [other.removeprefix(PREFIX) for other in (*keys, CONFIG_VARIABLE)]
    near = get_close_matches(name.removeprefix(PREFIX), valid, n=1)
    return f"Did you mean {PREFIX}{near[0]}?" if near else ""
