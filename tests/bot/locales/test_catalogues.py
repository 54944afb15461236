"""The catalogues tell the same in every language, and nothing that is never said."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import get_args

import pytest
from babel.messages.catalog import PYTHON_FORMAT, Catalog, Message
from babel.messages.pofile import read_po

import bot
from bot.locales import Texts
from bot.settings import Language

LANGUAGES: tuple[Language, ...] = get_args(Language)
DOMAINS = ("bot", "web")
CODE = Path(bot.__file__).parent
WEB = CODE / "adapters" / "web"
LINE = re.compile(r"""(\#.*|((msgid|msgid_plural|msgstr|msgstr\[[01]\])\ )?"([^"\\]|\\[\\n])*")?""", re.VERBOSE)
PLACEHOLDER = re.compile(r"%\([a-z_]+\)s|%%")
FOREIGN_QUOTES = {"nl": '"“”', "en": '"‘’'}  # noqa: RUF001 - exactly these are meant

each_language = pytest.mark.parametrize("language", LANGUAGES)
each_domain = pytest.mark.parametrize("domain", DOMAINS)
with_the_page = pytest.mark.skipif(
    not (WEB / "static").is_dir(), reason="there is no page yet in bot/adapters/web/static"
)


def source(language: str, domain: str) -> str:
    return files("bot.locales").joinpath(language, "LC_MESSAGES", f"{domain}.po").read_text("utf-8")


@cache
def catalog(language: str, domain: str) -> Catalog:
    return read_po(source(language, domain).split("\n"), abort_invalid=True)


def messages(language: str, domain: str) -> dict[str, Message]:
    return {parts(message.id)[0]: message for message in catalog(language, domain) if message.id}


def parts(value: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    """Return one text, or the two of a plural."""
    return (value,) if isinstance(value, str) else tuple(value or ())


def names(text: str) -> set[str]:
    return {name for name, _, _ in PYTHON_FORMAT.findall(text) if name}


def shape(message: Message) -> tuple[int, set[str]]:
    """Return how many forms it has, and the values in the most general one: one of a thing may go without."""
    forms = parts(message.string)
    return len(forms), names(forms[-1])


def keys(domain: str) -> set[str]:
    return set(messages("en", domain))


def nodes(paths: Iterator[Path]) -> Iterator[ast.AST]:
    for path in paths:
        yield from ast.walk(ast.parse(path.read_text("utf-8")))


def constants(paths: Iterator[Path]) -> set[str]:
    """Return every string in Python modules: the keys they use are among them."""
    return {node.value for node in nodes(paths) if isinstance(node, ast.Constant) and isinstance(node.value, str)}


def asked(paths: Iterator[Path]) -> set[str]:
    """Return the keys that stand as such in a call of `Texts.text`."""
    return {
        str(argument.value)
        for node in nodes(paths)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "text"
        for argument in node.args[1:2]
        if isinstance(argument, ast.Constant)
    }


def quoted_on_page(pattern: str, before: str = "") -> set[str]:
    """Return the quoted words that stand after `before` in the page's files of a pattern."""
    quoted = re.compile(rf"""{before}(["'`])([\w-]+)\1""")
    return {key for path in WEB.rglob(pattern) for _, key in quoted.findall(path.read_text("utf-8"))}


def asked_on_page() -> set[str]:
    """Return the keys that stand as such in a call of `text` in the page's scripts and templates."""
    return quoted_on_page("*.js", r"\btext\(\s*") | quoted_on_page("*.html", r"\btext\(\s*")


@each_domain
@each_language
def test_catalogue_has_no_slips(language: str, domain: str) -> None:
    """A quote too few or a key that is there twice would lose a part or a text without a word."""
    text = source(language, domain)
    found = re.findall(r'^msgid "(.+)"$', text, re.MULTILINE)
    assert [line for line in text.split("\n") if not LINE.fullmatch(line)] == []
    assert sorted(found) == sorted(messages(language, domain))
    assert catalog(language, domain).obsolete == {}
    assert all(len(set(parts(message.id))) == 1 for message in messages(language, domain).values())


@each_domain
@each_language
def test_catalogue_says_what_it_is(language: str, domain: str) -> None:
    """Whoever fills the texts in takes the first of a plural for 1 and the second for any other count."""
    header = catalog(language, domain)
    assert header.locale_identifier == language
    assert header.plural_forms == "nplurals=2; plural=(n != 1);"


@each_domain
@each_language
def test_every_text_is_finished(language: str, domain: str) -> None:
    """Nobody reads a blank, a doubtful translation, or marks that are left of what was to be filled in."""
    this = messages(language, domain)
    assert [key for key, message in this.items() if message.fuzzy] == []
    assert [
        key for key, message in this.items() for form in parts(message.string) if form != form.strip() or not form
    ] == []
    assert [key for key, message in this.items() if "%" in PLACEHOLDER.sub("", "".join(parts(message.string)))] == []


@each_domain
@each_language
def test_quotes_are_those_of_the_language(language: str, domain: str) -> None:
    """Single ones in Dutch, double ones in English, straight ones in neither."""
    texts = {key: "".join(parts(message.string)) for key, message in messages(language, domain).items()}
    assert {key for key, text in texts.items() if set(text) & set(FOREIGN_QUOTES[language])} == set()


@each_domain
@each_language
def test_catalogues_have_the_same_texts_with_the_same_values(language: str, domain: str) -> None:
    """Nobody gets less in one language than in another."""
    this, english = messages(language, domain), messages("en", domain)
    assert {key: shape(message) for key, message in this.items()} == {
        key: shape(message) for key, message in english.items()
    }


@each_domain
@each_language
def test_catalogues_pass_the_checks_of_translations(language: str, domain: str) -> None:
    """Babel's own, which compare with the text that was translated: here that is the English one, not the key."""
    this, english = messages(language, domain), messages("en", domain)
    checked = {key: Message(english[key].string or "", this[key].string) for key in english}
    assert list(catalog(language, domain).check()) == []
    assert {
        key: errors for key, message in checked.items() if (errors := message.check(catalog(language, domain)))
    } == {}


def test_every_text_is_used() -> None:
    """A text that nothing says is one that translators work on for nobody."""
    assert keys("bot") - constants(CODE.rglob("*.py")) == set()


@with_the_page
def test_every_text_of_the_page_is_used() -> None:
    """A template asks for its texts; a script may hold their keys in a table first."""
    used = constants(WEB.rglob("*.py")) | quoted_on_page("*.js") | asked_on_page()
    assert keys("web") - used == set()


def test_every_used_text_exists() -> None:
    """A key that is in no catalogue would fail in front of a user."""
    used = asked(path for path in CODE.rglob("*.py") if WEB not in path.parents)
    assert used - keys("bot") == set()
    assert "status-searching" in used


@with_the_page
def test_every_text_that_the_page_uses_exists() -> None:
    """Its server speaks in the conversation as well, the page in its browser has only its own texts."""
    assert asked(WEB.rglob("*.py")) - keys("web") - keys("bot") == set()
    assert asked_on_page() - keys("web") == set()
    assert asked_on_page()


@each_language
@pytest.mark.parametrize(("domain", "key"), [(domain, key) for domain in DOMAINS for key in sorted(keys(domain))])
def test_text_can_be_said(language: str, domain: str, key: str) -> None:
    """Each takes in the values that stand in it."""
    _, wanted = shape(messages(language, domain)[key])
    values: dict[str, str | int] = {name: 3 if name == "count" else f"<{name}>" for name in wanted}
    text = Texts((language,), domain).text(language, key, **values)
    assert all(str(value) in text for value in values.values())


@pytest.mark.parametrize(
    ("language", "count", "text"),
    [
        ("en", 1, "Searching one document…"),
        ("en", 2, "Searching 2 documents…"),
        ("en", 12345, "Searching 12,345 documents…"),
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
    assert texts.messages("en") == texts.messages("nl")
    assert [texts.language("nl"), texts.language("en")] == ["nl", "nl"]


def test_values_come_as_they_are() -> None:
    """A reference that is copied from a reply is found in the log."""
    text = Texts(("en",)).text("en", "failed", reference="1234abcd")
    assert text.endswith("under 1234abcd.")


def test_page_gets_all_texts_to_fill_in_itself() -> None:
    """As they stand in the catalogue, a plural with both its forms."""
    texts = Texts(("nl", "en"))
    assert set(texts.messages("nl")) == keys("bot")
    assert texts.messages("nl")["updated"] == "bijgewerkt %(date)s"
    assert texts.messages("en")["status-searching"] == ("Searching one document…", "Searching %(count)s documents…")


def test_page_has_texts_of_its_own() -> None:
    """It is not given those of a conversation."""
    assert set(Texts(("en",), "web").messages("en")) == keys("web")


def test_unknown_key_is_an_error() -> None:
    """It is a slip in the code, and shows in its first test."""
    with pytest.raises(KeyError, match="no-such-text"):
        Texts(("en",)).text("en", "no-such-text")


@pytest.mark.parametrize("key", ["updated", "status-searching"])
def test_missing_value_is_an_error(key: str) -> None:
    """Nobody reads a text with a hole in it."""
    with pytest.raises(ValueError, match=key):
        Texts(("en",)).text("en", key)


def test_value_left_over_is_an_error() -> None:
    """Whoever gives it thinks that it is said."""
    with pytest.raises(ValueError, match="sources"):
        Texts(("en",)).text("en", "sources", date="2025-03-01")
