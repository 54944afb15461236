"""How what was measured is laid out."""

import pytest
from rich.console import Console

from bot.cli.evaluation.tables import between, one_line, table


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Leave\n\n  and\tpay ", "Leave and pay"),
        ("\x1b[31mRed\x1b[0m", "[31mRed[0m"),
        ("right\u202eleft", "rightleft"),
        ("Café ✓", "Café ✓"),
    ],
)
def test_one_line(text: str, shown: str) -> None:
    """A text of whoever wrote it fits a row, and turns neither colour nor direction of the terminal."""
    assert one_line(text) == shown


def test_between() -> None:
    """With as many decimals as the figure, and signs for differences."""
    assert [between(0.25, 1), between(-0.5, 0.25, "+.3f"), between(380.4, 420, ".0f")] == [
        "0.250 to 1.000",
        "-0.500 to +0.250",
        "380 to 420",
    ]


def test_figures_stay_on_their_line(capsys: pytest.CaptureFixture[str]) -> None:
    """Where the terminal is narrow the label is what goes on below."""
    made = table("measure", "95 % interval", "better")
    made.add_row("a label that is much longer than the table has room for", "+0.000 to +0.075", "3")
    Console(width=50).print(made)
    assert "+0.000 to +0.075" in capsys.readouterr().out
