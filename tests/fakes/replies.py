"""Replies and what they are made of."""

from typing import Any

from bot.models import Citation, Link, Outcome, Reply

LEAVE = Citation(
    number=1,
    document_id="wiki/leave.md",
    chunk_id="c1",
    title="Leave",
    url="https://wiki.example.com/leave#part-timers",
    section="Part-timers",
    snippet="Part-timers get leave in proportion.",
    updated_at="2025-03-01",
    owner="hr@company.example",
    source="wiki",
)
TRAVEL = Citation(
    number=2,
    document_id="wiki/travel.md",
    chunk_id="c2",
    title="Travel",
    url="https://wiki.example.com/travel",
    section="",
    snippet="Trains are paid.",
    updated_at=None,
    owner=None,
    source="wiki",
)
EXPENSES = Link("Expenses", "https://wiki.example.com/expenses")


def answered(text: str = "Part-timers get leave in proportion. [1]", **other: Any) -> Reply:  # noqa: ANN401 - any field
    return Reply(text, **{"outcome": Outcome.ANSWERED, "language": "en", **other})
