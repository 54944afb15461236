"""`Sample`: the demo's company, indexed once in a temporary folder, for the sections that ask it questions."""

import asyncio
import json
from functools import cached_property
from pathlib import Path

from bot import bootstrap
from bot.settings import Settings, load_settings
from tests.benchmarks.report import progress
from tests.fakes.progress import Silent

DEMO = Path(__file__).parents[2] / "deploy" / "demo"


class Sample:
    """The sample's settings and questions; its index is made when it is first asked for."""

    config = DEMO / "kennisbot.toml"
    documents = DEMO / "documents"

    def __init__(self, folder: Path) -> None:
        """`folder`: where everything that is measured may write."""
        self.folder = folder

    def settings(self, name: str) -> Settings:
        """Return the sample's settings, with a data folder of this name."""
        return load_settings(self.config, {"data_folder": self.folder / name, "log": {"level": "error"}})

    @cached_property
    def questions(self) -> list[str]:
        """The sample's questions, Dutch and English."""
        lines = (DEMO / "questions" / "queries.jsonl").read_text("utf-8").splitlines()
        return [str(json.loads(line)["text"]) for line in lines]

    @cached_property
    def indexed(self) -> Settings:
        """The settings of an index of the whole sample."""
        settings = self.settings("indexed")
        progress("indexing the sample")
        synchronizer = bootstrap.build_synchronizer(settings, Silent())
        asyncio.run(synchronizer.sync(bootstrap.build_connectors(settings)))
        return settings
