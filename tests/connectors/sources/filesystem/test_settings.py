"""What an administrator may set, and what is refused with a reason."""

import subprocess
import sys
from typing import Any

import pytest
from pydantic import ValidationError

from connectors.sources.filesystem.settings import FilesystemSettings


def _settings(**values: Any) -> FilesystemSettings:  # noqa: ANN401 - what a file may hold
    return FilesystemSettings.model_validate({"name": "wiki", "path": "/srv/wiki", **values})


def test_defaults_open_nothing() -> None:
    """A source that says nothing of access is read by nobody."""
    assert _settings().access == ()


def test_access_is_normalised() -> None:
    """Principals are compared trimmed and in lower case."""
    assert _settings(access=[" HR", "Sanne@X.example "]).access == ("hr", "sanne@x.example")


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"name": "My Wiki"}, "name"),
        ({"paht": "x"}, "paht"),
        ({"type": "web"}, "filesystem"),
        ({"include": "**/*.md"}, "include"),
        ({"include": ["/etc/*"]}, "include"),
        ({"exclude": [""]}, "exclude"),
        ({"access": ["hr", " "]}, "a principal is empty"),
        ({"url": "https://x.example/"}, "needs {path}"),
        ({"url": "https://x.example/{path}?{title}"}, "no placeholders but {path} and {anchor}"),
        ({"url": "https://x.example/{path}}"}, "no placeholders but {path} and {anchor}"),
    ],
)
def test_wrong_setting_is_refused(values: dict[str, Any], message: str) -> None:
    """A mistake is found when the settings are read, and named."""
    with pytest.raises(ValidationError) as caught:
        _settings(**values)
    assert message in str(caught.value)


def test_reading_settings_loads_no_haystack() -> None:
    """`kennisbot --help` and the check of settings stay quick."""
    program = "import sys, connectors.sources.filesystem.settings; sys.exit('haystack' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0  # noqa: S603 - our own
