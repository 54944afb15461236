"""Who may read what: the same question, asked by people with different rights.

One document is open to all employees, one restricted by its own front matter, and one by the
access.toml of its folder.
"""

import json
from typing import Any

import pytest

from tests.fakes.company import Company

QUESTION = "How much is the bonus per year?"
OPEN = "# Bonus for everybody\n\nThe bonus per year is 100 euro for each employee.\n"
RESTRICTED = """---
title: Bonus of managers
access: [{access}]
---
# Managers

The bonus per year is 7000 euro for each manager.
"""
FOLDER = "# Bonus of the board\n\nThe bonus per year is 90000 euro for each member of the board.\n"
HR, TOM = "sanne@company.example", "tom@company.example"
OF_MANAGERS = ("managers", "Managers", "7000", "manager")
OF_THE_BOARD = ("board", "90000")


@pytest.fixture
def bonuses(company: Company) -> Company:
    company.write("wiki/bonus.md", OPEN)
    company.write("wiki/managers.md", RESTRICTED.format(access="hr"))
    company.write("wiki/board/bonus.md", FOLDER)
    company.write("wiki/board/access.toml", 'access = ["hr"]\n')
    (company.folder / "wiki/leave.md").unlink()
    company.run("sync")
    return company


def ask(company: Company, user: str = "") -> dict[str, Any]:
    document: dict[str, Any] = company.json("ask", QUESTION, *(["--user", user] if user else []))
    return document


def titles(document: dict[str, Any]) -> set[str]:
    return {source["title"] for source in (*document["citations"], *document["nearest"])}


def sync(company: Company) -> dict[str, int]:
    """Return the counts of a sync: documents with new metadata, and chunks that were embedded."""
    [source] = company.json("sync")["sources"]
    return {name: source[name] for name in ("metadata_changed", "changed", "added", "chunks_embedded")}


METADATA_OF_ONE = {"metadata_changed": 1, "changed": 0, "added": 0, "chunks_embedded": 0}


def test_whoever_may_read_all_gets_all(bonuses: Company) -> None:
    """A member of the group sees the open and both restricted documents."""
    assert titles(ask(bonuses, HR)) == {"Bonus for everybody", "Bonus of managers", "Bonus of the board"}


@pytest.mark.parametrize("user", ["", TOM])
def test_others_get_the_open_document_only(bonuses: Company, user: str) -> None:
    """The same question, other sources."""
    assert titles(ask(bonuses, user)) == {"Bonus for everybody"}


@pytest.mark.parametrize("user", ["", TOM])
def test_nothing_of_a_restricted_document_shows_anywhere(bonuses: Company, user: str) -> None:
    """Neither in the text nor in a title, a link, a snippet or anything else of the whole document."""
    document = ask(bonuses, user)
    del document["timings"]  # figures that change from run to run
    assert "100 euro" in document["text"]
    assert [word for word in (*OF_MANAGERS, *OF_THE_BOARD) if word in json.dumps(document)] == []


def test_reply_is_the_same_as_if_restricted_documents_were_not_there(bonuses: Company) -> None:
    """So that nothing can be concluded from what is left out."""
    restricted = ask(bonuses, TOM)
    (bonuses.folder / "wiki/managers.md").unlink()
    (bonuses.folder / "wiki/board/bonus.md").unlink()
    bonuses.run("sync")
    alone = ask(bonuses, TOM)
    del restricted["timings"], alone["timings"]
    assert restricted == alone


def test_documents_searched_are_counted_for_the_asker(bonuses: Company, monkeypatch: pytest.MonkeyPatch) -> None:
    """The status line of somebody who may read one document speaks of one."""
    shown: list[str] = []

    async def update(_: object, text: str) -> None:
        shown.append(text)

    monkeypatch.setattr("bot.adapters.console.adapter.ConsoleResponder.update", update)
    ask(bonuses, TOM)
    ask(bonuses, HR)
    assert [text for text in shown if text.startswith("Searching")] == [
        "Searching one document…",
        "Searching 3 documents…",
    ]


def test_question_about_a_restricted_document_only_is_not_found(bonuses: Company) -> None:
    """Whoever may read nothing of it hears that nothing was found, not that it is kept from them."""
    (bonuses.folder / "wiki/bonus.md").unlink()
    bonuses.run("sync")
    document = ask(bonuses, TOM)
    assert (document["outcome"], document["citations"], document["nearest"]) == ("not_found", [], [])
    assert document["text"] == "There are no documents that you may read yet, so I can't answer this."


def test_right_given_in_front_matter_works_after_a_sync(bonuses: Company) -> None:
    """Without embedding anything."""
    bonuses.write("wiki/managers.md", RESTRICTED.format(access=f"hr, {TOM}"))
    assert sync(bonuses) == METADATA_OF_ONE
    assert titles(ask(bonuses, TOM)) == {"Bonus for everybody", "Bonus of managers"}


def test_right_taken_in_front_matter_works_after_a_sync(bonuses: Company) -> None:
    """For those who had it, too."""
    bonuses.write("wiki/managers.md", RESTRICTED.format(access=TOM))
    assert sync(bonuses) == METADATA_OF_ONE
    assert titles(ask(bonuses, HR)) == {"Bonus for everybody", "Bonus of the board"}


def test_right_given_in_access_toml_works_after_a_sync(bonuses: Company) -> None:
    """Though no document has changed."""
    bonuses.write("wiki/board/access.toml", f'access = ["hr", "{TOM}"]\n')
    assert sync(bonuses) == METADATA_OF_ONE
    assert titles(ask(bonuses, TOM)) == {"Bonus for everybody", "Bonus of the board"}


def test_right_taken_in_access_toml_works_after_a_sync(bonuses: Company) -> None:
    """An empty list means nobody."""
    bonuses.write("wiki/board/access.toml", "access = []\n")
    assert sync(bonuses) == METADATA_OF_ONE
    assert titles(ask(bonuses, HR)) == {"Bonus for everybody", "Bonus of managers"}


def test_new_group_in_the_people_file_works_at_once(bonuses: Company) -> None:
    """Who somebody is needs no sync."""
    bonuses.write("people.toml", f"[[people]]\nemail = '{TOM}'\ngroups = ['HR']\n")
    assert len(titles(ask(bonuses, TOM))) == 3


def test_access_file_with_a_slip_closes_its_folder(bonuses: Company) -> None:
    """Nobody gets more because of a slip; the sync says what is wrong."""
    bonuses.write("wiki/board/access.toml", 'acces = ["everyone"]\n')
    result = bonuses.run("sync")
    assert result.exit_code == 1
    assert "board/access.toml" in result.stderr
    assert titles(ask(bonuses, HR)) == {"Bonus for everybody", "Bonus of managers"}
