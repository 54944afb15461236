"""One log for the bot and its libraries, on standard error; times are in UTC.

Texts for users are not written here. A value whose key looks like a secret's is masked, and the
text of a question, logged under `question`, is left out unless the settings allow it. Tracebacks
come without local variables, since those hold both.
"""

import logging
import os
import re
import sys
from collections.abc import Mapping
from typing import Any

import structlog
from pydantic import SecretBytes, SecretStr
from structlog.typing import EventDict, Processor, WrappedLogger

from bot.settings import LogSettings

_OURS = ("bot", "connectors", "pipelines")
_HAYSTACK = ("haystack", "haystack_integrations", "haystack_experimental")
_SECRET_KEY = re.compile(r"token|secret|password|authorization|key$", re.IGNORECASE)
_MASK = "***"


def configure(settings: LogSettings) -> None:
    """Send what structlog and the standard library log to standard error; may be called again."""
    _keep_haystack_from_logging_itself()
    shared = _shared_processors(settings)
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_formatter(settings, shared))
    logging.basicConfig(handlers=[handler], level=_library_level(settings), force=True)
    for name in _OURS:
        logging.getLogger(name).setLevel(settings.level.upper())


def _keep_haystack_from_logging_itself() -> None:
    # On its first import Haystack adds a handler of its own, and every line would be there twice.
    os.environ["HAYSTACK_LOGGING_IGNORE_STRUCTLOG"] = "true"
    for name in _HAYSTACK:
        logging.getLogger(name).handlers.clear()
    # Where a component fails it copies its inputs into a snapshot that nobody keeps, and tells what it can't copy.
    logging.getLogger("haystack.utils.base_serialization").setLevel(logging.ERROR)


def _library_level(settings: LogSettings) -> int:
    # Libraries log what passes through them, questions included, at the levels below.
    return max(logging.WARNING, logging.getLevelNamesMapping()[settings.level.upper()])


def _shared_processors(settings: LogSettings) -> list[Processor]:
    questions: list[Processor] = [] if settings.questions else [_leave_out_question]
    return [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.stdlib.PositionalArgumentsFormatter(),
        structlog.stdlib.ExtraAdder(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        *questions,
        _mask_secrets,
    ]


def _formatter(settings: LogSettings, shared: list[Processor]) -> logging.Formatter:
    on_terminal = sys.stderr.isatty()
    as_json = settings.format == "json" or (settings.format == "auto" and not on_terminal)
    rendering: list[Processor] = (
        [
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=False, default=str),
        ]
        if as_json
        else [_console(colors=on_terminal and "NO_COLOR" not in os.environ)]
    )
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared,
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *rendering],
    )


def _console(*, colors: bool) -> structlog.dev.ConsoleRenderer:
    return structlog.dev.ConsoleRenderer(colors=colors, exception_formatter=structlog.dev.plain_traceback)


def _leave_out_question(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    if "question" in event:
        event["question"] = "(left out)"
    return event


def _mask_secrets(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    return {key: _masked(key, value) for key, value in event.items()}


def _masked(key: str, value: Any) -> Any:  # noqa: ANN401 - anything can be logged
    if isinstance(value, SecretStr | SecretBytes):
        return _MASK
    if isinstance(value, str | bytes) and _SECRET_KEY.search(key):
        return _MASK
    if isinstance(value, Mapping):
        return {inner: _masked(str(inner), part) for inner, part in value.items()}
    if isinstance(value, list | tuple):
        return [_masked(key, part) for part in value]
    return value
