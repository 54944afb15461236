"""How often a source is synced, as administrators write it."""

from datetime import timedelta

import pytest
from pydantic import ValidationError

from connectors.schedule import Schedule, written


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("30s", 30),
        ("15m", 900),
        ("1h", 3600),
        ("1d", 86_400),
        ("1h30m", 5400),
        ("15 M", 900),
        ("PT15M", 900),
        ("00:15:00", 900),
    ],
)
def test_duration_is_read(text: str, seconds: int) -> None:
    """As one writes it, or in the standard's form."""
    assert Schedule.model_validate({"sync_every": text}).sync_every == timedelta(seconds=seconds)


def test_without_it_a_source_is_synced_every_quarter_of_an_hour() -> None:
    """The default that the template shows."""
    assert Schedule().sync_every == timedelta(minutes=15)


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (15, 'it has no unit: write a duration such as "30s", "15m"'),
        (True, "it has no unit"),
        ("", "'' is no duration"),
        ("soon", "'soon' is no duration"),
        ("15", "'15' is no duration"),
        ("999999999999d", "is no duration"),
        ("9s", "9s is too short: the least is 10s"),
        ("-01:00:00", "is too short"),
    ],
)
def test_wrong_duration_is_refused_with_what_to_write(value: object, message: str) -> None:
    """A number alone could be seconds or minutes, so it is not guessed at."""
    with pytest.raises(ValidationError) as caught:
        Schedule.model_validate({"sync_every": value})
    assert message in str(caught.value)


@pytest.mark.parametrize("text", ["30s", "15m", "1h30m", "1d2h"])
def test_duration_is_shown_as_it_is_written(text: str) -> None:
    """What a command prints can be put into the settings."""
    assert written(Schedule.model_validate({"sync_every": text}).sync_every) == text


def test_no_time_at_all_is_shown() -> None:
    """Not as nothing."""
    assert written(timedelta(milliseconds=20)) == "0s"
