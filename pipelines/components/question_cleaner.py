"""`QuestionCleaner`: a question without the greetings and the politeness around it, by rules.

"Hoi, weet jij misschien hoeveel vrije dagen ik heb? Alvast bedankt!" is searched for as "hoeveel vrije dagen ik heb?".
What is taken off stands where only courtesy stands: at the beginning, at the end, as a sentence of its own, or as the
words that ask somebody to tell. Of 867 real questions that were written to be searched it changes 9: they lose
"I would like to know", and one "Can you help me with this?".
"""

import re

from haystack import component

_NAME = r"(?-i:[A-Z\u00c0-\u00de])[\w'\u2019-]*"
_EVERYBODY = (
    r"(?:all|allemaal|allen|iedereen|everyone|everybody|team|there|daar|folks|guys|mensen"
    r"|collega(?:'?s)?|colleagues?|kennisbot|bot)\b"
)
_ADDRESSED = rf"(?:\s+{_EVERYBODY}|\s+{_NAME}(?:\s+(?:(?:en|and|&)\s+)?{_NAME})?(?=\s*[,!.:\n]|\s[\u2013-]\s))"
_PAUSE = r"(?:\s*[,!.;:\u2026]+|\s+[\u2013-](?=\s)|\s*\n)\s*"
_GREETING = re.compile(
    r"^\s*(?:"
    rf"(?:hoi|hallo|hey|hai|hi|hello)(?![\w-]){_ADDRESSED}?(?:{_PAUSE}|\s+)"
    r"|(?:goe(?:de|ie)\s?(?:morgen|middag|avond|dag)|good\s+(?:morning|afternoon|evening|day))"
    rf"{_ADDRESSED}?{_PAUSE}"
    rf"|(?:beste|dear|dag){_ADDRESSED}{_PAUSE}|dag\s*[,!]\s*"
    r"|(?:ik\s+heb\s+(?:even\s+)?een\s+(?:korte\s+|snelle\s+)?vraag(?:je)?"
    r"|(?:(?:even\s+)?een\s+)?(?:korte\s+|snelle\s+)?vraag(?:je)?"
    r"|i\s+have\s+a\s+(?:quick\s+)?question|(?:just\s+)?(?:a\s+)?(?:quick\s+)?question)\s*[,:.!]\s*"
    r"|please,?\s+|(?:sorry|excuse\s+me|pardon)\s*,\s*"
    r")",
    re.IGNORECASE,
)
"""A word that may mean something else ("beste", "dag") counts only where somebody is addressed by it."""

_ASKED = (
    r"(?=(?:hoe\w*|wat|waar\w*|wie|wiens|wanneer|welke?|waarom|of"
    r"|how|what|where|when|which|who|whose|whom|why|if|whether)\b)(?:(?:of|if|whether)\s+)?"
)
_TELL_ME = re.compile(
    r"(?:^|(?<=[.!?\n]\s))(?:"
    r"weet\s+(?:jij|je|u|jullie|iemand)(?:\s+(?:misschien|toevallig|ook|soms|wellicht))*"
    r"|(?:kun|kan|kunt|kunnen|wil|wilt|zou|zouden)\s+(?:jij|je|u|jullie|iemand)"
    r"(?:\s+(?:mij|me|ons|misschien|alsjeblieft|alstublieft|aub|even|ook|eens|wellicht|kunnen|willen))*"
    r"\s+(?:vertellen|zeggen|uitleggen|laten\s+weten)"
    r"|ik\s+(?:(?:wil|wilde|zou)\s+(?:heel\s+)?graag\s+(?:willen\s+)?weten"
    r"|(?:vraag|vroeg)\s+(?:me|mij)\s+(?:even\s+|eigenlijk\s+)?af|(?:ben|was)\s+(?:heel\s+)?benieuwd)"
    r"|(?:mag|kan)\s+ik\s+(?:je\s+|u\s+|jullie\s+)?(?:iets\s+)?vragen"
    r"|(?:could|can|would|will)\s+(?:you|someone|somebody|anyone|anybody)"
    r"(?:\s+(?:please|kindly|maybe|perhaps|possibly))*"
    r"\s+(?:tell(?:\s+(?:me|us))|explain(?:\s+to\s+(?:me|us))?|let\s+(?:me|us)\s+know)(?:\s+please)?"
    r"|(?:(?:do|does|would)\s+)?(?:you|anyone|anybody|someone|somebody)(?:\s+(?:happen\s+to|maybe|perhaps))*\s+know"
    r"|i(?:\s+was|\s+am|['\u2019]?m)?\s+(?:just\s+)?(?:wonder(?:ing)?|curious)"
    r"|i(?:\s+would|['\u2019]?d)\s+(?:really\s+)?(?:like|love)\s+to\s+know"
    r"|just\s+wondering|(?:may|can|could)\s+i\s+ask(?:\s+you)?|(?:please\s+)?(?:tell\s+me|let\s+me\s+know)"
    rf"),?:?\s+{_ASKED}",
    re.IGNORECASE,
)
"""Only before a question in so many words: "can you tell customers …" and "ik wil graag verlof" say something."""

_THANKS = (
    r"(?:alvast\s+)?(?:heel\s+erg\s+|hartelijk\s+)?(?:bedankt|dank(?:jewel|\s+(?:je|u)(?:\s+wel)?)?)(?:\s+alvast)?"
    r"(?:\s+voor\s+(?:je|jullie|uw)\s+(?:hulp|antwoord|reactie))?"
    r"|(?:many\s+)?(?:thanks|thank\s+you|thx|tnx)(?:\s+(?:very\s+much|so\s+much|a\s+lot|in\s+advance|again))?"
    r"(?:\s+for\s+(?:your|the|any)\s+help)?"
)
_GOODBYE = (
    r"(?:met\s+(?:vriendelijke|hartelijke)\s+groet(?:en)?|mvg|groet(?:en|jes)?|gr"
    r"|(?:(?:kind|best|warm)\s+)?regards|cheers)"
    r"|(?:ik\s+)?hoor\s+(?:het\s+)?graag(?:\s+van\s+(?:je|jullie|u))?"
    r"|(?:fijne|prettige)\s+(?:dag|avond|weekend)(?:\s+(?:nog|verder))?|have\s+a\s+(?:nice|good|great)\s+(?:day|one)"
)
_HELP_ME = (
    r"(?:kun|kan|kunt)\s+(?:je|jij|u|jullie|iemand)\s+(?:mij|me|ons)\s+(?:(?:hier)?mee\s+|even\s+)?helpen"
    r"|(?:can|could)\s+(?:you|someone|anyone)\s+(?:please\s+)?help(?:\s+me)?(?:\s+with\s+this)?"
)
_PLEASE = r"(?:please|pls|alsjeblieft|alstublieft|aub|a\.u\.b|svp|s\.v\.p)"
_SURELY = r"(?:alvast\s+(?:heel\s+erg\s+)?bedankt|bedankt\s+alvast|thanks\s+in\s+advance|thank\s+you\s+in\s+advance)"
_NOTHING_QUOTED = r"[^\w?'\"\u2019\u201d\u00bb]*"
_ENDING = re.compile(
    rf"(?:(?:(?<=[?!.])|(?<!\bno)(?<!\bnee)\s*[,;]|\s[\u2013-]|\n)\s*(?:{_THANKS}|{_GOODBYE}|{_HELP_ME}|{_PLEASE})"
    rf"|\s+(?:{_SURELY}|{_PLEASE}))"
    rf"(?:(?:\s*,)?\s+{_NAME}(?:(?:\s+(?:van|de|den|der|ter))*\s+{_NAME})?|\s+{_EVERYBODY})?{_NOTHING_QUOTED}(\??){_NOTHING_QUOTED}$",
    re.IGNORECASE,
)
"""Thanks count after a full stop, a comma or a line: "how do I say thanks?" asks for the word itself."""


_SPACES = re.compile(r"\s+")
_LAYERS = 4
"""Greeting, "quick question", "do you know", and as many again at the end: nobody is politer than that."""


@component
class QuestionCleaner:
    """Takes greetings and politeness off questions, in Dutch and English. What is nothing else stays as it is."""

    @component.output_types(question=str, earlier_questions=list[str])
    def run(self, question: str, earlier_questions: list[str]) -> dict[str, str | list[str]]:
        """Return the question and those before it in the thread, cleaned in the same way."""
        return {"question": cleaned(question), "earlier_questions": [cleaned(earlier) for earlier in earlier_questions]}


def cleaned(question: str) -> str:
    """Return `question` without the courtesy around it; one that holds none is returned word for word."""
    # Of many spaces in a row the patterns would try each: time that grows with the cube of their number.
    text = original = _SPACES.sub(_space, question.strip())
    for _ in range(_LAYERS):
        text = _ENDING.sub(_ended, _TELL_ME.sub("", _GREETING.sub("", text))).strip()
    return text if text != original and re.search(r"\w", text) else question.strip()


def _space(spaces: re.Match[str]) -> str:
    return "\n" if "\n" in spaces[0] else " "


def _ended(ending: re.Match[str]) -> str:
    """Return the question mark that stood after the courtesy, unless the question has its own."""
    return "" if ending.string[: ending.start()].rstrip().endswith(("?", ".", "!")) else ending[1]
