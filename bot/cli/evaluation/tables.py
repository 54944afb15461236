"""How what was measured is laid out on a terminal."""

from rich import box
from rich.table import Table
from rich.text import Text

from bot.cli.terminal import output, say


def table(first: str, *numbers: str) -> Table:
    """Return an empty table with these columns, those after the first for numbers, which stay on their line."""
    made = Table(first, box=box.SIMPLE_HEAD, pad_edge=False)
    for name in numbers:
        made.add_column(Text(name), justify="right", no_wrap=True)
    return made


def between(low: float, high: float, style: str = ".3f") -> str:
    """Return an interval in words; `style` is how Python formats its bounds."""
    return f"{low:{style}} to {high:{style}}"


def heading(text: str) -> None:
    """Print what stands above a table, with a line between it and what comes before."""
    say(output, (f"\n{text}", "bold"))


def one_line(text: str) -> str:
    """Return a text on one line, without what a terminal would obey: anybody may have written it."""
    return "".join(character for character in " ".join(text.split()) if character.isprintable())
