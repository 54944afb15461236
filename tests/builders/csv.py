"""CSV files, from rows."""

import csv
from collections.abc import Sequence
from io import StringIO


def csv_text(rows: Sequence[Sequence[str]], delimiter: str = ";", above: str = "") -> str:
    """Return the rows as a program writes them, quoted where need be, below the lines `above`."""
    file = StringIO()
    csv.writer(file, delimiter=delimiter, lineterminator="\n").writerows(rows)
    return above + file.getvalue()
