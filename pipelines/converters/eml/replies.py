"""Where in a plain text the older mails of the thread begin, and what of them belongs to the newest.

mail-parser-reply was tried first: it took every list with hyphens and all below a line "Thanks, …" for a
signature, did not know "schreef Jan:", the line that Gmail and Thunderbird write in Dutch, and needed time that
grows with the square of a line. All in here looks at each line once, and cuts only at what a mail program wrote.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_SEPARATOR = re.compile(
    r"-{2,} ?(?P<what>oorspronkelijk bericht|original message|ursprüngliche nachricht|message d.origine|"
    r"message original|doorgestuurd bericht|forwarded message|weitergeleitete nachricht|message transféré) ?-{2,}",
    re.IGNORECASE,
)
_FORWARDED = re.compile(
    r"(?:begin doorgestuurd bericht|begin forwarded message|anfang der weitergeleiteten nachricht|"
    r"début du message réexpédié) ?:",
    re.IGNORECASE,
)
_FROM = re.compile(r"(?:van|from|von|de) ?:", re.IGNORECASE)
_SENT = re.compile(r"(?:verzonden|datum|sent|date|gesendet|envoyé) ?:", re.IGNORECASE)
_SUBJECT = re.compile(r"(?:onderwerp|subject|betreff|objet) ?:", re.IGNORECASE)
_HEADER_LINES = 10  # of a mail that is quoted; long lists of people are wrapped
_OPENING = re.compile(r"(?:op|on|am|le)\b.*\d", re.IGNORECASE)
_WROTE = re.compile(r"\b(?:schreef|wrote|schrieb|geschreven|a écrit)\b", re.IGNORECASE)
_EXACT = re.compile(r"@|\d[:.]\d\d\b")
_INTRODUCTION_LINES = 3  # programs wrap it at 72 to 78 characters
_LONGEST_INTRODUCTION = 400  # characters
_PHONE = re.compile(
    r"(?:verzonden vanaf|verstuurd vanaf|sent from my|sent from outlook|von meinem|gesendet von|envoyé de mon|"
    r"envoyé depuis|get outlook for|download outlook|outlook (?:voor|für) (?:ios|android))\b.{0,80}",
    re.IGNORECASE,
)
_RULE = re.compile(r"[_*=-]{5,}")
_NESTED = re.compile(r"\s*>\s*>")
_SIGNATURE_LINES = 15  # more is no signature, but text below a rule


@dataclass(frozen=True, slots=True)
class _Older:
    """An older mail in the thread: where what introduces it begins and ends; `is_forwarded`: it is to be read."""

    start: int
    end: int
    is_forwarded: bool = False


def newest_text(text: str, is_forward: bool = False) -> str:
    """Return the newest mail of a thread, without its signature where "-- " or a phone's own line begins that.

    A quote that is answered below it stays, the quotes inside it go. What was forwarded stays, and so does the
    older mail where there is no newer text. `is_forward`: the subject says that it was forwarded.
    """
    lines = text.split("\n")
    older = list(_older_mails(lines))
    ends = [mail.start for mail in older] + [len(lines)]
    mails = [_newest_lines(lines[: ends[0]])]
    is_enough = bool(mails[0]) and not is_forward
    for mail, end in zip(older, ends[1:], strict=True):
        if is_enough and not mail.is_forwarded:
            break
        headers = _header_block(lines[mail.start : mail.end])
        mails += [headers, _newest_lines(lines[mail.end : end])]
        is_enough = is_enough or bool(mails[-1])
    return "\n\n".join(mail for mail in mails if mail)


def without_last_introduction(text: str) -> str:
    """Return `text` without a last line such as "On 3 March 2025 Jan <jan@x.example> wrote:"."""
    lines = text.rstrip().split("\n")
    for count in range(1, _INTRODUCTION_LINES + 1):
        if _introduction_length(lines[-count:]) == count:
            return "\n".join(lines[:-count]).rstrip()
    return text


def _older_mails(lines: Sequence[str]) -> Iterator[_Older]:
    plain = [line.replace("\xa0", " ").strip(" \t*") for line in lines]
    position = 0
    while position < len(plain):
        older = _older_mail(plain, position)
        if older:
            yield older
        position = older.end if older else position + 1


def _older_mail(plain: Sequence[str], start: int) -> _Older | None:
    separator = _SEPARATOR.fullmatch(plain[start])
    if separator or _FORWARDED.fullmatch(plain[start]):
        below = next((at for at in range(start + 1, min(start + 4, len(plain))) if plain[at]), start + 1)
        return _Older(start, below + _header_length(plain, below), not separator or _tells_forward(separator["what"]))
    length = _header_length(plain, start)
    if not length and _introduces_unmarked(plain, start):
        length = _introduction_length(plain[start : start + _INTRODUCTION_LINES])
    return _Older(start, start + length) if length else None


def _tells_forward(separator: str) -> bool:
    return separator.lower().startswith(("doorgestuurd", "forwarded", "weitergeleitete", "message transféré"))


def _header_length(plain: Sequence[str], start: int) -> int:
    """Return how many lines the headers of a quoted mail have that begin at `start`: From, Sent and Subject; else 0."""
    if start >= len(plain) or not _FROM.match(plain[start]):
        return 0
    block = plain[start : start + _HEADER_LINES]
    length = next((at for at, line in enumerate(block) if not line), len(block))
    subject = next((at for at, line in enumerate(block[:length]) if _SUBJECT.match(line)), None)
    if subject is None or not any(_SENT.match(line) for line in block[:length]):
        return 0
    return length if length < _HEADER_LINES else subject + 1


def _introduces_unmarked(plain: Sequence[str], start: int) -> bool:
    """Tell whether an introduction at `start` is not followed by lines that begin with ">": those tell themselves."""
    length = _introduction_length(plain[start : start + _INTRODUCTION_LINES])
    below = next((line for line in plain[start + length : start + length + 3] if line), "")
    return length > 0 and not below.startswith(">")


def _introduction_length(lines: Sequence[str]) -> int:
    """Return how many of the first of `lines` say when who wrote what follows; 0: they do not."""
    for count in range(1, len(lines) + 1):
        text = " ".join(line.strip() for line in lines[:count])
        if not text or len(text) > _LONGEST_INTRODUCTION or lines[0].lstrip().startswith(">"):
            return 0
        if text.endswith(":") and _WROTE.search(text) and _EXACT.search(text):
            return count
        if text.endswith((".", "!", "?")) or not _OPENING.match(text):
            return 0
    return 0


def _header_block(lines: Sequence[str]) -> str:
    """Return the headers of a quoted mail, a line each."""
    kept = [line.strip() for line in lines if line.strip() and not _SEPARATOR.fullmatch(line.strip(" \t*"))]
    return "\\\n".join(kept)


def _newest_lines(lines: Sequence[str]) -> str:
    own = _without_signature(_without_last_quote(_without_signature(lines)))
    return _joined(own) or _joined(lines)


def _without_last_quote(lines: Sequence[str]) -> Sequence[str]:
    """Return `lines` without the quote that nothing follows, and without quotes inside quotes."""
    own = [at for at, line in enumerate(lines) if line.strip() and not line.lstrip().startswith(">")]
    end = own[-1] + 1 if own else 0
    kept = [line for line in lines[:end] if not _NESTED.match(line)]
    is_quoted = any(line.strip() for line in lines[end:])
    return without_last_introduction("\n".join(kept)).split("\n") if is_quoted else kept


def _without_signature(lines: Sequence[str]) -> Sequence[str]:
    count, end = 0, len(lines)
    for at in range(len(lines) - 1, -1, -1):
        if lines[at] in ("-- ", "--", "--\xa0"):
            end = at
        count += bool(lines[at].strip()) and not lines[at].lstrip().startswith(">")
        if count > _SIGNATURE_LINES:
            break
    while end and _is_left_over(lines[end - 1]):
        end -= 1
    return lines[:end]


def _is_left_over(line: str) -> bool:
    plain = line.replace("\xa0", " ").strip()
    return not plain or bool(_RULE.fullmatch(plain) or _PHONE.fullmatch(plain))


def _joined(lines: Sequence[str]) -> str:
    return "\n".join(lines).strip()
