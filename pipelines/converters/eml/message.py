"""A mail as Markdown: its subject, its people and its date, its newest text."""

import re
from collections import Counter
from collections.abc import Iterator
from email import message_from_bytes
from email.errors import MessageError
from email.message import EmailMessage, Message
from email.policy import EmailPolicy

from pipelines.converters import ConvertedText
from pipelines.converters.eml.attachments import attachments
from pipelines.converters.eml.parts import split_parts, text_of
from pipelines.converters.eml.quoted_html import newest_html
from pipelines.converters.eml.replies import newest_text, without_last_introduction
from pipelines.converters.html import convert_html
from pipelines.converters.text import convert_text
from pipelines.errors import UnreadableContent

_LINES = ("From", "To", "Cc", "Date")
_LONGEST_HEADER = 20_000  # characters, some 400 people; the library's time grows with the square: 5 s at worst
_LONGEST_OF_MIME = 2_000  # characters; these are read several times for each part
_FORWARD = re.compile(r"\s*(?:re|aw|antw)?:?\s*(?:fwd?|doorst|wg|tr)\s*:", re.IGNORECASE)
_SPACE = re.compile(r"\s+")
_NOT_READABLE = "Save it from the mail program without encryption, or exclude it."


class _ForgivingPolicy(EmailPolicy):
    """Python's own, which raises all sorts of errors on headers that are not as they should be."""

    def header_fetch_parse(self, name: str, value: str) -> str:
        """Return the header's value, as it stands in the file where it can't be parsed."""
        limit = _LONGEST_OF_MIME if name.lower().startswith("content-") else _LONGEST_HEADER
        try:
            return self._parsed(name, value) if len(value) <= limit else _SPACE.sub(" ", value)
        except (AttributeError, LookupError, MessageError, RecursionError, TypeError, ValueError):
            return _SPACE.sub(" ", value)

    def _parsed(self, name: str, value: str) -> str:
        header: str = super().header_fetch_parse(name, value)
        return header


_POLICY = _ForgivingPolicy()


def convert_eml(data: bytes) -> ConvertedText:
    """Return a mail's subject as heading and title, a line each for From, To, Cc and Date, and its newest text.

    Older mails of the thread that follow it are left out, unless they were forwarded or there is nothing else.
    What came along is in `attachments`, whatever its format; pictures inside the text are not.
    Raises `UnreadableContent`: it is encrypted, or it is no mail.
    """
    mail = message_from_bytes(data, _class=EmailMessage, policy=_POLICY)
    _check(mail)
    parts = split_parts(mail)
    subject = _SPACE.sub(" ", str(mail["Subject"] or "")).strip()
    left_out: Counter[str] = Counter()
    texts = [_newest(part, bool(_FORWARD.match(subject)), left_out) for part in parts.texts]
    blocks = [f"# {_inline(subject)}" if subject else "", "\\\n".join(_lines(mail)), *texts]
    markdown = "\n\n".join(block for block in blocks if block)
    return ConvertedText(markdown, subject or None, left_out, attachments(parts.files))


def _check(mail: "Message[str, str]") -> None:
    if "From" not in mail and not ("Subject" in mail and "Date" in mail):
        raise UnreadableContent("it is not a mail: it has no sender", "Save it again as .eml, or exclude it.")
    kind = mail.get_content_type()
    if kind in ("application/pkcs7-mime", "application/x-pkcs7-mime"):
        raise UnreadableContent("it is encrypted or sealed (S/MIME)", _NOT_READABLE)
    if kind == "multipart/encrypted":
        raise UnreadableContent("it is encrypted (PGP)", _NOT_READABLE)


def _lines(mail: "Message[str, str]") -> Iterator[str]:
    for name in _LINES:
        value = _SPACE.sub(" ", ", ".join(str(one) for one in mail.get_all(name, []))).strip()
        if value:
            yield f"{name}: {_inline(value)}"


def _inline(text: str) -> str:
    return convert_text(text).markdown


def _without_last_breaks(markdown: str) -> str:
    lines = markdown.strip().split("\n")
    while lines and lines[-1].strip() in ("", "\\"):
        lines.pop()
    return "\n".join(lines)


def _newest(part: "Message[str, str]", is_forward: bool, left_out: Counter[str]) -> str:
    text = text_of(part)
    if part.get_content_type() == "text/html":
        converted = convert_html(newest_html(text, is_forward))
        left_out.update(converted.left_out)
        return without_last_introduction(_without_last_breaks(converted.markdown))
    if text.lstrip().startswith("-----BEGIN PGP MESSAGE-----"):
        raise UnreadableContent("it is encrypted (PGP)", _NOT_READABLE)
    return convert_text(newest_text(text, is_forward)).markdown.strip()
