"""What the page of an evaluation of answers shows, made ready for its template."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.cli.evaluation.page import plots, words
from bot.cli.evaluation.page.cases import wrong_groups
from bot.cli.evaluation.page.comparison_view import comparison_view
from bot.cli.evaluation.page.shares import share_of
from bot.cli.evaluation.page.times import times_view
from pipelines.evaluation.answers import GivenAnswer
from pipelines.evaluation.answers_report import AnswersReport, Figure
from pipelines.evaluation.fitting import WRONG, quotes_right
from pipelines.evaluation.judgement import COMPARED, OUTCOMES, is_answerable, rank, right_documents
from pipelines.evaluation.metrics import Interval
from pipelines.evaluation.run import Comparison

_LABELS = {
    "unanswerable": "No document answers it",
    "left_out": "Its documents were left out",
    "off_topic": "About something else entirely",
}
_YES_OR_NO = {*OUTCOMES, "cited_right", "named_right", "cited_right_of_all", "section_right"}
_PARTS = ("right", "wrong", "closest", "not_found", "clarification")
_WIDEST = 0.2  # of the questions that nothing answers: who would let more of them through needs no curve
_MORE_THAN_IN_FORCE = 1.5
_WORTH_A_TRY = 0.05  # more of the answerable questions, by a threshold that is chosen on these very questions
_ROUNDED_UP = 0.05
_ROWS = (0.0, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5)
_PLACES = ("1st", "2nd", "3rd")


@dataclass(frozen=True, slots=True)
class Group:
    """Questions of one kind, and how many met with which outcome, as parts of a bar."""

    label: str
    count: int
    parts: Sequence[plots.Segment]

    def having(self, name: str) -> int:
        """Return how many of them are in this part."""
        return sum(part.count for part in self.parts if part.name == name)


def answers_view(report: AnswersReport, figures: Mapping[str, Any], comparison: Comparison | None) -> dict[str, object]:
    """Return the values of the template `answers.html`."""
    answerable = _answerable(report)
    measured = report.answerable()
    return {
        "dataset": report.dataset.name,
        "figures": figures,
        "left_out": len(report.left_out),
        "aim": WRONG[figures["strictness"]],
        "shares": {name: share_of(measured[name]) for name in (*OUTCOMES, "cited_right")},
        "measured": [(name, figure, _interval(name, figure)) for name, figure in measured.items() if figure],
        "unanswerable": share_of(report.unanswerable("unanswerable", "left_out")["answered"]),
        "off_topic": share_of(report.unanswerable("off_topic")["answered"]),
        "groups": _groups(report, answerable),
        "trade_off": _trade_off(report, answerable, WRONG[figures["strictness"]]),
        "certainty": _certainty(report, answerable),
        "places": _places(report, answerable),
        "times_view": times_view([given.milliseconds for given in report.asked]),
        "wrong": wrong_groups(report),
        "missed": _missed(report, answerable),
        "comparison": comparison_view(comparison, COMPARED),
    }


def _answerable(report: AnswersReport) -> list[GivenAnswer]:
    return [given for given in report.asked if is_answerable(report.dataset, given.query)]


def _without_answer(report: AnswersReport) -> list[GivenAnswer]:
    """Return the questions that nothing answers, but those of another dataset: these are no near misses."""
    known = report.without_answer()
    return [*known["unanswerable"], *known["left_out"]]


def _interval(measure: str, figure: Figure) -> Interval:
    """Return the figure's interval; of a measure that is 0 or 1 for each question as that of a share."""
    share = share_of(figure) if measure in _YES_OR_NO else None
    return share.reaches if share else figure.interval


def _groups(report: AnswersReport, answerable: Sequence[GivenAnswer]) -> list[Group]:
    """Return a bar for each kind of question that was asked."""
    groups = [_group("A document answers it", Counter(_part(report, given) for given in answerable))]
    for kind, answers in report.without_answer().items():
        counts = Counter("wrong" if given.outcome == "answered" else given.outcome for given in answers)
        groups.append(_group(_LABELS[kind], counts))
    return [group for group in groups if group.count]


def _group(label: str, counts: Counter[str]) -> Group:
    return Group(label, counts.total(), plots.parts((name, counts[name]) for name in _PARTS))


def _part(report: AnswersReport, given: GivenAnswer) -> str:
    if given.outcome != "answered":
        return given.outcome
    return "right" if quotes_right(report.dataset, given) else "wrong"


def _trade_off(report: AnswersReport, answerable: Sequence[GivenAnswer], aim: float) -> dict[str, object] | None:
    """Return the curve of all thresholds with the point in force, None where nothing is known of either side.

    `aim`: the share of questions that nothing answers which the strictness may answer.
    """
    judged = [plots.Judged(_reached(given), quotes_right(report.dataset, given)) for given in answerable]
    near_misses = [_reached(given) for given in _without_answer(report)]
    if not any(one.certainty is not None for one in judged) or not near_misses:
        return None
    curve = plots.TradeOff(judged, near_misses)
    in_force, points = curve.at(1), curve.points()
    within = plots.best_within(points, aim)
    widest = max(_WIDEST, plots.round_up_to(in_force.wrong * _MORE_THAN_IN_FORCE, _ROUNDED_UP))
    x, y = plots.Scale(0, min(1.0, widest)), plots.Scale(0, 1)
    return {
        "x": x,
        "y": y,
        "all": _curve(x, y, [(point.wrong, point.answered) for point in points]),
        "right": _curve(x, y, [(point.wrong, point.right) for point in points]),
        "in_force": in_force,
        "within": within,
        "has_room": within.answered > in_force.answered + _WORTH_A_TRY,
        "rows": [(share, plots.best_within(points, share)) for share in _ROWS if share <= x.high],
    }


def _curve(x: plots.Scale, y: plots.Scale, points: Iterable[tuple[float, float]]) -> str:
    """Return the path through the points that the plot has room for, and on to its right end."""
    shown = [point for point in points if point[0] <= x.high]
    return plots.staircase([(x.at(wrong), y.at(answered)) for wrong, answered in (*shown, (x.high, shown[-1][1]))])


def _reached(given: GivenAnswer) -> float | None:
    """Return up to which threshold it would be answered: one that a rule holds back by none."""
    held_back = given.outcome != "answered" and given.certainty is not None and given.certainty >= 1
    return None if held_back else given.certainty


def _certainty(report: AnswersReport, answerable: Sequence[GivenAnswer]) -> dict[str, object] | None:
    """Return two histograms on one axis, each in shares of its own questions; None where no certainty is known."""
    sides = [_known(answerable), _known(_without_answer(report))]
    if not any(sides):
        return None
    edges = plots.certainty_edges([*sides[0], *sides[1]])
    bins = [plots.histogram(side, edges) for side in sides]
    shares = [[one.count / (len(side) or 1) for one in bins_] for side, bins_ in zip(sides, bins, strict=True)]
    return {
        "x": plots.Scale(edges[0], edges[-1]),
        "y": plots.Scale(0, plots.round_up_to(max(*shares[0], *shares[1]), _ROUNDED_UP)),
        "bins": list(zip(*bins, *shares, strict=True)),
        "counts": [len(side) for side in sides],
    }


def _known(answers: Sequence[GivenAnswer]) -> list[float]:
    return [given.certainty for given in answers if given.certainty is not None]


def _places(report: AnswersReport, answerable: Sequence[GivenAnswer]) -> plots.Bars | None:
    """Return at which place the right document is named, of the questions that name any and have a right one."""
    asked = [given for given in answerable if given.named and right_documents(report.dataset, given.query)]
    ranks = Counter(rank(report.dataset, given) for given in asked)
    first = [(label, ranks[place]) for place, label in enumerate(_PLACES, start=1)]
    later = len(asked) - ranks[None] - sum(count for _, count in first)
    further = [("later", later)] if later else []
    return plots.counted([*first, *further, ("not named", ranks[None])]) if asked else None


def _missed(report: AnswersReport, answerable: Sequence[GivenAnswer]) -> list[dict[str, object]]:
    """Return the answerable questions that were told "not found", with the documents that would have been right."""
    known = words.titles(report.dataset)
    return [
        {"question": given.query.text, "id": given.query.id, "right": words.named(_right(report, given), known)}
        for given in answerable
        if given.outcome == "not_found"
    ]


def _right(report: AnswersReport, given: GivenAnswer) -> list[str]:
    return sorted(right_documents(report.dataset, given.query))
