"""Which questions lean on the one before."""

import pytest

from pipelines.components.follow_up_resolver import FollowUpResolver, leans

_FOLLOW_UPS = [
    "En voor parttimers?",
    "en als ik in het buitenland woon?",
    "Maar wat als ik ziek ben tijdens mijn vakantie?",
    "Of voor stagiairs die maar drie maanden blijven?",
    "Dus ik moet eerst mijn manager vragen?",
    "Ook in het weekend als ik oproepdienst heb?",
    "Hoe zit dat met feestdagen die in het weekend vallen?",
    "Geldt dat ook voor mensen met een tijdelijk contract?",
    "Wat als ik te laat ben met de aanvraag?",
    "Wie keurt dat goed?",
    "Waar vind ik dit formulier?",
    "Tot wanneer kan dat?",
    "Hoeveel kost die?",
    "Wat moet ik daarvoor doen?",
    "Waarom?",
    "Hoe lang?",
    "And for part-timers?",
    "But what if I am ill during my holiday?",
    "Or for interns who stay three months?",
    "So I have to ask my manager first?",
    "Also on weekends when I am on call?",
    "What about public holidays that fall in a weekend?",
    "How about people with a temporary contract?",
    "What if I am late with the request?",
    "Does that apply to people who work abroad as well?",
    "Does it apply to everyone who works in the office?",
    "Is this the same for people with a temporary contract?",
    "Who approves that?",
    "Where do I find it?",
    "How long does it take?",
    "It starts when?",
    "How do I get there?",
    "When are they paid?",
    "Why?",
    "How much?",
]
_STAND_ALONE = [
    "Hoeveel vakantiedagen heb ik per jaar?",
    "Hoe meld ik me ziek?",
    "Wie keurt mijn declaratie goed?",
    "Wat is het beleid voor thuiswerken?",
    "Hoe vraag ik een nieuwe laptop aan?",
    "Kan ik mijn vakantiedagen meenemen naar volgend jaar?",
    "Wat moet ik doen als ik mijn wachtwoord ben vergeten?",
    "Mag ik dit jaar vakantiedagen verkopen aan een collega van mij?",
    "Is er een fietsplan?",
    "Endoscopie wordt vergoed door wie?",
    "Ofloxacine staat op welke lijst medicijnen?",
    "Hoe bereik ik IT?",
    "Wanneer wordt mijn salaris betaald?",
    "Welke feestdagen zijn vrije dagen?",
    "Hoe werkt het pensioen?",
    "How many holidays do I have each year?",
    "How do I report sick?",
    "Who approves my expense claim?",
    "What is the policy for working from home?",
    "How do I ask for a new laptop?",
    "Can I carry over holidays to the next year?",
    "What should I do when I have forgotten my password?",
    "Can I sell the holidays that I have left this year?",
    "Is there a dress code?",
    "Are there lockers at the office?",
    "How do I contact IT?",
    "Does IT hand out laptops to interns?",
    "Who runs IT support?",
    "Orders above 500 euro need whose approval?",
    "Software licences are bought by whom?",
    "Which holidays are paid?",
    "Where is the first aid kit?",
    "How does the pension plan work?",
]


@pytest.mark.parametrize("question", _FOLLOW_UPS)
def test_follow_up_is_searched_with_the_question_before(question: str) -> None:
    """Its own words come last, as they were."""
    result = FollowUpResolver().run(question, ["Hoeveel vakantiedagen heb ik per jaar?"])
    assert result == {"query": f"Hoeveel vakantiedagen heb ik per jaar? {question}"}


@pytest.mark.parametrize("question", _STAND_ALONE)
def test_other_questions_are_searched_as_they_are(question: str) -> None:
    """A new subject in the same thread is not mixed with the old one."""
    assert not leans(question)
    assert FollowUpResolver().run(question, ["Something else entirely?"]) == {"query": question}


def test_first_question_is_searched_as_it_is() -> None:
    """There is nothing to lean on."""
    assert FollowUpResolver().run("And for part-timers?", []) == {"query": "And for part-timers?"}


def test_follow_ups_in_a_row_lean_on_the_same_question() -> None:
    """The last one that stands on its own; where none does, the first."""
    earlier = ["How does the pension plan work?", "How do I report sick?", "And abroad?", "Why?"]
    assert FollowUpResolver().run("How long?", earlier) == {"query": "How do I report sick? How long?"}
    assert FollowUpResolver().run("How long?", ["Why?", "And abroad?"]) == {"query": "Why? How long?"}
