"""What all commands share: help, and errors in an administrator's words."""

import json

import pytest

from bot.cli import main
from tests.fakes.company import Company

COMMANDS = ("init", "sync", "serve", "ask", "chat", "inspect", "doctor", "calibrate")
WITH_SETTINGS = (("sync",), ("ask", "How many days?"), ("chat",), ("doctor",))


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_explains_itself_with_an_example(company: Company, command: str) -> None:
    """Whoever does not know a command can copy the line."""
    result = company.run(command, "--help")
    assert result.exit_code == 0
    assert f"Example: kennisbot {command}" in result.stdout


def test_help_names_every_command_and_where_to_begin(company: Company) -> None:
    """Each on one line that is not cut off."""
    text = company.run("--help").stdout
    rows = [line.strip("│ ").split() for line in text.split("Commands ─")[1].splitlines()]
    assert [row[0] for row in rows if row and row[0] in COMMANDS] == list(COMMANDS)
    assert "…" not in text
    assert "Begin with: kennisbot init" in text


def test_program_runs_the_command_line(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """`kennisbot` is what is installed."""
    monkeypatch.setattr("sys.argv", ["kennisbot", "--help"])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 0
    assert "Begin with: kennisbot init" in capsys.readouterr().out


def test_bare_command_shows_the_help(company: Company) -> None:
    """As other programs do."""
    result = company.run()
    assert result.exit_code == 2
    assert "Begin with: kennisbot init" in result.output


@pytest.mark.parametrize("arguments", [("ask",), ("ask", "a", "b"), ("synch",), ("sync", "--loud")])
def test_wrong_usage_is_told(company: Company, arguments: tuple[str, ...]) -> None:
    """On standard error, with exit code 2."""
    result = company.run(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Usage: " in result.stderr


@pytest.mark.parametrize("command", WITH_SETTINGS[:3])
def test_broken_settings_are_told(company: Company, command: tuple[str, ...]) -> None:
    """All that is wrong with them, with exit code 2."""
    company.write("kennisbot.toml", "languages = []\nsource = 1\n")
    result = company.run(*command)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Error: The settings can't be used" in result.stderr
    assert "languages" in result.stderr
    assert "source" in result.stderr


def test_missing_settings_are_told_with_what_to_do(company: Company) -> None:
    """The file's name, and the command that makes one."""
    result = company.run("ask", "How many days?", "--config", "other.toml")
    assert result.exit_code == 2
    assert "other.toml" in result.stderr
    assert "kennisbot init" in result.stderr


def test_settings_file_can_be_named_by_the_environment(company: Company, monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a container."""
    monkeypatch.setenv("KENNISBOT_CONFIG", "elsewhere.toml")
    result = company.run("sync")
    assert result.exit_code == 2
    assert "elsewhere.toml" in result.stderr


@pytest.mark.parametrize("command", WITH_SETTINGS[:2])
def test_broken_settings_with_json_are_one_document(company: Company, command: tuple[str, ...]) -> None:
    """A script reads what is wrong, and people read it too."""
    company.write("kennisbot.toml", "languages = []\n")
    result = company.run(*command, "--json")
    assert result.exit_code == 2
    error = json.loads(result.stdout)["error"]
    assert error["message"] == "The settings can't be used"
    [problem] = error["problems"]
    assert set(problem) == {"where", "key", "message", "remedy"}
    assert problem["key"] == "languages"
    assert "languages" in result.stderr
