"""What is logged, how it looks, and what never gets there."""

import json
import logging
import os
import sys
from collections.abc import Iterator
from typing import Any

import pytest
import structlog
from pydantic import SecretStr

from bot.log import configure
from bot.settings import LogSettings


@pytest.fixture(autouse=True)
def _restored() -> Iterator[None]:
    """Leave logging to other tests as it was."""
    root = logging.getLogger()
    handlers, level, environment = root.handlers[:], root.level, os.environ.copy()
    yield
    structlog.reset_defaults()
    root.handlers[:], root.level = handlers, level
    for name in ("bot", "connectors", "pipelines"):
        logging.getLogger(name).setLevel(logging.NOTSET)
    os.environ.clear()
    os.environ.update(environment)


def logger(name: str = "bot.turns") -> structlog.stdlib.BoundLogger:
    bound: structlog.stdlib.BoundLogger = structlog.stdlib.get_logger(name)
    return bound


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    captured = capsys.readouterr()
    assert captured.out == ""
    return [json.loads(line) for line in captured.err.splitlines()]


def test_each_line_is_an_object_where_there_is_no_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    """Time in UTC, level, logger, event and the facts; letters as they are."""
    configure(LogSettings())
    logger().info("turn closed", outcome="answered", title="Café\nbeleid")
    [line] = lines(capsys)
    assert line.pop("timestamp").endswith("Z")
    assert line == {
        "event": "turn closed",
        "level": "info",
        "logger": "bot.turns",
        "outcome": "answered",
        "title": "Café\nbeleid",
    }


def test_a_terminal_gets_readable_lines(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """`auto` looks at standard error; NO_COLOR is honoured."""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    monkeypatch.setenv("NO_COLOR", "1")
    configure(LogSettings())
    logger().info("turn closed", outcome="answered")
    error = capsys.readouterr().err
    assert "[info     ] turn closed" in error
    assert "outcome=answered" in error
    assert "\x1b[" not in error


@pytest.mark.parametrize(("terminal", "chosen"), [(True, "json"), (False, "console")])
def test_the_format_can_be_chosen(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, terminal: bool, chosen: str
) -> None:
    """What is set counts, on a terminal and elsewhere."""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: terminal)
    configure(LogSettings.model_validate({"format": chosen}))
    logger().info("turn closed")
    assert capsys.readouterr().err.startswith("{") == (chosen == "json")


def test_the_level_holds_for_the_product(capsys: pytest.CaptureFixture[str]) -> None:
    """What is below it is not written."""
    configure(LogSettings(level="warning"))
    logger().info("turn closed")
    logger().warning("index is old")
    assert [line["event"] for line in lines(capsys)] == ["index is old"]


def test_libraries_log_through_it_from_warnings_on(capsys: pytest.CaptureFixture[str]) -> None:
    """Below that they would log what passes through them, questions included."""
    configure(LogSettings(level="debug"))
    library = logging.getLogger("httpx")
    library.info("GET %s", "/search?q=ontslag")
    library.warning("slow: %s", "5 s", extra={"attempt": 2})
    [line] = lines(capsys)
    assert (line["event"], line["level"], line["logger"], line["attempt"]) == (
        "slow: 5 s",
        "warning",
        "httpx",
        2,
    )


def test_the_standard_library_is_as_good_as_structlog_for_the_product(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A module of ours may use either."""
    configure(LogSettings(level="debug"))
    logging.getLogger("pipelines.sync").debug("batch written")
    assert [line["event"] for line in lines(capsys)] == ["batch written"]


def test_configuring_again_does_not_write_lines_twice(capsys: pytest.CaptureFixture[str]) -> None:
    """Haystack's own handler, too, would write each of its lines again."""
    logging.getLogger("haystack").addHandler(logging.StreamHandler())
    configure(LogSettings())
    configure(LogSettings())
    logging.getLogger("haystack").warning("slow")
    assert len(lines(capsys)) == 1
    assert os.environ["HAYSTACK_LOGGING_IGNORE_STRUCTLOG"] == "true"


@pytest.mark.parametrize(
    "facts",
    [
        {"bot_token": "xoxb-1"},
        {"signingSecret": "xoxb-1"},
        {"db_password": b"xoxb-1"},
        {"api_key": "xoxb-1"},
        {"headers": {"Authorization": "xoxb-1"}},
        {"tokens": ["xoxb-1"]},
        {"slack": [{"token": "xoxb-1"}]},
        {"webhook": SecretStr("xoxb-1")},
        {"nested": {"webhook": (SecretStr("xoxb-1"),)}},
    ],
)
def test_secrets_are_masked(capsys: pytest.CaptureFixture[str], facts: dict[str, Any]) -> None:
    """By their type, and by a key that looks like one, however deep."""
    configure(LogSettings())
    logger().info("connected", **facts)
    logging.getLogger("bot.turns").info("connected", extra=facts)
    written = capsys.readouterr().err
    assert "xoxb-1" not in written
    assert written.count("***") == 2


def test_counts_of_tokens_are_not_masked(capsys: pytest.CaptureFixture[str]) -> None:
    """A number under such a key is a count."""
    configure(LogSettings())
    logger().info("answered", prompt_tokens=512)
    assert lines(capsys)[0]["prompt_tokens"] == 512


@pytest.mark.parametrize(("allowed", "expected"), [(False, "(left out)"), (True, "Mag ik weg?")])
def test_questions_are_logged_only_when_the_settings_say_so(
    capsys: pytest.CaptureFixture[str], allowed: bool, expected: str
) -> None:
    """What people ask is their own affair."""
    configure(LogSettings(questions=allowed))
    logger().info("turn opened", question="Mag ik weg?")
    assert lines(capsys)[0]["question"] == expected


@pytest.mark.parametrize("chosen", ["console", "json"])
def test_tracebacks_come_without_local_variables(capsys: pytest.CaptureFixture[str], chosen: str) -> None:
    """A local variable may hold a secret or a question."""
    configure(LogSettings.model_validate({"format": chosen}))
    hidden = "xoxb" + "-1"
    try:
        raise ValueError(f"no answer of {len(hidden)} letters")
    except ValueError:
        logger().exception("turn failed")
    written = capsys.readouterr().err
    assert "ValueError: no answer of 6 letters" in written
    assert "xoxb-1" not in written
