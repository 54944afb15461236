"""`Share`: how many questions of how many, and how far chance may have moved that."""

from collections.abc import Iterable
from dataclasses import dataclass

from pipelines.evaluation.answers_report import Figure
from pipelines.evaluation.metrics import Interval, bootstrap_interval


@dataclass(frozen=True, slots=True)
class Share:
    """`count` questions of `of`, with the 95 % interval of their share."""

    count: int
    of: int
    interval: Interval

    @property
    def value(self) -> float:
        """The share, from 0 to 1."""
        return self.count / self.of

    @property
    def reaches(self) -> Interval:
        """The interval, of none and of all by the rule of three.

        Resampling can't tell how far chance moved those two. 3 / n: Hanley and Lippman-Hand, JAMA 1983.
        """
        reach = min(1.0, 3 / self.of)
        if self.count == 0:
            return 0.0, reach
        return (1 - reach, 1.0) if self.count == self.of else self.interval


def share_of(figure: Figure | None) -> Share | None:
    """Return a figure whose questions have 0 or 1 as a share, None where it has none."""
    return Share(round(figure.mean * figure.count), figure.count, figure.interval) if figure else None


def share_of_those(whether: Iterable[bool]) -> Share:
    """Return the share of what is true among at least one."""
    values = [float(one) for one in whether]
    return Share(round(sum(values)), len(values), bootstrap_interval(values))
