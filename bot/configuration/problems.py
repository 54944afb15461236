"""What is wrong with a value, in the words of whoever set it; never the value of a secret."""

import re
from collections.abc import Iterable
from difflib import get_close_matches

from pydantic_core import ErrorDetails

from bot.configuration.keys import Fields, Key, dotted, field_at, holds_secret, siblings
from bot.configuration.layers import Places, where_set
from bot.errors import SettingsProblem

_MESSAGES = {
    "extra_forbidden": "there is no such setting",
    "missing": "is missing",
    "too_short": "expected {min_length} or more in this list, found {actual_length}",
}
_EXPECTED = {
    "bool_parsing": "true or false",
    "bool_type": "true or false",
    "dict_type": "a table",
    "float_parsing": "a number",
    "float_type": "a number",
    "greater_than": "more than {gt}",
    "greater_than_equal": "{ge} or more",
    "int_from_float": "a whole number",
    "int_parsing": "a whole number",
    "int_type": "a whole number",
    "less_than": "less than {lt}",
    "less_than_equal": "{le} or less",
    "literal_error": "{expected}",
    "model_type": "a table",
    "path_type": "a path",
    "string_pattern_mismatch": "text of the form {pattern}",
    "string_type": "text",
    "tuple_type": "a list",
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
_OPTION = re.compile(r"'([^']+)'")


def describe(details: ErrorDetails, fields: Fields, places: Places) -> SettingsProblem:
    """Return one problem that the validation of the settings found."""
    key = tuple(part for part in details["loc"] if part != "[key]")
    message, hint = _message(details, fields, key), _hint(details, fields, key)
    return SettingsProblem(where_set(key, places), dotted(key), message, hint)


def _message(details: ErrorDetails, fields: Fields, key: Key) -> str:
    kind, facts = details["type"], details.get("ctx", {})
    if kind in _MESSAGES:
        return _MESSAGES[kind].format_map(facts)
    if kind in _EXPECTED:
        return f"expected {_EXPECTED[kind].format_map(facts)}, found {_found(details['input'], fields, key)}"
    return details["msg"].removeprefix("Value error, ")


def _found(value: object, fields: Fields, key: Key) -> str:
    field = field_at(fields, key)
    if field is None or holds_secret(field.annotation) or not isinstance(value, (str, bool, int, float)):
        return _KINDS.get(type(value), f"a {type(value).__name__}")
    return repr(value).lower() if isinstance(value, bool) else repr(value)


def _hint(details: ErrorDetails, fields: Fields, key: Key) -> str:
    match details["type"]:
        case "extra_forbidden":
            return _nearest_key(fields, key)
        case "literal_error":
            return _nearest(str(details["input"]), _OPTION.findall(str(details["ctx"]["expected"])))
        case "missing" | "string_pattern_mismatch":
            field = field_at(fields, key)
            return (field.description or "") if field else ""
        case _:
            return ""


def _nearest_key(fields: Fields, key: Key) -> str:
    """Name the nearest key beside this one, else a key of this name elsewhere."""
    name = str(key[-1])
    near = get_close_matches(name, siblings(fields, key), n=1)
    if near:
        return f"Did you mean {dotted((*key[:-1], near[0]))}?"
    elsewhere = [dotted(other) for other in fields if other[-1] == name and 0 not in other]
    return f"Did you mean {' or '.join(elsewhere)}?" if elsewhere else ""


def _nearest(text: str, options: Iterable[str]) -> str:
    near = get_close_matches(text.lower(), list(options), n=1)
    return f"Did you mean '{near[0]}'?" if near else ""
