"""Contracts explain their failures as tests do."""

import pytest

pytest.register_assert_rewrite("tests.contracts.channel_adapter")
