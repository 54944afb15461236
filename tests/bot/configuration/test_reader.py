"""Settings from a file, the environment and flags, and what is said when they are wrong."""

import os
from pathlib import Path
from threading import Thread
from typing import Any, Literal

import pytest
from pydantic import BaseModel, ConfigDict, Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.configuration.keys import DELIMITER, PREFIX
from bot.configuration.reader import read_settings
from bot.errors import SettingsError


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Platform(_Table):
    bot_token: SecretStr = SecretStr("")
    signing: tuple[SecretStr, ...] = ()


class Source(_Table):
    path: Path = Field(description="The folder to read.")
    name: str = Field(default="handbook", pattern="^[a-z]+$", description="Lower case.")


class Numbers(_Table):
    level: Literal["debug", "info"] = "info"
    top_k: int = Field(default=100, ge=10, le=1000)
    weight: float = 0.5
    open: bool = False


class Example(BaseSettings):
    model_config = SettingsConfigDict(
        case_sensitive=True, env_nested_delimiter=DELIMITER, env_prefix=PREFIX, frozen=True
    )

    folder: Path = Path("data")
    languages: tuple[Literal["nl", "en"], ...] = ("nl",)
    people_file: Path | None = None
    numbers: Numbers = Numbers()
    platform: Platform = Platform()
    sources: tuple[Source, ...] = ()


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give an empty settings file in the working folder, as `kennisbot.toml` is by default."""
    monkeypatch.chdir(tmp_path)
    Path("kennisbot.toml").touch()
    return Path("kennisbot.toml")


def read(file: Path, environment: dict[str, str] | None = None, **flags: Any) -> Example:  # noqa: ANN401 - a flag's
    return read_settings(Example, file, environment or {}, flags)


def problems(file: Path, environment: dict[str, str] | None = None, **flags: Any) -> list[str]:  # noqa: ANN401 - same
    with pytest.raises(SettingsError) as caught:
        read(file, environment, **flags)
    return str(caught.value).splitlines()


def test_defaults_hold_for_an_empty_file(file: Path) -> None:
    """What nobody sets has its default."""
    assert read(file).numbers == Numbers()


def test_flags_win_over_environment_over_file_over_defaults(file: Path) -> None:
    """Each layer overrides single keys of the one below, within one table."""
    file.write_text("[numbers]\ntop_k = 20\nweight = 0.1\nlevel = 'info'")
    environment = {"KENNISBOT_NUMBERS__TOP_K": "30", "KENNISBOT_NUMBERS__WEIGHT": "0.2"}
    numbers = read(file, environment, numbers={"top_k": 40}).numbers
    assert numbers == Numbers(top_k=40, weight=0.2, level="info", open=False)


def test_lists_and_tables_are_json_in_the_environment(file: Path) -> None:
    """A list replaces the file's list; a table is merged into the file's."""
    file.write_text("languages = ['nl']\n[numbers]\ntop_k = 20")
    environment = {"KENNISBOT_LANGUAGES": '["en", "nl"]', "KENNISBOT_NUMBERS": '{"open": true}'}
    settings = read(file, environment)
    assert (settings.languages, settings.numbers.top_k, settings.numbers.open) == (("en", "nl"), 20, True)


def test_a_variable_adds_to_its_tables_variable(file: Path) -> None:
    """The variable of a single setting wins over that of the table it is in."""
    environment = {"KENNISBOT_NUMBERS": '{"open": true, "top_k": 20}', "KENNISBOT_NUMBERS__TOP_K": "30"}
    assert read(file, environment).numbers == Numbers(open=True, top_k=30)


def test_a_flag_replaces_what_is_no_table_in_the_file(file: Path) -> None:
    """A higher layer's key stands where a lower one has a value of the wrong shape."""
    file.write_text("numbers = 5")
    assert read(file, numbers={"top_k": 40}).numbers.top_k == 40


@pytest.mark.parametrize("ending", ["", "\n", "\r\n"])
def test_a_value_may_stand_in_a_file_that_the_environment_names(file: Path, ending: str) -> None:
    """The final newline, which editors add, is not part of a secret; spaces are."""
    Path("secret").write_bytes(b" xoxb-1 " + ending.encode())
    settings = read(file, {"KENNISBOT_PLATFORM__BOT_TOKEN_FILE": "secret"})
    assert settings.platform.bot_token.get_secret_value() == " xoxb-1 "


def test_a_setting_whose_own_name_ends_in_file_is_not_taken_for_a_named_file(file: Path) -> None:
    """KENNISBOT_PEOPLE_FILE is `people_file`; KENNISBOT_PEOPLE_FILE_FILE names a file that holds it."""
    Path("name").write_text("people.toml\n", encoding="utf-8")
    direct = read(file, {"KENNISBOT_PEOPLE_FILE": "people.toml"})
    named = read(file, {"KENNISBOT_PEOPLE_FILE_FILE": "name"})
    assert direct.people_file == named.people_file == Path("people.toml").absolute()


def test_paths_start_at_the_file_or_else_at_the_working_folder(file: Path, tmp_path: Path) -> None:
    """The file's paths and the defaults move with the file; those of environment and flags don't."""
    elsewhere = tmp_path / "etc" / "kennisbot.toml"
    elsewhere.parent.mkdir()
    elsewhere.write_text("[[sources]]\npath = 'docs'\n[[sources]]\npath = '/srv/docs'")
    settings = read(elsewhere, {"KENNISBOT_PEOPLE_FILE": "people.toml"})
    assert settings.folder == tmp_path / "etc" / "data"
    assert [source.path for source in settings.sources] == [tmp_path / "etc" / "docs", Path("/srv/docs")]
    assert settings.people_file == tmp_path / "people.toml"
    assert read(elsewhere, folder="here").folder == tmp_path / "here"


def test_a_file_may_begin_with_a_byte_order_mark(file: Path) -> None:
    """Some editors write one."""
    file.write_bytes(b"\xef\xbb\xbflanguages = ['en']\r\n")
    assert read(file).languages == ("en",)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "languges = ['nl']",
            "kennisbot.toml: languges: there is no such setting. Did you mean languages?",
        ),
        (
            "[numbers]\ntopk = 5",
            "kennisbot.toml: numbers.topk: there is no such setting. Did you mean numbers.top_k?",
        ),
        ("top_k = 5", "kennisbot.toml: top_k: there is no such setting. Did you mean numbers.top_k?"),
        ("zzz = 5", "kennisbot.toml: zzz: there is no such setting."),
        (
            "[[sources]]\npath = 'a'\n[[sources]]\npath = 'b'\npth = 'c'",
            "kennisbot.toml: sources[1].pth: there is no such setting. Did you mean sources[1].path?",
        ),
        ("[[sources]]", "kennisbot.toml: sources[0].path: is missing. The folder to read."),
        ("[[sources]]\npath = 1", "kennisbot.toml: sources[0].path: expected a path, found 1."),
        (
            "[[sources]]\npath = 'a'\nname = 'A B'",
            "kennisbot.toml: sources[0].name: expected text of the form ^[a-z]+$, found 'A B'. Lower case.",
        ),
        (
            "[[sources]]\npath = 'a'\n[[sources]]\nname = 'wiki'",
            'kennisbot.toml: sources[1].path (source "wiki"): is missing. The folder to read.',
        ),
        (
            "Languages = ['nl']",
            "kennisbot.toml: Languages: there is no such setting. Did you mean languages?",
        ),
        ("sources = {}", "kennisbot.toml: sources: expected a list, found a table."),
        ("sources = ['a']", "kennisbot.toml: sources[0]: expected a table, found 'a'."),
        ("languages = 'nl'", "kennisbot.toml: languages: expected a list, found 'nl'."),
        ("languages = ['fr']", "kennisbot.toml: languages[0]: expected 'nl' or 'en', found 'fr'."),
        (
            "numbers.level = 'Debugg'",
            "kennisbot.toml: numbers.level: expected 'debug' or 'info', found 'Debugg'. Did you mean 'debug'?",
        ),
        ("numbers.top_k = 'many'", "kennisbot.toml: numbers.top_k: expected a whole number, found 'many'."),
        ("numbers.top_k = 10.5", "kennisbot.toml: numbers.top_k: expected a whole number, found 10.5."),
        ("numbers.top_k = []", "kennisbot.toml: numbers.top_k: expected a whole number, found a list."),
        ("numbers.top_k = 5", "kennisbot.toml: numbers.top_k: expected 10 or more, found 5."),
        ("numbers.top_k = 5000", "kennisbot.toml: numbers.top_k: expected 1000 or less, found 5000."),
        ("numbers.weight = 'half'", "kennisbot.toml: numbers.weight: expected a number, found 'half'."),
        (
            "numbers.weight = 2024-01-01",
            "kennisbot.toml: numbers.weight: expected a number, found a date.",
        ),
        (
            "numbers.open = 'perhaps'",
            "kennisbot.toml: numbers.open: expected true or false, found 'perhaps'.",
        ),
        ("numbers = true", "kennisbot.toml: numbers: expected a table, found true."),
    ],
)
def test_a_wrong_value_is_told_with_file_key_expectation_and_finding(file: Path, text: str, expected: str) -> None:
    """An administrator reads where it is, what should be there, what is there, and the nearest name."""
    file.write_text(text)
    assert problems(file) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "languages = ['nl']\nfolder = data\n",
            "kennisbot.toml: this is not TOML: Invalid value (at line 2, column 10).",
        ),
        (
            "[numbers\n",
            "kennisbot.toml: this is not TOML: Expected ']' at the end of a table declaration (at line 1, column 9).",
        ),
        (
            "languages = ['nl',\n'en'",
            "kennisbot.toml: this is not TOML: Unclosed array (at end of document).",
        ),
    ],
)
def test_broken_toml_is_told_with_its_place(file: Path, text: str, expected: str) -> None:
    """The place is that of the first character that does not fit."""
    file.write_text(text)
    assert problems(file) == [expected]


def test_a_pipe_is_read_like_a_file(file: Path) -> None:
    """Settings may come decrypted from another program: `--config <(sops -d kennisbot.toml)`."""
    file.unlink()
    os.mkfifo(file)
    writer = Thread(target=file.write_text, args=("languages = ['en']",))
    writer.start()
    assert read(file).languages == ("en",)
    writer.join()


def test_a_file_in_another_encoding_is_told_with_its_line(file: Path) -> None:
    """TOML is UTF-8; older editors write something else."""
    file.write_bytes("languages = ['nl']\nfolder = 'café'".encode("latin-1"))
    assert problems(file) == ["kennisbot.toml, line 2: this is not UTF-8. Save the file as UTF-8."]


def test_a_missing_file_is_told_with_the_remedy(file: Path) -> None:
    """Who starts for the first time learns how to make one."""
    file.unlink()
    assert problems(file) == [
        "kennisbot.toml: there is no such file. "
        "Make one with `kennisbot init`, or name another with --config or KENNISBOT_CONFIG."
    ]


def test_a_file_that_cannot_be_read_is_told_with_the_reason(file: Path) -> None:
    """A folder in the file's place is such a case."""
    file.unlink()
    file.mkdir()
    assert problems(file) == ["kennisbot.toml: can't be read: Is a directory."]


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        (
            {"KENNISBOT_NUMBERS__TOPK": "5"},
            "KENNISBOT_NUMBERS__TOPK: there is no such setting. Did you mean KENNISBOT_NUMBERS__TOP_K?",
        ),
        (
            {"KENNISBOT_CONFG": "x"},
            "KENNISBOT_CONFG: there is no such setting. Did you mean KENNISBOT_CONFIG?",
        ),
        ({"KENNISBOT_QQQ": "x"}, "KENNISBOT_QQQ: there is no such setting."),
        (
            {"KENNISBOT_SOURCES__0__PATH": "x"},
            "KENNISBOT_SOURCES__0__PATH: there is no such setting. Did you mean KENNISBOT_SOURCES?",
        ),
        (
            {"KENNISBOT_NUMBERS__TOP_K": "many"},
            "KENNISBOT_NUMBERS__TOP_K: numbers.top_k: expected a whole number, found 'many'.",
        ),
        (
            {"KENNISBOT_LANGUAGES": "nl"},
            "KENNISBOT_LANGUAGES: languages: expected a list, found 'nl'. "
            'Write a list as ["one", "two"] and a table as {"key": "value"}.',
        ),
        (
            {"KENNISBOT_PLATFORM": '{"bot_token": "12345"'},
            "KENNISBOT_PLATFORM: platform: expected a table, found text. "
            'Write a list as ["one", "two"] and a table as {"key": "value"}.',
        ),
        (
            {"KENNISBOT_SOURCES": '[{"name": "wiki"}]'},
            'KENNISBOT_SOURCES: sources[0].path (source "wiki"): is missing. The folder to read.',
        ),
        (
            {"KENNISBOT_NUMBERS": '{"topk": 5}'},
            "KENNISBOT_NUMBERS: numbers.topk: there is no such setting. Did you mean numbers.top_k?",
        ),
        (
            {"KENNISBOT_FOLDER": "a", "KENNISBOT_FOLDER_FILE": "b"},
            "KENNISBOT_FOLDER and KENNISBOT_FOLDER_FILE: folder: both are given. Keep one of them.",
        ),
        (
            {"KENNISBOT_FOLDER_FILE": "/nowhere/secret"},
            "KENNISBOT_FOLDER_FILE: folder: can't read /nowhere/secret: No such file or directory.",
        ),
        (
            {"KENNISBOT_FOLDER_FILE": "latin"},
            "KENNISBOT_FOLDER_FILE: folder: can't read latin: it is not UTF-8.",
        ),
    ],
)
def test_a_wrong_variable_is_told_by_its_name(file: Path, environment: dict[str, str], expected: str) -> None:
    """What comes from the environment is looked for there, not in the file."""
    Path("latin").write_bytes(b"\xe9")
    assert problems(file, environment) == [expected]


def test_variables_that_are_no_settings_are_let_through(file: Path) -> None:
    """Other programs' variables, the file's own and the tests' are no mistakes."""
    read(file, {"PATH": "/bin", "KENNISBOT_CONFIG": "kennisbot.toml", "KENNISBOT_TEST_DATA": "/srv/data"})


def test_a_wrong_flag_is_told_as_such(file: Path) -> None:
    """What was typed is not looked for in the file."""
    assert problems(file, numbers={"top_k": 5}) == ["command line: numbers.top_k: expected 10 or more, found 5."]


def test_all_problems_are_told_at_once(file: Path) -> None:
    """Nobody has to start again for each of them."""
    file.write_text("languges = []\nnumbers.top_k = 5")
    environment = {
        "KENNISBOT_QQQ": "1",
        "KENNISBOT_NUMBERS__WEIGHT": "half",
        "KENNISBOT_LANGUAGES": "[1",
        "KENNISBOT_SOURCES": "[2",
    }
    json = 'Write a list as ["one", "two"] and a table as {"key": "value"}.'
    assert problems(file, environment) == [
        "KENNISBOT_QQQ: there is no such setting.",
        f"KENNISBOT_LANGUAGES: languages: expected a list, found '[1'. {json}",
        "kennisbot.toml: numbers.top_k: expected 10 or more, found 5.",
        "KENNISBOT_NUMBERS__WEIGHT: numbers.weight: expected a number, found 'half'.",
        f"KENNISBOT_SOURCES: sources: expected a list, found '[2'. {json}",
        "kennisbot.toml: languges: there is no such setting. Did you mean languages?",
    ]


def test_a_missing_file_does_not_hide_what_is_wrong_with_the_environment(file: Path) -> None:
    """Both are told; only the values have to wait for the file."""
    file.unlink()
    assert len(problems(file, {"KENNISBOT_QQQ": "1"})) == 2


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("platform.bot_token = 12345", "kennisbot.toml: platform.bot_token: expected text, found a number."),
        ("platform.signing = '12345'", "kennisbot.toml: platform.signing: expected a list, found text."),
        ("platform.signing = [12345]", "kennisbot.toml: platform.signing[0]: expected text, found a number."),
        ("platform = '12345'", "kennisbot.toml: platform: expected a table, found text."),
        (
            "platform.bot_tokn = '12345'",
            "kennisbot.toml: platform.bot_tokn: there is no such setting. Did you mean platform.bot_token?",
        ),
    ],
)
def test_the_value_of_a_secret_is_never_told(file: Path, text: str, expected: str) -> None:
    """Neither where a secret stands nor where one was put by mistake."""
    file.write_text(text)
    assert problems(file) == [expected]


def test_the_traceback_of_a_problem_does_not_tell_a_secret(file: Path) -> None:
    """What validation raised would show its input, so it does not come along."""
    file.write_text("platform.bot_token = 12345")
    with pytest.raises(SettingsError) as caught:
        read(file)
    assert caught.value.__context__ is None


def test_a_problem_carries_its_facts(file: Path) -> None:
    """A program can tell the parts of a problem apart, and that trying again does not help."""
    file.write_text("numbers.level = 'debg'")
    with pytest.raises(SettingsError) as caught:
        read(file)
    [problem] = caught.value.problems
    assert (problem.where, problem.key, problem.hint) == (
        "kennisbot.toml",
        "numbers.level",
        "Did you mean 'debug'?",
    )
    assert not caught.value.retryable
