"""What is taken off a question before it is searched, and what never is."""

import pytest

from pipelines.components.question_cleaner import QuestionCleaner, cleaned

_POLITE = {
    "Hoi, weet jij misschien hoeveel vrije dagen ik heb? Alvast bedankt!": "hoeveel vrije dagen ik heb?",
    "Hi team, could you please tell me where I can park, thanks": "where I can park",
    "hoi hoeveel vakantiedagen heb ik": "hoeveel vakantiedagen heb ik",
    "Hallo allemaal, wie kent de code van de printer?": "wie kent de code van de printer?",
    "Hey Kennisbot! Hoe meld ik me ziek?": "Hoe meld ik me ziek?",
    "Goedemorgen, hoe vraag ik een laptop aan?": "hoe vraag ik een laptop aan?",
    "Goedemiddag collega's,\n\nWaar staat de AED?\n\nGroeten, Sanne": "Waar staat de AED?",
    "Beste Bart,\nWat is de vergoeding voor storingsdienst?": "Wat is de vergoeding voor storingsdienst?",
    "Beste Bart en Sanne, mag ik mijn hond meenemen?": "mag ik mijn hond meenemen?",
    "Dag Liam, wanneer is het zomerfeest?": "wanneer is het zomerfeest?",
    "Dag! Wanneer is het zomerfeest?": "Wanneer is het zomerfeest?",
    "Vraagje: is er een fietsplan?": "is er een fietsplan?",
    "Hoi! Korte vraag: is er een fietsplan?": "is er een fietsplan?",
    "Ik heb een vraag. Hoe werkt het pensioen?": "Hoe werkt het pensioen?",
    "Ik heb even een vraagje, hoe werkt het pensioen?": "hoe werkt het pensioen?",
    "Kun je me vertellen hoe laat het magazijn sluit?": "hoe laat het magazijn sluit?",
    "Kunt u mij misschien even uitleggen hoe de winstuitkering werkt?": "hoe de winstuitkering werkt?",
    "Zou je me kunnen vertellen of ik recht heb op zorgverlof?": "ik recht heb op zorgverlof?",
    "Zou iemand mij kunnen vertellen waar de sleutel ligt, alsjeblieft?": "waar de sleutel ligt?",
    "Weet iemand wie de bestelling goedkeurt?": "wie de bestelling goedkeurt?",
    "weet je toevallig ook of de kantine open is? dankjewel": "de kantine open is?",
    "Ik vroeg me af wanneer het salaris komt.": "wanneer het salaris komt.",
    "Ik zou graag willen weten hoeveel uur ik mag thuiswerken": "hoeveel uur ik mag thuiswerken",
    "Ik ben benieuwd hoe hoog het ziekteverzuim was.": "hoe hoog het ziekteverzuim was.",
    "Mag ik vragen wie de vertrouwenspersoon is?": "wie de vertrouwenspersoon is?",
    "Ik zit in de middagploeg. Weet jij hoe laat ik moet bellen?": "Ik zit in de middagploeg. hoe laat ik moet bellen?",
    "Hoe meld ik me ziek? Alvast bedankt voor je hulp!": "Hoe meld ik me ziek?",
    "Hoe meld ik me ziek alvast bedankt": "Hoe meld ik me ziek",
    "Hoe meld ik me ziek, dank je wel?": "Hoe meld ik me ziek?",
    "Hoe meld ik me ziek? Dank! Mvg, Sanne de Vries": "Hoe meld ik me ziek?",
    "Hoe meld ik me ziek?\nMet vriendelijke groet,\nSanne Bakker": "Hoe meld ik me ziek?",
    "Hoe meld ik me ziek? Ik hoor het graag. Fijne dag nog!": "Hoe meld ik me ziek?",
    "Hoe reset ik mijn wachtwoord aub": "Hoe reset ik mijn wachtwoord",
    "Mijn VPN doet het niet. Kan iemand me helpen?": "Mijn VPN doet het niet.",
    "Waar vind ik de loonstrook? 🙏": "Waar vind ik de loonstrook? 🙏",
    "Waar vind ik de loonstrook? Bedankt 🙏": "Waar vind ik de loonstrook?",
    "hi how many holidays do I get": "how many holidays do I get",
    "Hello everyone, is there a dress code?": "is there a dress code?",
    "Hey there! How do I report sick?": "How do I report sick?",
    "Good morning team, when is Liam available?": "when is Liam available?",
    "Dear Liam, who approves a discount?": "who approves a discount?",
    "Hi Liam - who approves a discount?": "who approves a discount?",
    "Hello - who approves a discount?": "who approves a discount?",
    "Quick question: who approves a discount?": "who approves a discount?",
    "I have a question. Who approves a discount?": "Who approves a discount?",
    "Sorry, who approves a discount?": "who approves a discount?",
    "Can you explain how the bonus works?": "how the bonus works?",
    "Can someone tell me if the canteen is open?": "the canteen is open?",
    "Would you kindly let me know what the hotel limit is?": "what the hotel limit is?",
    "Do you know who runs IT support?": "who runs IT support?",
    "Do you happen to know whether parking is free?": "parking is free?",
    "Anyone know where the AED is?": "where the AED is?",
    "I was wondering if I can sell my holidays.": "I can sell my holidays.",
    "I'm just curious how the pension works": "how the pension works",
    "I'd like to know what the notice period is.": "what the notice period is.",
    "Please tell me where the fire exit is": "where the fire exit is",
    "May I ask who my manager is?": "who my manager is?",
    "How do I book a room? Thanks a lot!": "How do I book a room?",
    "How do I book a room, thanks in advance.": "How do I book a room",
    "How do I book a room? Thanks Liam": "How do I book a room?",
    "How do I book a room? Thank you very much for your help. Kind regards, Sanne": "How do I book a room?",
    "How do I book a room please?": "How do I book a room?",
    "How do I book a room, please? Cheers": "How do I book a room?",
    "My fob is broken. Can you help me with this?": "My fob is broken.",
}
_MEANT = [
    "Hoi",
    "Bedankt!",
    "Kun je me helpen?",
    "Alsjeblieft?",
    "",
    "?",
    "parkeren?",
    "wifi wachtwoord",
    "Beste hotel in Londen?",
    "Beste leverancier van hijsbanden",
    "Dag van de arbeid vrij?",
    "Dagvergoeding in Duitsland?",
    "Hallo-campagne: wie doet mee?",
    "Hi-fi installatie lenen?",
    "Weet de ondernemingsraad hiervan?",
    "Hoe weet ik of een bon geldig is?",
    "Kun je verlof kopen?",
    "Kan iemand anders mijn bestelling goedkeuren?",
    "Ik wil graag ouderschapsverlof opnemen",
    "Ik wil weten of ik recht heb op zorgverlof",
    "Mag ik vragen stellen aan de bedrijfsarts?",
    "Wat zeg ik tegen een klant: dank u?",
    "How do I say thanks to a colleague?",
    "Where do I send a thank you note?",
    "What do I answer: no, thanks?",
    "Who sent the mail 'Many thanks'?",
    "What does “Hi team, thanks” mean?",
    "Can you tell customers what a machine costs?",
    "Can you help customers with their visa?",
    "Do you know your customer: the rules?",
    "Does anybody need a visa for England?",
    "Question 12 of the survey: what does it mean?",
    "Regards to the customer, who sends them?",
    "Will you be at the trade fair?",
    "May I ask a customer for a deposit?",
    "I would like to change my billing cycle.",
    "Please-pay reminders: who sends them?",
    "Good morning meeting at what time?",
]


@pytest.mark.parametrize(("question", "searched"), _POLITE.items())
def test_courtesy_is_not_searched_for(question: str, searched: str) -> None:
    """However it is written, the question itself is what is left, and cleaning it again changes nothing."""
    assert cleaned(question) == searched
    assert cleaned(searched) == searched


@pytest.mark.parametrize("question", _MEANT)
def test_what_carries_meaning_stays(question: str) -> None:
    """Words of courtesy that ask for something, and questions that would be empty without them."""
    assert cleaned(question) == question


def test_nothing_is_left_of_nothing_but_courtesy() -> None:
    """There are always words to search for, and to answer to."""
    assert cleaned("Hi team, thanks!") == "thanks!"
    assert cleaned("Goedemorgen allemaal!") == "Goedemorgen allemaal!"


def test_questions_before_are_cleaned_too() -> None:
    """So that a follow-up is put after what was searched for."""
    result = QuestionCleaner().run(" Hoi, en voor parttimers? ", ["Hoi, hoeveel verlof heb ik? Bedankt!"])
    assert result == {"question": "en voor parttimers?", "earlier_questions": ["hoeveel verlof heb ik?"]}
