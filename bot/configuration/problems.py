"""What is wrong with a value, in the words of whoever set it; never the value of a secret."""

import re
from itertools import takewhile

from pydantic_core import ErrorDetails

from bot.configuration.keys import (
    PREFIX,
    Fields,
    Key,
    Values,
    did_you_mean,
    dotted,
    generic,
    holds_secret,
    nearest,
)
from bot.errors import SettingsProblem

_MESSAGES = {
    "extra_forbidden": "there is no such setting",
    "missing": "is missing",
    "too_short": "expected {min_length} or more in this list, found {actual_length}",
}
_EXPECTED = {  # by pydantic's name of the error, or the first word of it
    "bool": "true or false",
    "dict": "a table",
    "float": "a number",
    "greater_than": "more than {gt}",
    "greater_than_equal": "{ge} or more",
    "int": "a whole number",
    "less_than": "less than {lt}",
    "less_than_equal": "{le} or less",
    "literal_error": "{expected}",
    "model": "a table",
    "path_type": "a path",
    "string_pattern_mismatch": "text of the form {pattern}",
    "string_type": "text",
    "tuple": "a list",
}
_KINDS: dict[type, str] = {
    bool: "true or false",
    dict: "a table",
    float: "a number",
    int: "a number",
    list: "a list",
    str: "text",
    type(None): "nothing",
}
_JSON_HINT = """Write a list as ["one", "two"] and a table as {"key": "value"}."""
_OPTION = re.compile(r"'([^']+)'")


def describe(details: ErrorDetails, fields: Fields, values: Values) -> SettingsProblem:
    """Return one problem that the validation of the settings found."""
    key = tuple(part for part in details["loc"] if part != "[key]")
    where = values[nearest(key, values)].where
    message, hint = _message(details, fields, key), _hint(details, fields, key, where)
    return SettingsProblem(where, dotted(key) + _item_name(key, values), message, hint)


def _item_name(key: Key, values: Values) -> str:
    """Return ` (source "wiki")` for a key in a list's item of that name, to spare counting from 0."""
    above = tuple(takewhile(lambda part: isinstance(part, str), key))
    if key == above or key[-1] == "name":
        return ""
    item = values[above].value[key[len(above)]]
    name = item.get("name") if isinstance(item, dict) else None
    return f' ({str(above[-1]).removesuffix("s")} "{name}")' if isinstance(name, str) else ""


def _message(details: ErrorDetails, fields: Fields, key: Key) -> str:
    kind, facts = details["type"], details.get("ctx", {})
    if kind in _MESSAGES:
        return _MESSAGES[kind].format_map(facts)
    if expected := _EXPECTED.get(kind) or _EXPECTED.get(kind.partition("_")[0]):
        return f"expected {expected.format_map(facts)}, found {_found(details['input'], fields, key)}"
    return details["msg"].removeprefix("Value error, ")


def _found(value: object, fields: Fields, key: Key) -> str:
    if holds_secret(fields, key) or not isinstance(value, (str, bool, int, float)):
        return _KINDS.get(type(value), f"a {type(value).__name__}")
    return repr(value).lower() if isinstance(value, bool) else repr(value)


def _hint(details: ErrorDetails, fields: Fields, key: Key, where: str) -> str:
    match details["type"]:
        case "extra_forbidden":
            return _nearest_key(fields, key)
        case "literal_error":
            options = {option: f"'{option}'" for option in _OPTION.findall(details["ctx"]["expected"])}
            return did_you_mean(str(details["input"]).lower(), options)
        case "missing" | "string_pattern_mismatch":
            return fields[nearest(generic(key), fields)].description or ""
        case "dict_type" | "model_type" | "tuple_type" if where.startswith(PREFIX):
            return _JSON_HINT
        case _:
            return ""


def _nearest_key(fields: Fields, key: Key) -> str:
    """Name the nearest key beside this one, else a key of such a name elsewhere."""
    name, above = str(key[-1]), key[:-1]
    beside = {str(other[-1]): dotted((*above, other[-1])) for other in fields if other[:-1] == generic(above)}
    elsewhere = {str(other[-1]): dotted(other) for other in fields if 0 not in other}
    return did_you_mean(name, beside) or did_you_mean(name, elsewhere)
