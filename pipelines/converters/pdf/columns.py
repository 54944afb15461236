"""The order in which the pieces of a page are read, where it is set in columns.

A gutter is an upright strip that few pieces cross and that has running text on both sides. What crosses it (a
title, a figure's caption, a table) divides the page into bands; in each band the left side is read before the
right one, and each side may have gutters of its own. Short pieces beside each other are a form or a table
without rules, and are read line by line.
"""

from collections.abc import Sequence
from itertools import groupby
from statistics import median
from typing import Protocol, TypeVar

from pipelines.converters.pdf.page import Corners

_NARROWEST_GUTTER = 6
"""Points; newspapers set 4 mm, which is 11."""
_FEWEST_PIECES = 3
"""A side of fewer lines is no column."""
_SHORTEST_TEXT = 15
"""Characters in the middle piece of a side: columns of print have 25 and more, cells a word or two."""
_FILLED = 0.6
"""Of a column's width, by its middle piece; what is narrower is columns itself, or no running text."""
_MOST_CROSSING = 0.5
"""Of all pieces."""
_MOST_COLUMNS_DEEP = 3
"""Twice halved gives four columns; the third halving is for a box inside one."""


class Placed(Protocol):
    """Something with a place and a text."""

    @property
    def box(self) -> Corners:
        """Return where it is."""

    @property
    def text(self) -> str:
        """Return what it says."""


_P = TypeVar("_P", bound=Placed)


def in_columns(pieces: Sequence[_P], depth: int = 0) -> list[list[_P]]:
    """Return the pieces in groups that each stand in one column, in the order of reading."""
    gutter = _gutter(pieces) if depth < _MOST_COLUMNS_DEEP else None
    if gutter is None:
        return [list(pieces)] if pieces else []
    groups: list[list[_P]] = []
    for is_crossing, band in groupby(_banded(pieces, gutter), key=lambda pair: pair[0]):
        members = [piece for _, piece in band]
        if is_crossing:
            groups.append(members)
        else:
            for side in (True, False):
                its = [piece for piece in members if (piece.box[2] <= gutter) == side]
                groups += in_columns(its, depth + 1)
    return groups


def _banded(pieces: Sequence[_P], gutter: float) -> list[tuple[bool, _P]]:
    ordered = sorted(pieces, key=lambda piece: piece.box[1])
    return [(piece.box[0] < gutter < piece.box[2], piece) for piece in ordered]


def _gutter(pieces: Sequence[_P]) -> float | None:
    """Return the middle of the widest strip with fewest crossings that has columns on both sides."""
    strips = sorted(_strips(pieces))
    return next((middle for _, _, middle in strips[:10] if _parts_columns(pieces, middle)), None)


def _strips(pieces: Sequence[_P]) -> list[tuple[int, int, float]]:
    """Return upright strips as crossings, negative width and middle, where the number of crossings is lowest."""
    if len(pieces) < 2 * _FEWEST_PIECES:
        return []
    start = int(min(piece.box[0] for piece in pieces))
    steps = [0] * (int(max(piece.box[2] for piece in pieces)) - start + 3)
    for piece in pieces:
        steps[int(piece.box[0]) - start] += 1
        steps[int(piece.box[2]) - start + 1] -= 1
    covered, crossings = 0, []
    for step in steps[:-1]:
        covered += step
        crossings.append(covered)
    return list(_runs(crossings, start, _MOST_CROSSING * len(pieces)))


def _runs(crossings: Sequence[int], start: int, most: float) -> list[tuple[int, int, float]]:
    found, position = [], start
    for count, run in groupby(crossings):
        width = len(list(run))
        if width >= _NARROWEST_GUTTER and count <= most:
            found.append((count, -width, position + width / 2))
        position += width
    return found


def _parts_columns(pieces: Sequence[_P], gutter: float) -> bool:
    left = [piece for piece in pieces if piece.box[2] <= gutter]
    right = [piece for piece in pieces if piece.box[0] >= gutter]
    return _are_beside(left, right) if _is_running_text(left) and _is_running_text(right) else False


def _is_running_text(side: Sequence[_P]) -> bool:
    if len(side) < _FEWEST_PIECES or median(len(piece.text) for piece in side) < _SHORTEST_TEXT:
        return False
    width = max(piece.box[2] for piece in side) - min(piece.box[0] for piece in side)
    filled = median(piece.box[2] - piece.box[0] for piece in side) >= _FILLED * width
    return filled or any(count == 0 for count, _, _ in _strips(side))


def _are_beside(left: Sequence[_P], right: Sequence[_P]) -> bool:
    top = max(min(piece.box[1] for piece in side) for side in (left, right))
    bottom = min(max(piece.box[3] for piece in side) for side in (left, right))
    return bottom > top
