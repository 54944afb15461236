"""What a fit of the thresholds came to, as tables and as JSON."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from rich.bar import Bar
from rich.table import Table

from bot.cli.evaluation.tables import between, heading, table
from bot.cli.terminal import output, say

if TYPE_CHECKING:
    from pipelines.evaluation.fitting import Fitting, Shares, Trial

_DIGITS = 4
_LABELS = {
    "answered": "answered",
    "closest": "closest",
    "not_found": "not found",
    "wrongly_answered": "answered, its documents left out",
    "worth": "worth (1 helps, -1 misleads)",
}
_BAR = 24


def as_json(fitting: "Fitting | None") -> dict[str, Any]:
    """Return what `kennisbot calibrate --json` prints.

    `kept`: whether the fit is in force; all further keys are null after --reset. `questions`: those with a document,
    and how many of them were `held_back`. Of these: `in_force` and `fitted`, the shares `answered`, `closest`,
    `not_found` and `wrongly_answered` (with their documents left out), and `worth`
    (`pipelines.evaluation.judgement.worth_of`, the mean); `difference`, by how much the fit is worth more, with its
    `interval`. `thresholds`: see `pipelines.calibration.Fit`. `curve`: pairs, see `pipelines.evaluation.fitting.curve`.
    """
    keys = ("questions", "held_back", "in_force", "fitted", "difference", "interval", "thresholds", "curve")
    return {"kept": False, **dict.fromkeys(keys)} if fitting is None else _as_json(fitting)


def _as_json(fitting: "Fitting") -> dict[str, Any]:
    trial, fit = fitting.trial, fitting.fit
    return {
        "kept": trial.is_won,
        "questions": fit.questions,
        "held_back": trial.questions,
        "in_force": _rounded(_values(trial.before)),
        "fitted": _rounded(_values(trial.after)),
        "difference": round(trial.difference, _DIGITS),
        "interval": [round(bound, _DIGITS) for bound in trial.interval],
        "thresholds": _rounded({"careful": fit.careful, "balanced": fit.balanced, "low": fit.low}),
        "curve": [[wrong, round(share, _DIGITS)] for wrong, share in fitting.curve.items()],
    }


def _values(shares: "Shares") -> dict[str, float]:
    """Return them in the order in which they are shown."""
    return {
        "answered": shares.answered,
        "closest": shares.closest,
        "not_found": shares.not_found,
        "wrongly_answered": shares.wrongly_answered,
        "worth": shares.worth,
    }


def _rounded(values: Mapping[str, float]) -> dict[str, float]:
    return {name: round(value, _DIGITS) for name, value in values.items()}


def show(fitting: "Fitting") -> None:
    """Print how the questions held back fared, what is in force from now on, and what other thresholds would do."""
    trial, fit = fitting.trial, fitting.fit
    said = f": {fit.questions:,} questions with a document that answers, {trial.questions:,} of them held back"
    say(output, (fit.dataset, "bold"), said)
    heading("The questions held back, with the strictness careful")
    output.print(_tried(trial))
    _show_verdict(trial)
    heading("What each strictness costs, fitted to all questions")
    output.print(_curve(fitting))
    say(output, "Answered wrongly: of questions that no document answers. Answered: of those that one does.")
    if trial.is_won:
        say(output, "Choose with `strictness` under [answers] in the settings.")


def _show_verdict(trial: "Trial") -> None:
    difference = f"{trial.difference:+.3f} a question (95 % interval {between(*trial.interval, '+.3f')})"
    if not trial.is_won:
        say(output, ("The fitted thresholds do not win: ", "yellow"), f"{difference}. Those in force stay.")
        return
    say(output, ("The fitted thresholds win: ", "green"), f"{difference}. They are in force from now on.")
    if trial.interval[0] <= 0:
        say(output, "The interval holds 0: the gain may be chance, and more questions would tell.")
    say(output, "To undo: kennisbot calibrate --reset")


def _tried(trial: "Trial") -> Table:
    """Return a row for each share, and for the worth of all."""
    made = table("", "in force", "fitted")
    before, after = _values(trial.before), _values(trial.after)
    for name, label in _LABELS.items():
        style = ".3f" if name == "worth" else ".1%"
        made.add_row(label, f"{before[name]:{style}}", f"{after[name]:{style}}")
    return made


def _curve(fitting: "Fitting") -> Table:
    """Return a row for each share of wrong answers; those of a strictness have its name."""
    from pipelines.evaluation.fitting import WRONG

    names = {share: name for name, share in WRONG.items()}
    made = table("strictness", "answered wrongly", "answered")
    made.add_column("")
    for wrong, share in fitting.curve.items():
        made.add_row(names.get(wrong, ""), f"about {wrong:.0%}", f"{share:.1%}", Bar(1, 0, share, width=_BAR))
    return made
