"""Running heads and feet: what stands at the same place of several pages."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from pipelines.converters.pdf.lines import Line
from pipelines.converters.pdf.page import Page

_ZONE = 0.15
"""Of a page's height, at the top and at the bottom: a letterhead's three lines fit in."""
_STEP = 6
"""Points that a line may move from page to page."""
_FEW_PAGES = 4
_LARGE = 1.3
"""Of the body's size: a heading such as "Chapter 3", which counts up with the pages by chance."""
_NUMBER = re.compile(r"\d+")
_ROMAN = re.compile(r"[ivxl]{1,7}", re.IGNORECASE)
_PAGE_NUMBER = re.compile(
    r"[-\u2013\u2014\s|]*(?:(?:pagina|page|blz|pag|p|seite|bladzijde)\b\.?\s*)?(\d+)(?:\s*(?:van|of|/|von)\s*\d+)?[-\u2013\u2014\s|]*",
    re.IGNORECASE,
)

_MOST_COUNTERS = 3
"""Numbers in a line that may count up: page of pages and a chapter; a date beside them stays the same."""

_Key = tuple[str, bool, int]


@dataclass(frozen=True, slots=True)
class _Candidate:
    page: Page
    line: Line
    numbers: tuple[int, ...]

    def readings(self) -> Iterator[tuple[int, ...]]:
        """Yield its numbers as they are, then each way in which some of them may count up with the pages."""
        counted = [(number, number - self.page.number) for number in self.numbers[:_MOST_COUNTERS]]
        for choice in product((0, 1), repeat=len(counted)):
            chosen = (pair[which] for pair, which in zip(counted, choice, strict=True))
            yield (*choice, *chosen, *self.numbers[_MOST_COUNTERS:])


def without_furniture(pages: Sequence[tuple[Page, list[Line]]], body: float) -> list[list[Line]]:
    """Return each page's lines without those that repeat at the top or bottom, page numbers among them."""
    groups: dict[_Key, list[_Candidate]] = defaultdict(list)
    for page, lines in pages:
        for line in lines:
            if _in_zone(page, line):
                _file(groups, page, line)
    least = 2 if len(pages) <= _FEW_PAGES else 3
    dropped = {id(line) for group in groups.values() for line in _repeated(group, least, body)}
    return [[line for line in lines if id(line) not in dropped] for _, lines in pages]


def _in_zone(page: Page, line: Line) -> bool:
    height = page.frame.size[1]
    return line.box[3] <= _ZONE * height or line.box[1] >= (1 - _ZONE) * height


def _file(groups: dict[_Key, list[_Candidate]], page: Page, line: Line) -> None:
    text = "(roman)" if _ROMAN.fullmatch(line.text) else _NUMBER.sub("#", line.text)
    numbers = tuple(int(number[-9:]) for number in _NUMBER.findall(line.text))
    height = page.frame.size[1]
    at_top = line.baseline < height / 2
    offset = line.baseline if at_top else height - line.baseline
    groups[text, at_top, round(offset / _STEP)].append(_Candidate(page, line, numbers))


def _is_page_number(candidate: _Candidate) -> bool:
    found = _PAGE_NUMBER.fullmatch(candidate.line.text)
    return found is not None and int(found[1][-9:]) == candidate.page.number


def _repeated(group: Sequence[_Candidate], least: int, body: float) -> Iterator[Line]:
    """Yield the lines that enough pages bear, with the same numbers or such as count up with the pages."""
    bearers: dict[tuple[int, ...], set[int]] = defaultdict(set)
    for candidate in group:
        for reading in candidate.readings():
            bearers[reading].add(candidate.page.number)
    for candidate in group:
        readings = list(candidate.readings())
        trusted = readings[:1] if candidate.line.size > _LARGE * body else readings
        if _is_page_number(candidate) or any(len(bearers[reading]) >= least for reading in trusted):
            yield candidate.line
