"""The files of a mail: names that can be used, formats by their endings, texts in UTF-8."""

from collections.abc import Iterable, Iterator
from email.message import Message
from email.policy import compat32
from pathlib import PurePosixPath

from connectors.formats import MIME_TYPES, mime_type
from pipelines.converters import Attachment
from pipelines.converters.eml.parts import decoded

_MAIL = "message/rfc822"
_LONGEST_NAME = 150  # characters; file systems take 255 bytes


def attachments(parts: Iterable["Message[str, str]"]) -> tuple[Attachment, ...]:
    """Return `parts` as files, each with a name of its own."""
    return tuple(_unique(_attachment(part) for part in parts))


def _attachment(part: "Message[str, str]") -> Attachment:
    name = _name(part)
    type_ = mime_type(name, part.get_content_type())
    data = _data(part)
    if type_.startswith("text/"):
        text = decoded(data, part.get_content_charset())
        data = data if text is None else text.encode("utf-8", "replace")
    return Attachment(name, type_, data)


def _name(part: "Message[str, str]") -> str:
    """Return the last part of the name that the mail gives, less what can't be seen; else one by its format."""
    inner = _mail(part)
    stated = part.get_filename() or (f"{inner['Subject'] or 'mail'}.eml".replace("/", "-") if inner else "")
    path = PurePosixPath("".join(sign for sign in stated.replace("\\", "/") if sign.isprintable()).strip())
    if not path.name.strip(". "):
        ending = next((end for end, type_ in MIME_TYPES.items() if type_ == part.get_content_type()), "")
        return f"attachment{ending}"
    return path.stem[: _LONGEST_NAME - len(path.suffix[:20])] + path.suffix[:20]


def _data(part: "Message[str, str]") -> bytes:
    inner = _mail(part)
    if inner:
        # Headers as they stand: today's policy folds them anew, and stumbles over broken ones.
        return inner.as_bytes(policy=compat32)
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _mail(part: "Message[str, str]") -> "Message[str, str] | None":
    payload = part.get_payload() if part.get_content_type() == _MAIL else None
    return payload[0] if isinstance(payload, list) and payload and isinstance(payload[0], Message) else None


def _unique(files: Iterable[Attachment]) -> Iterator[Attachment]:
    counts: dict[str, int] = {}
    for file in files:
        key = file.name.casefold()
        counts[key] = count = counts.get(key, 0) + 1
        path = PurePosixPath(file.name)
        name = file.name if count == 1 else f"{path.stem} ({count}){path.suffix}"
        counts.setdefault(name.casefold(), 1)
        yield Attachment(name, file.mime_type, file.data)
