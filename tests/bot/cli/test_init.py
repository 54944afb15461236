"""`kennisbot init`: settings to begin with."""

from pathlib import Path

import pytest

from bot.settings import load_settings
from tests.fakes.company import Company


def test_writes_settings_that_can_be_used(company: Company) -> None:
    """And says what to do next."""
    result = company.run("init", "new.toml")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == ("Wrote new.toml. Set the folder with your documents in it, then run: kennisbot sync\n")
    assert [source.name for source in load_settings(Path("new.toml"), environment={}).sources] == ["documents"]


def test_writes_kennisbot_toml_where_no_other_name_is_given(company: Company) -> None:
    """That is where the other commands look."""
    (company.folder / "kennisbot.toml").unlink()
    assert company.run("init").exit_code == 0
    assert (company.folder / "kennisbot.toml").read_text("utf-8").startswith("# The settings of Kennisbot.")


def test_overwrites_nothing(company: Company) -> None:
    """Somebody's settings are worth more than a template."""
    before = (company.folder / "kennisbot.toml").read_text("utf-8")
    result = company.run("init")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "kennisbot.toml is there already" in result.stderr
    assert "--force" in result.stderr
    assert (company.folder / "kennisbot.toml").read_text("utf-8") == before


def test_overwrites_with_force(company: Company) -> None:
    """Whoever says so gets it."""
    assert company.run("init", "--force").exit_code == 0
    assert "[[sources]]" in (company.folder / "kennisbot.toml").read_text("utf-8")


@pytest.mark.parametrize("path", ["no/such/folder/new.toml", "wiki"])
def test_file_that_can_not_be_written_is_told(company: Company, path: str) -> None:
    """With the path and what to do."""
    result = company.run("init", path, "--force")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith(f"Error: {path} can't be written: ")
    assert result.stderr.endswith("Choose a folder you may write to.\n")


def test_brackets_in_a_path_stay(company: Company) -> None:
    """A path is text, whatever is in it."""
    assert "Wrote [draft].toml." in company.run("init", "[draft].toml").stdout
