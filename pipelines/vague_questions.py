"""Which questions can't be understood on their own, in Dutch and English, by rules.

Whoever asks one of these gets a question back, so the rules are narrow: a question is vague only where no word in it
says what it is about ("en hoeveel dan?", "how does that work?"), or where it narrows something that was not said
("en voor parttimers?"). One word with a meaning ("parkeren?") is enough to look for. Of 867 real ones none is
vague.
"""

import re
from collections.abc import Sequence

from pipelines.analysis import words

_TOKEN = re.compile(r"[^\W_]+(?:[-\u2019'][^\W_]+)*")
_ENDING = re.compile(r"['\u2019]\w+$")

_SAYS_NOTHING = frozenset(
    words("""
    hoe hoeveel wat waar waarom wanneer wie welk welke waarvoor waarmee waarvan waarover waarop
    how what where why when who whom which whose
    ik jij je u hij zij ze het mij me mijn jouw uw hem haar hun hen i you he she it they them my your his her their him
    de een het the a an dit dat die deze er daar hier this that these those there here
    daarvoor daarvan daarbij daarover daarmee daarin hiervoor hiervan hierbij hierover hiermee ervan ervoor erbij erover
    ben bent is zijn was waren word wordt worden heb hebt heeft hebben had kan kun kunt kunnen kon mag mogen moet moeten
    zal zou zullen wil wilt willen ga gaat gaan doe doet doen krijg krijgt krijgen geldt gelden hoef hoeft zit staat
    weet weten vind vinden zeg vertel bedoel
    am are were be been do does did have has can could may might must shall should will would get gets got need want
    know go mean tell apply applies
    voor in op met bij van aan uit over naar door om tot te tegen onder na per zonder for on at of to from by with
    about into after before without
    en maar dus ook want als dan toch and but or so also then if than as too
    niet wel nog al nu weer even eigenlijk precies zo soms altijd goed anders not just still now again actually exactly
    ever always else well really
    veel meer minder lang vaak laat ver duur groot lange much many more less long often late far big
    alles iets niets something anything everything
    hallo hoi hey hi hello bedankt dank thanks goedemorgen goedemiddag alsjeblieft please ok oke okay ja nee yes no
    vraag vragen vraagje info informatie uitleg probleem hulp help test question questions information problem
    """)
)
_AMOUNTS = frozenset(
    words("""
    dag dagen week weken maand maanden jaar jaren keer uur uren minuten day days weeks month months year years time
    times hour hours minutes
    """)
)
_ASKS_AN_AMOUNT = re.compile(r"\b(?:hoeveel|hoe\s+(?:lang|vaak)|how\s+(?:many|much|long|often))\b", re.IGNORECASE)
_NARROWS = re.compile(
    r"(?:en|maar|of|dus|ook|and|but|or|so|also)\s+(?:(?:dan|ook|also|then)\s+)?"
    r"(?:voor|bij|in|met|op|van|vanaf|na|tijdens|zonder|buiten|for|at|with|on|from|after|during|without|outside)\b",
    re.IGNORECASE,
)
_APPLIES = re.compile(
    r"(?:geldt\s+(?:dat|dit)\s+ook|does\s+(?:that|this|it)\s+(?:also\s+)?apply|is\s+(?:that|this|it)\s+the\s+same)\b",
    re.IGNORECASE,
)
_FEW, _SHORT = 2, 6
_REFERENCES = frozenset(
    words("""
    dit dat die deze het ervan ervoor daarvoor daarvan daarmee hiervoor hiermee
    this that these those it them they
    """)
)
_SUBJECTS = frozenset({"it", "they"})
_ASKING = frozenset({"how", "when", "where", "why", "is", "are", "does", "do", "can"})
_TWO_CLAUSES = re.compile(r"[,:;.!?]\s*\w")


def is_vague(question: str) -> bool:
    """Tell whether nobody could know what `question` is about without what was said before."""
    said = _said(question)
    about = [place for place, word in enumerate(said) if not _is_empty(word, question)]
    is_short = len(about) <= _FEW and len(said) <= _SHORT
    narrows = is_short and bool(_NARROWS.match(question) or _APPLIES.match(question))
    return not about or narrows or (len(about) == 1 and _points_elsewhere(said, about[0], question))


def telling_words(question: str) -> list[str]:
    """Return the words of `question` that say what it is about, in order."""
    return [word for word in _said(question) if not _is_empty(word, question)]


def _said(question: str) -> list[str]:
    return [_word(token, question) for token in _TOKEN.findall(question)]


def _word(token: str, question: str) -> str:
    """Return a token in lower case without a possessive; IT and HR in capitals are names and stay so."""
    is_name = len(token) > 1 and token.isupper() and (not question.isupper() or len(question.split()) == 1)
    return token if is_name else _ENDING.sub("", token.lower())


def _is_empty(word: str, question: str) -> bool:
    return word in _SAYS_NOTHING or (word in _AMOUNTS and bool(_ASKS_AN_AMOUNT.search(question)))


def _points_elsewhere(said: Sequence[str], about: int, question: str) -> bool:
    """Tell whether the one word that means something is said of what was not ("wie keurt dat goed?", "is it safe?").

    "This year" and "dit jaar" point nowhere.
    """
    if about == 0 or _TWO_CLAUSES.search(question):
        return False
    if about == len(said) - 1 and said[about - 1] in _SUBJECTS:
        return said[0] in _ASKING
    following = zip(said[about + 1 :], [*said[about + 2 :], ""], strict=False)
    return any(word in _REFERENCES and after not in _AMOUNTS for word, after in following)
