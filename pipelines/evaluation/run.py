"""What was measured, question by question, so that a later run can be held against it."""

import os
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from pipelines.errors import DatasetError
from pipelines.evaluation.dataset import Dataset
from pipelines.evaluation.metrics import Interval, bootstrap_interval, mean

_NEARLY = 1e-9  # what floating point may add to equal values

Setting = str | int | float | bool | None


class _Kept(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class MeasuredQuestion(_Kept):
    """A question as it was asked, its values by measure (more is better), and in words what came of it.

    It has no value of a measure that says nothing about it.
    """

    text: str
    values: dict[str, float]
    found: str


class Run(_Kept):
    """One measurement.

    `kind`: of what ("retrieval", "answers"); `fingerprint`: of the data set; `settings`: all that may make the values
    others, by name; `questions`: by id.
    """

    kind: str
    dataset: str
    fingerprint: str
    settings: dict[str, Setting]
    questions: dict[str, MeasuredQuestion]


@dataclass(frozen=True, slots=True)
class Change:
    """A question of two runs, as each had it."""

    before: MeasuredQuestion
    now: MeasuredQuestion

    def difference(self, measure: str) -> float:
        """Return by how much it is better now, by a measure that both have."""
        return self.now.values[measure] - self.before.values[measure]


@dataclass(frozen=True, slots=True)
class Difference:
    """Two runs by one measure: questions better, worse and the same now, and the mean difference with its interval."""

    won: int
    lost: int
    equal: int
    mean: float
    interval: Interval

    @property
    def questions(self) -> int:
        """How many have a value in both runs."""
        return self.won + self.lost + self.equal


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two runs of the same questions. `settings`: those that differ, by name, before and now."""

    settings: Mapping[str, tuple[Setting, Setting]]
    changes: Sequence[Change]

    def having(self, measure: str) -> list[Change]:
        """Return the questions that have a value of `measure` in both runs."""
        return [one for one in self.changes if measure in one.before.values and measure in one.now.values]

    def by(self, measure: str) -> Difference:
        """Return what `measure` says of the questions `having` it, at least one.

        The interval is of pairs (`metrics.bootstrap_interval`).
        """
        differences = [change.difference(measure) for change in self.having(measure)]
        won = sum(difference > _NEARLY for difference in differences)
        lost = sum(difference < -_NEARLY for difference in differences)
        return Difference(won, lost, len(differences) - won - lost, mean(differences), bootstrap_interval(differences))

    def most_changed(self, measure: str, count: int) -> list[Change]:
        """Return the questions whose value changed most, whichever way, the greatest change first."""
        changed = [change for change in self.having(measure) if abs(change.difference(measure)) > _NEARLY]
        return sorted(changed, key=lambda change: -abs(change.difference(measure)))[:count]


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Turn the system's refusal to write what is measured to `path` into a `DatasetError`."""
    try:
        yield
    except OSError as error:
        raise DatasetError(
            path, None, f"it can't be written: {error.strerror}", "Choose a file that you may write."
        ) from error


def require_writable(path: Path) -> None:
    """Raise `DatasetError` where no file can be written to `path`; what is there stays as it is.

    The system is asked by opening the file: whatever else could be looked at is not what decides.
    """
    with writing(path):
        is_new = not os.path.lexists(path)
        path.open("ab").close()
        if is_new:
            path.unlink()


def save(run: Run, path: Path) -> None:
    """Write `run` to `path`, in the place of what was there. Raises `DatasetError` where that can't be done."""
    with writing(path):
        path.write_text(run.model_dump_json(indent=1) + "\n", "utf-8")


def read(path: Path) -> Run:
    """Return the run that `save` wrote to `path`. Raises `DatasetError` where there is none."""
    remedy = "Name a file that was written with --save."
    try:
        return Run.model_validate_json(path.read_bytes())
    except OSError as error:
        raise DatasetError(path, None, f"it can't be read: {error.strerror}", remedy) from error
    except ValidationError:
        raise DatasetError(path, None, "it is not a saved run of this version", remedy) from None


def read_comparable(path: Path, kind: str, dataset: Dataset, asked: Collection[str]) -> Run:
    """Return the run saved at `path`; `asked`: the ids of the questions that it has to have.

    Raises `DatasetError` where it is none, measured something else than this, or asked other questions.
    """
    before = _read_of(path, kind, dataset)
    if before.questions.keys() != set(asked):
        problem = f"it asked other questions than are asked now ({len(before.questions):,} then, {len(asked):,} now)"
        raise DatasetError(path, None, problem, "Ask with the same options as then, or measure with --save first.")
    return before


def _read_of(path: Path, kind: str, dataset: Dataset) -> Run:
    before = read(path)
    if before.kind != kind:
        problem = f"it is a run of `eval {before.kind}`, and this is `eval {kind}`"
    elif before.fingerprint == dataset.fingerprint():
        return before
    elif before.dataset != dataset.name:
        problem = f"it measured {before.dataset}, and this is {dataset.name}"
    else:
        problem = f"it measured {before.dataset} with other documents, questions or judgements than it has now"
    remedy = "Only runs of the same data set can be compared: measure this one with --save first."
    raise DatasetError(path, None, problem, remedy)


def compare(before: Run, now: Run) -> Comparison:
    """Return how `now` differs from `before`: two runs of the same questions."""
    names = sorted({*before.settings, *now.settings})
    settings = {name: (before.settings.get(name), now.settings.get(name)) for name in names}
    differing = {name: pair for name, pair in settings.items() if pair[0] != pair[1]}
    return Comparison(differing, [Change(before.questions[id_], one) for id_, one in now.questions.items()])
