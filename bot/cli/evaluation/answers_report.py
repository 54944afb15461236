"""What an evaluation of answers found, as tables and as JSON."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from rich import box
from rich.table import Table
from rich.text import Text

from bot.cli.terminal import output, say

if TYPE_CHECKING:
    from pipelines.evaluation.answers import GivenAnswer
    from pipelines.evaluation.answers_report import AnswersReport, Figure, Figures, WrongAnswer

_OUTCOMES = {"answered": "answered", "closest": "closest", "not_found": "not found"}
_MEASURES = {
    "cited_right": "a right document quoted, where answered",
    "named_right": "quoted or offered beside, where answered",
    "cited_right_of_all": "a right document quoted, of all",
    "section_right": "the right section quoted, where anything is",
    "rouge_l": "ROUGE-L with the written answer",
    "token_recall": "words of the written answer that are quoted",
    "characters": "characters quoted",
}
_IN_ANSWERABLE = ("cited_right", "section_right", "rouge_l", "token_recall")
_WHY = {
    "unanswerable": "No document answers it",
    "left_out": "Its documents were left out",
    "off_topic": "Off-topic",
    "wrong_document": "Another document is quoted",
}
_LONGEST_QUOTE = 300
_SHOWN = 20
_DIGITS = 4
_QUANTILES = {"p50": 0.5, "p95": 0.95}


def as_json(report: "AnswersReport") -> dict[str, Any]:
    """Return what `kennisbot eval answers --json` prints; the keys are always these, a figure without questions null.

    `dataset` (its name), `queries`. `answerable`: the shares `answered`, `closest` and `not_found`, and
    `cited_right` (of the answered), `section_right`, `rouge_l` and `token_recall` (of those with a quote).
    `unanswerable`: the shares of the questions that nothing answers, which those of --leave-out count among; `left_out`
    and `off_topic`: of these alone. `quotes`: `characters` (mean), `named_right`, `cited_right_of_all`. `intervals`:
    the 95 % intervals of all of these, under the same keys. `query_ms`: `p50` and `p95` of the dataset's questions.
    `wrong`: each question wrongly answered, with why and what was quoted. What its measures mean:
    `pipelines.evaluation.judgement`.
    """
    groups = _groups(report)
    return {
        "dataset": report.dataset.name,
        "queries": len(report.asked),
        **{name: {measure: _mean(one) for measure, one in figures.items()} for name, figures in groups.items()},
        "intervals": {name: {m: _interval(one) for m, one in figures.items()} for name, figures in groups.items()},
        "query_ms": {name: round(report.milliseconds(share), 1) for name, share in _QUANTILES.items()},
        "wrong": [_wrong_as_json(one) for one in report.wrong()],
    }


def _groups(report: "AnswersReport") -> "dict[str, Figures]":
    answerable = report.answerable()
    return {
        "answerable": {name: answerable[name] for name in (*_OUTCOMES, *_IN_ANSWERABLE)},
        "unanswerable": report.unanswerable("unanswerable", "left_out"),
        "left_out": report.unanswerable("left_out"),
        "off_topic": report.unanswerable("off_topic"),
        "quotes": {name: answerable[name] for name in _MEASURES if name not in _IN_ANSWERABLE},
    }


def _mean(figure: "Figure | None") -> float | None:
    return round(figure.mean, _DIGITS) if figure else None


def _interval(figure: "Figure | None") -> list[float] | None:
    return [round(bound, _DIGITS) for bound in figure.interval] if figure else None


def _wrong_as_json(wrong: "WrongAnswer") -> dict[str, Any]:
    quoted = [
        {"document": one.document_id, "title": one.title, "section": one.section, "text": one.text}
        for one in wrong.given.quoted
    ]
    query = wrong.given.query
    return {"why": wrong.why, "query": query.id, "question": query.text, "quoted": quoted}


def show(report: "AnswersReport") -> None:
    """Print the outcomes, the figures of what is quoted, and the questions that were wrongly answered."""
    times = {name: round(report.milliseconds(share), 1) for name, share in _QUANTILES.items()}
    say(output, (report.dataset.name, "bold"), f": {len(report.asked):,} questions")
    output.print(_outcomes(report))
    output.print(_measures(report))
    say(output, f"A question takes {times['p50']} ms (p95 {times['p95']} ms).")
    _show_wrong(list(report.wrong()))


def _outcomes(report: "AnswersReport") -> Table:
    """Return a row for each kind of question that was asked; asked back is what has no other outcome."""
    table = _table("questions", "number", *_OUTCOMES.values(), "asked back")
    kinds = {
        "answerable": report.answerable(),
        "no document answers it": report.unanswerable("unanswerable"),
        "its documents left out": report.unanswerable("left_out"),
        "off-topic": report.unanswerable("off_topic"),
    }
    for label, figures in kinds.items():
        if known := [figure for name in _OUTCOMES if (figure := figures[name])]:
            shares = [figure.mean for figure in known]
            row = (f"{share:.1%}" for share in (*shares, max(0.0, 1 - sum(shares))))
            table.add_row(label, f"{known[0].count:,}", *row)
    return table


def _measures(report: "AnswersReport") -> Table:
    """Return a row for each measure that some question has a value of."""
    table = _table("what answerable questions get", "number", "mean", "95 % interval")
    for name, figure in report.answerable().items():
        if figure and name in _MEASURES:
            digits = 0 if name == "characters" else 3
            low, high = (f"{bound:.{digits}f}" for bound in figure.interval)
            table.add_row(_MEASURES[name], f"{figure.count:,}", f"{figure.mean:.{digits}f}", f"{low} to {high}")
    return table


def _show_wrong(wrong: "list[WrongAnswer]") -> None:
    if not wrong:
        return
    say(output, (f"\nWrongly answered: {len(wrong):,}", "bold"))
    for one in wrong[:_SHOWN]:
        say(output, f"\n{_WHY[one.why]}: ", (_line(one.given.query.text), "bold"))
        for line in _quoted(one.given):
            say(output, f"  {line}")
    if len(wrong) > _SHOWN:
        say(output, (f"\n… and {len(wrong) - _SHOWN:,} more; all of them with --json.", "italic"))


def _quoted(given: "GivenAnswer") -> Iterator[str]:
    for one in given.quoted:
        text = _line(one.text)
        cut = f"{text[:_LONGEST_QUOTE]}…" if len(text) > _LONGEST_QUOTE else text
        yield f"{_line(one.title or one.document_id)}: {cut}"


def _line(text: str) -> str:
    """Return a text on one line, without what a terminal would obey: anybody may have written it."""
    return "".join(character for character in " ".join(text.split()) if character.isprintable())


def _table(first: str, *numbers: str) -> Table:
    table = Table(first, box=box.SIMPLE_HEAD, pad_edge=False)
    for name in numbers:
        table.add_column(Text(name), justify="right")
    return table
