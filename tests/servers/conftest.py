"""The servers for a whole run of tests; without them the tests are skipped, with what installs them."""

from collections.abc import Iterator

import pytest

from tests.servers import cache, running
from tests.servers.running import Server


@pytest.fixture(scope="session", autouse=True)
def installed() -> None:
    """Skip what needs a server that is not there."""
    if not cache.are_installed():
        pytest.skip(f"no servers in {cache.folder()}: run `make servers`")


@pytest.fixture(scope="session")
def weaviate(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A Weaviate of this run's own."""
    with running.weaviate(tmp_path_factory.mktemp("weaviate")) as server:
        yield server


@pytest.fixture(scope="session")
def ollama(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """An Ollama of this run's own, with the models of the cache."""
    with running.ollama(tmp_path_factory.mktemp("ollama")) as server:
        yield server
