"""When a source is synced: part of the settings of every kind of source."""

import re
from datetime import timedelta
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, Field, TypeAdapter, ValidationError

LEAST = timedelta(seconds=10)
"""The shortest interval: listing a source of thousands of documents takes seconds."""

_FRIENDLY = re.compile(r"(\d+d)?(\d+h)?(\d+m)?(\d+s)?", re.IGNORECASE)
_HINT = 'write a duration such as "30s", "15m", "1h30m" or "1d"'
_UNITS = {"d": 86_400, "h": 3_600, "m": 60, "s": 1}
_duration = TypeAdapter(timedelta)


def written(duration: timedelta) -> str:
    """Return `duration` as it is written in settings: `15m`, `1h30m`."""
    left, parts = round(duration.total_seconds()), []
    for unit, seconds in _UNITS.items():
        count, left = divmod(left, seconds)
        parts += [f"{count}{unit}"] if count else []
    return "".join(parts) or "0s"


def _read(value: Any) -> timedelta:  # noqa: ANN401 - what a settings file may hold
    duration = _parsed(value)
    if duration < LEAST:
        raise ValueError(f"{value} is too short: the least is {written(LEAST)}")
    return duration


def _parsed(value: Any) -> timedelta:  # noqa: ANN401 - what a settings file may hold
    if isinstance(value, timedelta):
        return value
    if not isinstance(value, str):  # pydantic would take 15 for seconds, where minutes may be meant
        raise ValueError(f"it has no unit: {_HINT}")
    try:
        return _duration.validate_python(_in_iso(value.replace(" ", "")) or value)
    except ValidationError:
        raise ValueError(f"'{value}' is no duration: {_HINT}") from None


def _in_iso(text: str) -> str | None:
    """Return `1d2h` as `P1DT2H`, which is ISO 8601; None for what is not of that form."""
    match = _FRIENDLY.fullmatch(text)
    if not text or match is None:
        return None
    days, *rest = (part or "" for part in match.groups())
    time = "".join(rest)
    return f"P{days}{'T' if time else ''}{time}".upper()


class Schedule(BaseModel):
    """What a source's settings inherit: how often it is synced where syncs are scheduled."""

    sync_every: Annotated[timedelta, BeforeValidator(_read)] = Field(
        default=timedelta(minutes=15),
        description='How often the source is synced while `kennisbot sync --watch` runs: "30s", "15m", "1h", "1d"; '
        "10 seconds or more.",
    )
