"""Which documents are versions of one another: those of one source whose titles differ in nothing but a year."""

import re
from collections.abc import Mapping
from typing import Any

YEAR = re.compile(r"\b(?:19|20)\d\d\b")


def family(meta: Mapping[str, Any]) -> tuple[str, str]:
    """Return what the versions of a document have in common, from a document's or chunk's meta."""
    return str(meta["source"]), YEAR.sub("", str(meta["title"])).strip().casefold()


def years(meta: Mapping[str, Any]) -> list[str]:
    """Return the years in the title, by which the newest version is told; none where it has none."""
    return YEAR.findall(str(meta["title"]))


def is_older(meta: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Tell whether a document is an older version of another; one without a year may be the one in force."""
    return family(meta) == family(other) and bool(years(meta)) and years(meta) < years(other)
