"""`kennisbot ask`: the reply in words and as JSON, and how it ends."""

import json
import subprocess
import sys

import pytest

from pipelines.errors import IndexUnavailable
from tests.fakes.company import SETTINGS, Company

QUESTION = "How many days of leave do I get with a full contract?"
KEYS = [
    "outcome",
    "text",
    "language",
    "citations",
    "nearest",
    "notices",
    "suggested_prompts",
    "timings",
]
CITATION = {
    "number": 1,
    "document_id": "wiki/leave.md",
    "title": "Leave",
    "url": "https://wiki.example.com/leave.md#days-of-leave",
    "section": "Days of leave",
    "snippet": "With a full contract you get 25 days of leave per year. Part-timers get leave in proportion.",
    "updated_at": "2025-03-01",
    "owner": "office@company.example",
    "source": "wiki",
    "place": "",
    "stale_since": None,
    "passage": ["With a full contract you get 25 days of leave per year.", "Part-timers get leave in proportion."],
    "also_at": [],
    "superseded_by": None,
}


def test_reply_has_quotes_and_links(synced: Company) -> None:
    """On standard output, in the language of the question."""
    result = synced.run("ask", QUESTION)
    assert (result.exit_code, result.stderr) == (0, "")
    assert "you get 25 days of leave per year" in result.stdout
    assert "Sources" in result.stdout
    assert "    https://wiki.example.com/leave.md#days-of-leave\n" in result.stdout


def test_json_is_one_document_with_the_documented_keys(synced: Company) -> None:
    """For scripts and for checks of quality."""
    result = synced.run("ask", QUESTION, "--json")
    document = json.loads(result.stdout)
    assert (result.exit_code, result.stderr, list(document)) == (0, "", KEYS)
    assert (document["outcome"], document["language"]) == ("closest", "en")
    assert document["citations"] == [CITATION]
    assert "[1]" in document["text"]
    assert list(document["timings"]) == ["retrieve_ms", "answer_ms", "total_ms"]


def test_nearest_documents_have_title_and_url(synced: Company) -> None:
    """They are links to try: of what was found and not quoted."""
    synced.write("kennisbot.toml", f"{SETTINGS}\n[answers]\nmax_characters = 100\n")
    synced.write("wiki/travel.md", "# Travel\n\nTrains are free for all staff.")
    synced.run("sync")
    assert synced.json("ask", QUESTION)["nearest"] == [
        {"title": "Travel", "url": "https://wiki.example.com/travel.md#travel", "document_id": "wiki/travel.md"}
    ]


def test_nothing_found_suggests_questions(synced: Company) -> None:
    """With exit code 0: that nothing is known is an answer, too."""
    (synced.folder / "wiki/leave.md").unlink()
    synced.run("sync", "--prune")
    result = synced.run("ask", QUESTION, "--json")
    document = json.loads(result.stdout)
    assert result.exit_code == 0
    assert (document["outcome"], document["citations"], document["nearest"]) == ("not_found", [], [])
    assert document["suggested_prompts"] == ["How many days of leave do I get?"]


@pytest.mark.parametrize("word", ["help", "hulp"])
def test_help_can_be_asked_for(synced: Company, word: str) -> None:
    """As on every platform."""
    document = synced.json("ask", word)
    assert (document["outcome"], document["language"]) == ("helped", "en" if word == "help" else "nl")


def test_before_any_sync_it_says_what_to_do(company: Company) -> None:
    """With exit code 1, in words and as JSON; no index is made."""
    result = company.run("ask", QUESTION, "--json")
    assert result.exit_code == 1
    error = json.loads(result.stdout)["error"]
    assert error["remedy"] == "Run `kennisbot sync` first."
    assert "there is no index at" in result.stderr
    assert "Run `kennisbot sync` first." in result.stderr
    assert not (company.folder / ".kennisbot").exists()


def test_unknown_user_is_told_with_the_nearest(synced: Company) -> None:
    """A slip of the pen does not become a question of nobody."""
    result = synced.run("ask", QUESTION, "--user", "sane@company.example")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Did you mean sanne@company.example?" in result.stderr


def test_unknown_user_with_json_is_one_document(synced: Company) -> None:
    """A script reads why."""
    result = synced.run("ask", QUESTION, "--user", "sane@company.example", "--json")
    assert result.exit_code == 2
    assert "Did you mean sanne@company.example?" in json.loads(result.stdout)["error"]["message"]


def test_known_user_is_answered(synced: Company) -> None:
    """Whatever the case of the address."""
    assert synced.json("ask", QUESTION, "--user", "Sanne@Company.example")["outcome"] == "closest"


def test_broken_people_file_is_told(synced: Company) -> None:
    """Nobody asks as somebody else because of a slip in it."""
    synced.write("people.toml", "[[people]]\nemail = 'sanne'\n")
    result = synced.run("ask", QUESTION)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "people.toml: people[0].email: expected an e-mail address, found 'sanne'." in result.stderr


def test_index_that_fails_on_the_way_is_told(synced: Company, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the words for whoever asks; the log, on standard error, has the cause; the exit code is 1."""

    def fail(*_: object) -> int:
        raise IndexUnavailable("the index can't be used: disk I/O error", "Check the disk.")

    monkeypatch.setattr("pipelines.document_store.sqlite.SQLiteDocumentStore.count_readable", fail)
    result = synced.run("ask", QUESTION, "--json")
    document = json.loads(result.stdout)
    assert (result.exit_code, document["outcome"]) == (1, "failed")
    assert "kennisbot doctor" in document["text"]
    assert "disk I/O error" in result.stderr
    assert "disk I/O error" not in result.stdout
    in_words = synced.run("ask", QUESTION)
    assert in_words.exit_code == 1
    assert "kennisbot doctor" in in_words.stdout


@pytest.mark.model
def test_whole_program_answers_from_a_question_in_other_words(synced: Company) -> None:
    """With the real model, as a process of its own: one JSON document, and nothing else on its output."""
    command = [sys.executable, "-c", "from bot.cli import main; main()"]
    for arguments in (["sync"], ["ask", "holiday entitlement", "--json"]):
        run = subprocess.run([*command, *arguments], capture_output=True, text=True, check=False)  # noqa: S603 - our own
        assert run.returncode == 0, run.stderr
    assert [c["title"] for c in json.loads(run.stdout)["citations"]] == ["Leave"]
