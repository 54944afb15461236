"""Which parts of a mail are its text, and which are files that came along."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message

_TEXTS = ("text/plain", "text/html")
_IGNORED = frozenset(
    {
        "application/ics",
        "application/pgp-signature",
        "application/pkcs7-signature",
        "application/x-pkcs7-signature",
        "message/delivery-status",
        "text/calendar",
        "text/rfc822-headers",
        "text/x-amp-html",
    }
)
"""Invitations, signatures and the machinery of mail: nobody reads them as text."""

_STUB = re.compile(r"\bhtml\b|\bbrowser\b|webversie|online versie|web version|online version", re.IGNORECASE)
_LONGEST_STUB = 400  # characters; "view this mail in your browser" with a long link


@dataclass(frozen=True, slots=True)
class MailParts:
    """The parts that are the mail's text, in order, and those that are files."""

    texts: tuple["Message[str, str]", ...]
    files: tuple["Message[str, str]", ...]


def split_parts(mail: "Message[str, str]") -> MailParts:
    """Sort the parts of `mail`; of a text that comes in several forms one is taken: plain, unless it is a stub."""
    leaves = list(_leaves(mail))
    texts = [part for part in leaves if _is_text(part)]
    dropped = {id(part) for alternatives in _alternatives(mail) for part in _unchosen(alternatives)}
    files = tuple(part for part in leaves if not _is_text(part) and not _is_ignored(part))
    return MailParts(tuple(part for part in texts if id(part) not in dropped), files)


def text_of(part: "Message[str, str]") -> str:
    """Return a text part decoded, lines ended by "\\n"; what can't be decoded as it says, as well as possible."""
    payload = part.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    text = decoded(data, part.get_content_charset()) or data.decode("cp1252", "replace")
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")


def decoded(data: bytes, charset: str | None) -> str | None:
    """Return `data` as text in the encoding that the mail says, else in UTF-8 or Windows-1252; None: it is none."""
    for encoding in (charset, "utf-8-sig", "cp1252"):
        try:
            return data.decode(encoding) if encoding else data.decode("utf-8-sig")
        except (LookupError, ValueError):
            continue
    return None


def _leaves(part: "Message[str, str]") -> Iterator["Message[str, str]"]:
    # A mail inside the mail is one leaf: its own parts are its own.
    if not part.is_multipart() or part.get_content_maintype() == "message":
        yield part
        return
    for inner in _children(part):
        yield from _leaves(inner)


def _children(part: "Message[str, str]") -> list["Message[str, str]"]:
    payload = part.get_payload()
    return [inner for inner in payload if isinstance(inner, Message)] if isinstance(payload, list) else []


def _alternatives(part: "Message[str, str]") -> Iterator["Message[str, str]"]:
    if part.is_multipart() and part.get_content_maintype() == "multipart":
        if part.get_content_subtype() == "alternative":
            yield part
        for inner in _children(part):
            yield from _alternatives(inner)


def _unchosen(alternatives: "Message[str, str]") -> list["Message[str, str]"]:
    """Return the text parts in `alternatives` that the chosen one stands for."""
    texts = [part for part in _leaves(alternatives) if _is_text(part)]
    plain = [part for part in texts if part.get_content_type() == "text/plain"]
    html = [part for part in texts if part.get_content_type() == "text/html"]
    return plain if html and _is_stub("".join(text_of(part) for part in plain)) else html if plain else []


def _is_stub(text: str) -> bool:
    return not text.strip() or (len(text) < _LONGEST_STUB and bool(_STUB.search(text)))


def _is_text(part: "Message[str, str]") -> bool:
    is_attached = part.get_content_disposition() == "attachment" or part.get_filename() is not None
    # What says that it has parts, and has none, is text in whole.
    return (part.get_content_type() in _TEXTS or part.get_content_maintype() == "multipart") and not is_attached


def _is_ignored(part: "Message[str, str]") -> bool:
    if part.get_content_type() in _IGNORED:
        return True
    is_inside = part.get_content_disposition() != "attachment" or "Content-ID" in part
    return part.get_content_maintype() == "image" and is_inside
