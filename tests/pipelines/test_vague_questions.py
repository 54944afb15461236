"""Which questions are asked back about, and which short ones are not."""

import pytest

from pipelines.vague_questions import is_vague

_VAGUE = [
    "en hoeveel dan?",
    "EN HOEVEEL DAN?",
    "waarom?",
    "hoe lang?",
    "Hoe laat?",
    "Hoeveel dagen?",
    "hoe zit dat?",
    "Mag dat?",
    "Wat moet ik daarvoor doen?",
    "wat bedoel je?",
    "info",
    "vraag",
    "Hoi",
    "?",
    "en voor parttimers?",
    "En op zondag?",
    "Maar in het weekend?",
    "Ook voor stagiairs?",
    "Geldt dat ook voor stagiairs?",
    "Wie keurt dat goed?",
    "Hoeveel kost die?",
    "Hoe laat begint het?",
    "And for part-timers?",
    "But for interns?",
    "How much?",
    "And how many days then?",
    "Who approves that?",
    "How does it work?",
    "Is it safe?",
    "When are they paid?",
    "Does that apply to interns?",
]
_CLEAR = [
    "parkeren?",
    "verlof",
    "uren",
    "wifi wachtwoord",
    "dresscode?",
    "IT?",
    "OR?",
    "M05",
    "112",
    "hoeveel vakantiedagen?",
    "Hoe duur is parkeren?",
    "Wat kost parkeren per dag?",
    "Hoeveel verlof krijg ik dit jaar?",
    "Hoe zit het met verlof?",
    "Wat als ik ziek ben?",
    "En parkeren?",
    "En als ik ziek ben?",
    "Of ik recht heb op zorgverlof?",
    "En voor wie geldt de regeling van het zorgverlof?",
    "Geldt dat ook voor stagiairs met een tijdelijk contract?",
    "Carpoolen, mag dat?",
    "Wifi: hoe werkt dat?",
    "Kan ik daar parkeren?",
    "Waar vind ik dit formulier?",
    "Wat is het wachtwoord?",
    "Wie zijn wij?",
    "wie zit in de OR?",
    "parking",
    "Is there wifi?",
    "the it department",
    "it support",
    "How do I reach IT?",
    "how many holidays",
    "How many days of leave?",
    "What about parental leave?",
    "What if I am ill?",
    "Is it allowed to bring dogs?",
    "How much does it cost to park?",
    "Wer ist der Chef?",
]


@pytest.mark.parametrize("question", _VAGUE)
def test_nobody_could_know_what_it_is_about(question: str) -> None:
    """Nothing in it says so, or what says something narrows or points to what was not said."""
    assert is_vague(question)


@pytest.mark.parametrize("question", _CLEAR)
def test_short_questions_are_still_answered(question: str) -> None:
    """A word with a meaning is enough to look for."""
    assert not is_vague(question)
