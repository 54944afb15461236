"""What people see of a reply in a terminal, and in a file that it is piped into."""

from dataclasses import replace

import pytest

from bot.adapters.console.rendering import render
from bot.locales import Texts
from bot.models import Citation, Link, Outcome, Reply
from tests.fakes.replies import EXPENSES, LEAVE, TRAVEL, answered
from tests.fakes.screen import Screen

TEXTS = Texts(("en", "nl"))
WIDTHS = [40, 80, 200]
DEEP = "https://wiki.example.com/" + "/".join(f"a-rather-long-folder-{n}" for n in range(8)) + "/page.md#section"

QUOTES = """\
This is the closest I found. It may not answer your question.

**Personnel handbook for all locations and subsidiaries › Leave › Part-timers** [1]

> Part-timers get leave in proportion to the hours that they work in a whole year, rounded up to
> full hours; whoever begins during the year gets what is left of it.
>
> - apply in the system
>   - before the holidays
> 1. your manager decides
>
> | Hours | Days | Remarks on what counts in this case | Supercalifragilisticexpialidocious |
> | --- | --- | --- | --- |
> | 40 | 25 | counted from the first of January | none whatsoever |
>
> ```
> kennisbot ask "a command that is longer than forty columns is wide"
> ```

**Travel** [2]

> # A heading in a quote
>
> Trains are paid *in full*; `code` is code, <name> stands for your name & R&D, ~~never~~ mind.
"""
WHOLE = answered(
    QUOTES,
    citations=(LEAVE, replace(TRAVEL, url=DEEP)),
    nearest=(
        EXPENSES,
        replace(EXPENSES, title="A second document with a rather long title", url=DEEP + "-2"),
    ),
    suggested_prompts=("How much leave do I get when I begin in the middle of a year?",),
    notices=("These are quotes only, since the model can't be reached at the moment.",),
)


def shown(reply: Reply, width: int = 80, *, terminal: bool = False) -> Screen:
    screen = Screen(width, terminal=terminal)
    screen.console.print(render(reply, TEXTS), crop=False)
    return screen


def letters(text: str) -> str:
    """Return the letters and digits of a text: what has to be there however it is laid out."""
    return "".join(filter(str.isalnum, text))


@pytest.mark.parametrize("terminal", [True, False])
@pytest.mark.parametrize("width", WIDTHS)
class TestNothingIsCutOff:
    def test_every_word_is_there(self, width: int, terminal: bool) -> None:
        """Quotes, lists and code are wrapped, never cropped."""
        text = shown(WHOLE, width, terminal=terminal).text
        missing = [word for word in map(letters, _words()) if word not in letters(text)]
        assert missing == []
        assert "…" not in text

    def test_links_are_whole(self, width: int, terminal: bool) -> None:
        """A link that is broken over lines can't be copied."""
        lines = [line.strip() for line in shown(WHOLE, width, terminal=terminal).text.splitlines()]
        urls = [citation.url for citation in WHOLE.citations] + [link.url for link in WHOLE.nearest]
        assert [line for line in lines if line.startswith("https://")] == urls

    def test_all_but_links_and_tables_fit(self, width: int, terminal: bool) -> None:
        """The terminal itself has nothing to wrap."""
        lines = shown(WHOLE, width, terminal=terminal).text.splitlines()
        assert [line for line in lines if len(line.rstrip()) > width and "https://" not in line] == []


def _words() -> list[str]:
    # In a narrow table a word is folded within its column, its parts not beside each other.
    text = QUOTES.replace("Supercalifragilisticexpialidocious", "")
    texts = [text, *WHOLE.suggested_prompts, *WHOLE.notices]
    texts += [f"{c.title} {c.section} {c.updated_at or ''} {c.owner or ''}" for c in WHOLE.citations]
    return [word for text in [*texts, *(link.title for link in WHOLE.nearest)] for word in text.split()]


def test_long_word_in_a_table_is_folded() -> None:
    """All of its letters are there, from line to line."""
    table = "| Word |\n| --- |\n| Supercalifragilisticexpialidocious |"
    assert letters(shown(answered(table), 20).text) == "WordSupercalifragilisticexpialidocious"


def test_links_can_be_clicked_on_a_terminal() -> None:
    """Title and address both lead to the source (OSC 8)."""
    reply = answered(citations=(LEAVE,), nearest=(EXPENSES,))
    assert shown(reply, terminal=True).links == [LEAVE.url, LEAVE.url, EXPENSES.url, EXPENSES.url]


def test_pipe_gets_no_control_characters() -> None:
    """A file that it is piped into can be read by anything."""
    assert "\x1b" not in shown(WHOLE).written


def test_sources_are_numbered_with_section_date_and_owner() -> None:
    """So that the reader can judge them before opening one."""
    lines = shown(answered(citations=(LEAVE, TRAVEL))).text.splitlines()
    at = lines.index("Sources")
    assert [line.rstrip() for line in lines[at + 1 :]] == [
        "[1] Leave › Part-timers  updated 2025-03-01 · hr@company.example",
        f"    {LEAVE.url}",
        "[2] Travel",
        f"    {TRAVEL.url}",
        "",
    ]


@pytest.mark.parametrize(
    ("citation", "expected"),
    [
        (replace(LEAVE, owner=None), "updated 2025-03-01"),
        (replace(LEAVE, updated_at=None), "hr@company.example"),
    ],
)
def test_only_what_is_known_of_a_source_is_shown(citation: Citation, expected: str) -> None:
    """No empty places and no lone dots."""
    text = shown(answered(citations=(citation,))).text
    assert f"Part-timers  {expected}\n" in text.replace(" \n", "\n")


def test_other_places_of_a_source_are_under_it() -> None:
    """The newest version of an older one, and where else the same text stands, with links to copy."""
    newer = Link("Leave 2026", "https://wiki.example.com/leave-2026")
    source = replace(LEAVE, superseded_by=newer, also_at=(EXPENSES,))
    lines = [line.rstrip() for line in shown(answered(citations=(source,), language="nl")).text.splitlines()]
    assert lines[lines.index(f"    {LEAVE.url}") + 1 :] == [
        "    oudere versie; nieuwer: Leave 2026",
        f"    {newer.url}",
        "    staat ook in Expenses",
        f"    {EXPENSES.url}",
        "",
    ]


@pytest.mark.parametrize(
    ("outcome", "language", "heading"),
    [
        (Outcome.NOT_FOUND, "en", "These documents come nearest:"),
        (Outcome.NOT_FOUND, "nl", "Deze documenten komen het dichtst in de buurt:"),
        (Outcome.ANSWERED, "en", "See also:"),
        (Outcome.CLOSEST, "nl", "Zie ook:"),
    ],
)
def test_further_documents_are_called_what_they_are(outcome: Outcome, language: str, heading: str) -> None:
    """In the language of the answer."""
    text = shown(answered(outcome=outcome, language=language, nearest=(EXPENSES,))).text
    assert text.splitlines()[2].rstrip() == heading
    assert f"  • {EXPENSES.title}" in text


@pytest.mark.parametrize(("language", "heading"), [("nl", "Gaat het hierover?"), ("en", "Is it about one of these?")])
def test_what_a_question_may_be_about_is_asked(language: str, heading: str) -> None:
    """A question back has its choices under it."""
    reply = answered("Waarover?", outcome=Outcome.CLARIFICATION, language=language, suggested_prompts=("Verlof?",))
    lines = [line.rstrip() for line in shown(reply).text.splitlines()]
    assert lines[:4] == ["Waarover?", "", heading, "  • Verlof?"]


def test_suggestions_have_a_heading_in_the_language_of_the_reply() -> None:
    """They are examples to copy."""
    text = shown(answered(language="nl", suggested_prompts=("Hoeveel verlof heb ik?",))).text
    assert "Je kunt me bijvoorbeeld vragen:\n  • Hoeveel verlof heb ik?" in text.replace(" \n", "\n")


def test_follow_ups_of_an_answer_are_called_so() -> None:
    """After an answer they are no examples but what can be asked next."""
    reply = answered(language="nl", citations=(LEAVE,), suggested_prompts=("Hoe meld ik me ziek?",))
    text = shown(reply).text.replace(" \n", "\n")
    assert "Vraag ook eens:\n  • Hoe meld ik me ziek?" in text
    assert "bijvoorbeeld" not in text


def test_quote_can_not_lead_anywhere_but_to_its_source() -> None:
    """A footnote in a quoted document gives the marker [1] no other link, and a link shows its address."""
    reply = answered(
        "**Leave** [1]\n\n> See [this](https://other.example).\n>\n> [1]: https://evil.example",
        citations=(LEAVE,),
    )
    screen = shown(reply, terminal=True)
    assert set(screen.links) == {LEAVE.url}
    assert "Leave [1]" in screen.text
    assert "this (https://other.example)" in screen.text


def test_brackets_in_titles_stay() -> None:
    """A title is text, whatever is in it."""
    text = shown(answered(citations=(replace(LEAVE, title="[bold]Plan[/bold] [draft]"),))).text
    assert "[1] [bold]Plan[/bold] [draft]" in text
