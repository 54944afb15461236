"""The catalogues tell the same in every language, and nothing that is never said."""

import ast
from collections.abc import Iterator, Sequence
from importlib.resources import files
from pathlib import Path
from typing import get_args

import pytest
from fluent.syntax import FluentParser
from fluent.syntax.ast import Junk, Message, VariableReference
from fluent.syntax.visitor import Visitor

import bot
from bot.locales import Texts
from bot.settings import Language

LANGUAGES: tuple[Language, ...] = get_args(Language)
CODE = Path(bot.__file__).parent
VALUES = {"count": 3, "date": "2025-03-01", "name": "Sanne", "number": "12", "reference": "1234abcd"}


class Variables(Visitor):
    def __init__(self) -> None:
        self.names: set[str] = set()

    def visit_VariableReference(self, node: VariableReference) -> None:
        self.names.add(node.id.name)


def entries(language: str) -> Sequence[object]:
    text = files("bot.locales").joinpath(language, "bot.ftl").read_text("utf-8")
    return FluentParser().parse(text).body


def catalogue(language: str) -> dict[str, Message]:
    return {entry.id.name: entry for entry in entries(language) if isinstance(entry, Message)}


def variables(message: Message) -> set[str]:
    visitor = Variables()
    visitor.visit(message)
    return visitor.names


def constants() -> Iterator[str]:
    """Yield every string in the bot's code: the keys it uses are among them."""
    for path in CODE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value


def asked_keys() -> Iterator[str]:
    """Yield the keys that stand as such in a call of `Texts.text`."""
    for path in CODE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "text":
                yield from (str(arg.value) for arg in node.args[1:2] if isinstance(arg, ast.Constant))


KEYS = sorted(catalogue("en"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_catalogue_has_no_slips(language: str) -> None:
    """What Fluent can't read it would pass over in silence, and the text would be missing."""
    junk = [entry.content for entry in entries(language) if isinstance(entry, Junk)]
    names = [entry.id.name for entry in entries(language) if isinstance(entry, Message)]
    assert junk == []
    assert len(names) == len(set(names))


@pytest.mark.parametrize("language", LANGUAGES)
def test_catalogues_have_the_same_texts_with_the_same_variables(language: str) -> None:
    """Nobody gets less in one language than in another."""
    this, english = catalogue(language), catalogue("en")
    assert {key: variables(message) for key, message in this.items()} == {
        key: variables(message) for key, message in english.items()
    }


def test_every_text_is_used() -> None:
    """A text that nothing says is one that translators work on for nobody."""
    assert set(KEYS) - set(constants()) == set()


def test_every_used_text_exists() -> None:
    """A key that is in no catalogue would fail in front of a user."""
    used = set(asked_keys())
    assert used <= set(KEYS)
    assert "status-searching" in used


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", KEYS)
def test_text_can_be_said(language: str, key: str) -> None:
    """Each fits its values, and none begins or ends with a blank."""
    wanted = {name: VALUES[name] for name in variables(catalogue(language)[key])}
    text = Texts((language,)).text(language, key, **wanted)  # type: ignore[arg-type]  # text or number
    assert text == text.strip() != ""
    assert all(str(value) in text for value in wanted.values())


@pytest.mark.parametrize(
    ("language", "count", "text"),
    [
        ("en", 0, "Searching…"),
        ("en", 1, "Searching one document…"),
        ("en", 2, "Searching 2 documents…"),
        ("en", 12345, "Searching 12,345 documents…"),
        ("nl", 0, "Ik zoek…"),
        ("nl", 1, "Ik zoek in één document…"),
        ("nl", 2, "Ik zoek in 2 documenten…"),
        ("nl", 12345, "Ik zoek in 12.345 documenten…"),
    ],
)
def test_counts_are_said_as_people_say_them(language: str, count: int, text: str) -> None:
    """One thing is not "1 things", and thousands are parted as in that language."""
    assert Texts((language,)).text(language, "status-searching", count=count) == text


def test_language_that_is_not_in_use_gets_the_default() -> None:
    """Who asks in another language is answered in the first that is set."""
    texts = Texts(("nl",))
    assert texts.text("en", "sources") == texts.text("fr", "sources") == "Bronnen"
    assert [texts.language("nl"), texts.language("en")] == ["nl", "nl"]


def test_values_come_without_invisible_marks() -> None:
    """A reference that is copied from a reply is found in the log."""
    text = Texts(("en",)).text("en", "failed", reference="1234abcd")
    assert text.endswith("under 1234abcd.")


def test_unknown_key_is_an_error() -> None:
    """It is a slip in the code, and shows in its first test."""
    with pytest.raises(LookupError):
        Texts(("en",)).text("en", "no-such-text")


def test_missing_value_is_an_error() -> None:
    """Nobody reads a text with a hole in it."""
    with pytest.raises(ValueError, match="updated"):
        Texts(("en",)).text("en", "updated")
