"""What became of a company's own questions, as text and as JSON."""

from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, Any

from bot.cli.evaluation.tables import one_line
from bot.cli.terminal import output, say

if TYPE_CHECKING:
    from pipelines.evaluation.own_dataset import LeftOut, OwnDataset

_CONFIDENTIAL = (
    "It holds the whole text of every document, whoever may read it there: only you may open the folder; "
    "keep it so, and delete it when you are done."
)


def as_json(made: "OwnDataset", folder: Path) -> dict[str, Any]:
    """Return what `kennisbot eval new --json` prints; the keys are always these.

    `folder`: where it was written, null where nothing was left to measure with. `documents`: of the index. `asked`: the
    questions in the file; `questions`: those in the data set, of which `with_document` and `without_document` (nothing
    answers them). `few`: whether they are too few for narrow intervals. `left_out`: each document that was named and
    not found, with its `line`, `question`, `document` (as named), `reason` and `remedy`.
    """
    return {
        "folder": str(folder) if made.judged else None,
        "documents": len(made.dataset.documents),
        "asked": made.asked,
        "questions": len(made.dataset.queries),
        "with_document": made.judged,
        "without_document": made.unanswerable,
        "few": _is_few(made),
        "left_out": [_left_out_as_json(one) for one in made.left_out],
    }


def show(made: "OwnDataset", folder: Path) -> None:
    """Print what was left out, how many questions there are, and what to run next."""
    _show_left_out(made)
    if not made.judged:
        return
    _show_counts(made, folder)
    say(output, _CONFIDENTIAL)
    _show_few(made)
    say(output, ("\nNow run", "bold"))
    for command in _next(quote(str(folder))):
        say(output, f"  {command}")


def _left_out_as_json(one: "LeftOut") -> dict[str, Any]:
    found = {"line": one.named.line, "question": one.question.text, "document": one.named.name}
    return found | {"reason": one.why.reason, "remedy": one.why.remedy}


def _show_left_out(made: "OwnDataset") -> None:
    if made.left_out:
        say(output, (f"Left out: {_counted(len(made.left_out), 'document')}", "bold"))
    for one in made.left_out:
        say(output, f"\n  line {one.named.line}: ", (one_line(one.question.text), "bold"))
        say(output, f"    {one_line(one.named.name)}: {one_line(one.why.reason)}.")
        say(output, f"    → {one_line(one.why.remedy)}")
    if dropped := made.asked - len(made.dataset.queries):
        without = f"\n{_counted(dropped, 'question')} of {made.asked:,} left out with them: no document remains for"
        say(output, f"{without} {'it' if dropped == 1 else 'them'}.")
    if made.left_out:
        output.print()


def _show_counts(made: "OwnDataset", folder: Path) -> None:
    said = f"{_counted(len(made.dataset.queries), 'question')} and {_counted(len(made.dataset.documents), 'document')}"
    say(output, (one_line(str(folder)), "bold"), f": {said} of the index")
    say(output, f"  {made.judged:,} with a document that answers, {made.unanswerable:,} that nothing answers")


def _show_few(made: "OwnDataset") -> None:
    from pipelines.evaluation.own_dataset import FEW

    if _is_few(made):
        seen = f"With fewer than {FEW} questions that have a document the figures' intervals are wide"
        say(output, (seen, "yellow"), ": add some before you decide anything by them; 50 is a good number.")


def _is_few(made: "OwnDataset") -> bool:
    from pipelines.evaluation.own_dataset import FEW

    return made.judged < FEW


def _next(folder: str) -> tuple[str, ...]:
    return (
        f"kennisbot eval retrieval {folder}            # how high the right documents rank",
        f"kennisbot eval answers {folder} --leave-out  # what is answered, and whether it should be",
        f"kennisbot calibrate {folder}                 # when to call something an answer",
    )


def _counted(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"
