"""Mails as the usual programs save them."""

from collections.abc import Mapping
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

HEADERS = {
    "From": "Sanne de Vries <sanne@x.example>",
    "To": "Piet Jansen <piet@x.example>",
    "Date": "Mon, 03 Mar 2025 10:14:00 +0100",
    "Subject": "Verlof",
}


def plain(text: str, **headers: str) -> bytes:
    """Return a mail of plain text; `headers` are added to the usual ones, "" leaves one out."""
    mail = _mail(headers)
    mail.set_content(text)
    return mail.as_bytes()


def html(page: str, text: str | None = None, **headers: str) -> bytes:
    """Return a mail of HTML, with `text` as its plain alternative."""
    mail = _mail(headers)
    if text is None:
        mail.set_content(page, subtype="html")
    else:
        mail.set_content(text)
        mail.add_alternative(page, subtype="html")
    return mail.as_bytes()


def with_file(data: bytes, mime_type: str, name: str, disposition: str = "attachment", cid: str | None = None) -> bytes:
    """Return a mail with one file."""
    return with_files([(data, mime_type, name, disposition, cid)])


def with_files(files: list[tuple[bytes, str, str, str, str | None]]) -> bytes:
    """Return a mail with files: bytes, MIME type, name, disposition, Content-ID."""
    mail = _mail({})
    mail.set_content("Zie bijlage.")
    for data, mime_type, name, disposition, cid in files:
        main, _, sub = mime_type.partition("/")
        mail.add_attachment(data, main, sub, filename=name, disposition=disposition, cid=cid)
    return mail.as_bytes()


def with_mail(inner: bytes) -> bytes:
    """Return a mail to which another is attached."""
    mail = _mail({})
    mail.set_content("Zie de mail.")
    mail.add_attachment(message_from_bytes(inner, _class=EmailMessage, policy=default))
    return mail.as_bytes()


def raw(*lines: str) -> bytes:
    """Return the lines as they stand, under the usual sender."""
    return "\r\n".join([f"From: {HEADERS['From']}", *lines]).encode()


def _mail(headers: Mapping[str, str]) -> EmailMessage:
    mail = EmailMessage()
    for name, value in {**HEADERS, **headers}.items():
        if value:
            mail[name] = value
    return mail
