"""Inputs of one format: some as a program would have written them, most of them mutants of those."""

import random
from collections.abc import Callable

from hypothesis import HealthCheck, Phase, given, seed, settings

from tests.fuzz.documents import WRITERS
from tests.fuzz.mutations import mutated
from tests.fuzz.outlines import Bullets, Heading, Outline, Paragraph, Table, outlines

_STRUCTURED = 0.3
"""The share that is not mutated."""

SAMPLES: tuple[Outline, ...] = (
    (
        Heading(1, "Verlof"),
        Paragraph("Met een voltijds contract heb je 25 dagen verlof per jaar."),
        Bullets(("Vraag het aan in het portaal.", "Wacht op antwoord.", "Ga.")),
        Table((("Soort", "Dagen"), ("Verlof", "25"), ("Zorgverlof", "10"))),
        Heading(2, "Ziek"),
        Paragraph("Meld je voor negen uur ziek bij je leidinggevende. Doe dat telefonisch."),
    ),
    (Heading(1, "Leave"), Table((("Year", "2024", "2025"), ("Days", "24", "25"))), Paragraph("Ask in time.")),
)
"""Plain documents, to be broken."""


def structured(ending: str, count: int, number: int) -> list[bytes]:
    """Return `count` files with this ending, or somewhat fewer, the same ones for the same `number`."""
    made: list[bytes] = []
    write = WRITERS[ending]

    @seed(number)
    @settings(
        max_examples=count,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(outlines())
    def collect(outline: Outline) -> None:
        made.append(write(outline))

    run: Callable[[], None] = collect
    run()
    return made


def inputs(ending: str, count: int, number: int) -> list[bytes]:
    """Return `count` files with this ending, the same ones for the same `number`."""
    whole = structured(ending, max(round(count * _STRUCTURED), 1), number)
    samples = [*map(WRITERS[ending], SAMPLES), *whole]
    chance = random.Random(number)  # noqa: S311 - no secret
    return whole + [mutated(samples, chance) for _ in range(count - len(whole))]
