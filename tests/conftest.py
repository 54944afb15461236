"""What holds for all tests."""

# Before any test module imports Haystack: each of the packages turns its usage reports off.
import connectors  # noqa: F401 - for what importing it does
