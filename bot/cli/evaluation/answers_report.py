"""What an evaluation of answers found, as tables and as JSON."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from rich.table import Table

from bot.cli.evaluation.tables import between, heading, one_line, table
from bot.cli.terminal import output, say

if TYPE_CHECKING:
    from pipelines.evaluation.answers import GivenAnswer
    from pipelines.evaluation.answers_report import AnswersReport, Figure, Figures, WrongAnswer
    from pipelines.settings import Strictness

COMPARED = {
    "worth": "worth (1 helps, -1 misleads)",
    "answered": "answerable, answered",
    "not_answered": "others, not answered",
    "cited_right_of_all": "right document quoted",
    "section_right": "right section quoted",
    "rouge_l": "ROUGE-L",
}
"""Labels of the measures by which runs are compared (`pipelines.evaluation.judgement.COMPARED`)."""

_OUTCOMES = {
    "answered": "answered",
    "closest": "closest",
    "not_found": "not found",
    "clarification": "asked back",
}
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
_ANSWERABLE = ("answered", "closest", "not_found", *_IN_ANSWERABLE, "clarification")
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


def as_json(report: "AnswersReport", strictness: "Strictness") -> dict[str, Any]:
    """Return what `kennisbot eval answers --json` prints; the keys are always these, a figure without questions null.

    `dataset` (its name), `queries`, `strictness` (that of the settings). `answerable`: the shares `answered`,
    `closest`, `not_found` and, at the end, `clarification` (asked back); `cited_right` (of the answered),
    `section_right`, `rouge_l` and `token_recall` (of those with a quote). `unanswerable`: the shares of the questions
    that nothing answers, which those of --leave-out count among; `left_out` and `off_topic`: of these alone. `quotes`:
    `characters` (mean), `named_right`, `cited_right_of_all`. `intervals`: the 95 % intervals of all of these, under the
    same keys. `query_ms`: `p50` and `p95` of the dataset's questions. `wrong`: each question wrongly answered, with why
    and what was quoted. What its measures mean: `pipelines.evaluation.judgement`.
    """
    groups = _groups(report)
    return {
        "dataset": report.dataset.name,
        "queries": len(report.asked),
        "strictness": strictness,
        **{name: {measure: _mean(one) for measure, one in figures.items()} for name, figures in groups.items()},
        "intervals": {name: {m: _interval(one) for m, one in figures.items()} for name, figures in groups.items()},
        "query_ms": {name: round(report.milliseconds(share), 1) for name, share in _QUANTILES.items()},
        "wrong": [_wrong_as_json(one) for one in report.wrong()],
    }


def _groups(report: "AnswersReport") -> "dict[str, Figures]":
    answerable = report.answerable()
    return {
        "answerable": {name: answerable[name] for name in _ANSWERABLE},
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
    """Return a row for each kind of question that was asked."""
    made = table("questions", "number", *_OUTCOMES.values())
    kinds = {
        "answerable": report.answerable(),
        "no document answers it": report.unanswerable("unanswerable"),
        "its documents left out": report.unanswerable("left_out"),
        "off-topic": report.unanswerable("off_topic"),
    }
    for label, figures in kinds.items():
        if known := [figure for name in _OUTCOMES if (figure := figures[name])]:
            made.add_row(label, f"{known[0].count:,}", *(f"{figure.mean:.1%}" for figure in known))
    return made


def _measures(report: "AnswersReport") -> Table:
    """Return a row for each measure that some question has a value of."""
    made = table("what answerable questions get", "number", "mean", "95 % interval")
    for name, figure in report.answerable().items():
        if figure and name in _MEASURES:
            style = ".0f" if name == "characters" else ".3f"
            cells = f"{figure.count:,}", f"{figure.mean:{style}}", between(*figure.interval, style)
            made.add_row(_MEASURES[name], *cells)
    return made


def _show_wrong(wrong: "list[WrongAnswer]") -> None:
    if not wrong:
        return
    heading(f"Wrongly answered: {len(wrong):,}")
    for one in wrong[:_SHOWN]:
        say(output, f"\n{_WHY[one.why]}: ", (one_line(one.given.query.text), "bold"))
        for line in _quoted(one.given):
            say(output, f"  {line}")
    if len(wrong) > _SHOWN:
        say(output, (f"\n… and {len(wrong) - _SHOWN:,} more; all of them with --json.", "italic"))


def _quoted(given: "GivenAnswer") -> Iterator[str]:
    for one in given.quoted:
        text = one_line(one.text)
        cut = f"{text[:_LONGEST_QUOTE]}…" if len(text) > _LONGEST_QUOTE else text
        yield f"{one_line(one.title or one.document_id)}: {cut}"
