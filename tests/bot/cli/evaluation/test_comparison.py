"""How a run differs from an earlier one, as it is shown."""

import pytest

from bot.cli.evaluation.comparison import comparison_as_json, show_comparison
from pipelines.evaluation.run import Change, Comparison, MeasuredQuestion

LABELS = {"worth": "worth of it", "rouge": "ROUGE-L", "section": "right section"}


def _question(text: str, found: str, **values: float) -> MeasuredQuestion:
    return MeasuredQuestion(text=text, values=values, found=found)


def _comparison(*changes: tuple[MeasuredQuestion, MeasuredQuestion]) -> Comparison:
    return Comparison({"top_k": (50, 100), "typos": (None, 7)}, [Change(*change) for change in changes])


@pytest.fixture
def comparison() -> Comparison:
    """One better by 2, one worse by 1, one as it was; only the first two quote something both times."""
    return _comparison(
        (_question("A?", "not found", worth=-1, rouge=0.5), _question("A?", "answered", worth=1, rouge=0.25)),
        (_question("B?", "answered", worth=1, rouge=0.5), _question("B?", "closest", worth=0, rouge=0.5)),
        (_question("C?", "not found", worth=0), _question("C?", "not found", worth=0, rouge=1)),
    )


def test_nothing_is_said_without_a_comparison(capsys: pytest.CaptureFixture[str]) -> None:
    """Neither in the JSON nor on the terminal."""
    show_comparison(None, LABELS)
    assert (comparison_as_json(None, LABELS), capsys.readouterr().out) == ({}, "")


def test_json_counts_what_both_runs_know(comparison: Comparison) -> None:
    """Every measure is there, null where no question has it in both runs; what changed most goes by the first."""
    against = comparison_as_json(comparison, LABELS)["against"]
    assert list(against) == ["settings", "worth", "rouge", "section", "changed"]
    assert against["settings"] == {"top_k": (50, 100), "typos": (None, 7)}
    counts = [[against[name][key] for key in ("questions", "won", "lost", "equal")] for name in ("worth", "rouge")]
    assert counts == [[3, 1, 1, 1], [2, 0, 1, 1]]
    assert (against["worth"]["difference"], against["rouge"]["difference"]) == (0.3333, -0.125)
    assert against["section"] is None
    assert against["changed"] == [
        {"question": "A?", "before": "not found", "now": "answered", "difference": 2},
        {"question": "B?", "before": "answered", "now": "closest", "difference": -1},
    ]


def test_tables(comparison: Comparison, capsys: pytest.CaptureFixture[str]) -> None:
    """Settings that differ, a row for each measure that can be compared, and the questions by the first of them."""
    show_comparison(comparison, LABELS)
    shown = capsys.readouterr().out
    assert "  top_k: 50 → 100\n  typos: none → 7\n" in shown
    rows = [line.split() for line in shown.splitlines()]
    assert [row[-3:] for row in rows if "ROUGE-L" in row] == [["0", "1", "1"]]
    assert "right section" not in shown
    assert "Changed most, by worth of it" in shown
    assert ["+2.000", "not", "found", "answered", "A?"] in rows
    assert "C?" not in shown


def test_text_moves_no_cursor(capsys: pytest.CaptureFixture[str]) -> None:
    """Titles and questions are shown as they were written, and neither obeyed nor taken for markup."""
    before, now = "answered, quotes [red]Leave[/red]", "not\x1b[2J found"
    show_comparison(_comparison((_question("A?", before, worth=1), _question("A\x07?", now, worth=0))), LABELS)
    shown = " ".join(capsys.readouterr().out.split())
    assert "[red]Leave[/red]" in shown
    assert "\x1b" not in shown
    assert "\x07" not in shown
