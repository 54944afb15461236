"""The source in memory is as strict as a real one."""

import pytest

from tests.contracts.connector import ConnectorContract
from tests.pipelines.memory_source import MemorySource


class TestMemoryConnector(ConnectorContract):
    """A sync that is tested with it meets what a real source does."""

    @pytest.fixture
    def source(self) -> MemorySource:
        return MemorySource(batch_size=7)
