"""Figures as the page says them."""

from collections.abc import Mapping, Sequence

from pipelines.evaluation.dataset import Dataset, EvaluationDocument
from pipelines.evaluation.metrics import Interval

_TEN_PERCENT = 0.0995
_SECOND = 1000
_LONGEST_TITLE = 80
_JOINERS = "\u200c\u200d"  # Persian and emoji are spelled with them


def percent(share: float) -> str:
    """Return a share from 0 to 1 in percent: "31 %", and below ten with a decimal where it has one: "4.4 %"."""
    decimals = 1 if abs(share) < _TEN_PERCENT else 0
    return f"{100 * share:.{decimals}f}".removesuffix(".0") + "\N{NO-BREAK SPACE}%"


def count(number: int) -> str:
    """Return "1,234"."""
    return f"{number:,}"


def number(value: float, digits: int = 2) -> str:
    """Return a figure with so many decimals."""
    return f"{value:,.{digits}f}"


def signed(value: float, digits: int = 3) -> str:
    """Return a difference with its sign, a minus and no hyphen; nothing has none."""
    text = f"{value:+.{digits}f}"
    return text.replace("-", "\N{MINUS SIGN}") if float(text) else text[1:]


def between(interval: Interval, digits: int | None = None) -> str:
    """Return "0.81 to 0.88"; without `digits` in percent: "24 % to 38 %"."""
    low, high = (percent(bound) if digits is None else number(bound, digits) for bound in interval)
    return f"{low} to {high}"


def plural(number: int, one: str, many: str) -> str:
    """Return "1 question" or "2 questions"."""
    return f"{count(number)} {one if number == 1 else many}"


def duration(milliseconds: float) -> str:
    """Return "46 ms", or in seconds what takes longer than one: "1.2 s"."""
    if milliseconds < _SECOND:
        return f"{milliseconds:.0f}\N{NO-BREAK SPACE}ms"
    return f"{milliseconds / _SECOND:,.1f}\N{NO-BREAK SPACE}s"


def tidy(text: str) -> str:
    """Return a text without what turns or hides what stands around it: anybody may have written it."""
    return "".join(letter for letter in text if letter.isprintable() or letter.isspace() or letter in _JOINERS)


def titles(dataset: Dataset) -> dict[str, str]:
    """Return what to call each document, by its id: its title, else how its text begins, else its id."""
    return {document.id: _title(document) for document in dataset.documents}


def named(ids: Sequence[str], known: Mapping[str, str]) -> list[str]:
    """Return the titles of documents; of one that isn't known its id."""
    return [known.get(id_, id_) for id_ in ids]


def _title(document: EvaluationDocument) -> str:
    begins = next((line for line in document.text.splitlines() if line.strip(" #")), "").strip(" #")
    cut = f"{begins[:_LONGEST_TITLE].rsplit(' ', 1)[0]}…" if len(begins) > _LONGEST_TITLE else begins
    return document.title.strip() or cut or document.id
