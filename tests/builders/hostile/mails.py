"""Mails that are nested, stuffed, or not mails."""

from collections.abc import Iterator
from functools import partial

from tests.builders.hostile.file import HostileFile, failing, harmless

_HEAD = b"From: Sanne <sanne@company.example>\r\nTo: tom@company.example\r\nSubject: Verlof\r\nMIME-Version: 1.0\r\n"
_TEXT = b"Content-Type: text/plain; charset=utf-8\r\n\r\nVerlof vraag je aan in het portaal.\r\n"


def _mail(rest: bytes) -> bytes:
    return _HEAD + rest


def _nested(depth: int) -> bytes:
    return (_HEAD + b"Content-Type: message/rfc822\r\n\r\n") * depth + _HEAD + _TEXT


def _nested_multiparts(depth: int) -> bytes:
    opened = b"".join(b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (n, n) for n in range(depth))
    return _HEAD + opened + _TEXT


def _attachments(count: int) -> bytes:
    part = b"--b\r\nContent-Type: text/plain\r\nContent-Disposition: attachment; filename=%d.txt\r\n\r\nBijlage %d\r\n"
    parts = b"".join(part % (n, n) for n in range(count))
    return _HEAD + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n" + _TEXT + parts + b"--b--\r\n"


def _attached(encoding: bytes, body: bytes, name: bytes = b"a.docx") -> bytes:
    start = b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n" + _TEXT
    part = b"--b\r\nContent-Type: application/octet-stream\r\nContent-Disposition: attachment; filename=" + name
    return _HEAD + start + part + b"\r\nContent-Transfer-Encoding: " + encoding + b"\r\n\r\n" + body + b"\r\n--b--\r\n"


def _with_header(name: bytes, value: bytes) -> bytes:
    return _HEAD + name + b": " + value + b"\r\n" + _TEXT


def _files() -> Iterator[HostileFile]:
    yield failing("nested-1,000-deep.eml", partial(_nested, 1000), "nested too deeply")
    yield failing("nested-multiparts.eml", partial(_nested_multiparts, 3000), "nested too deeply")
    yield harmless("4,000-attachments.eml", partial(_attachments, 4000))
    yield harmless("broken-base64.eml", partial(_attached, b"base64", b"%%%not=base64==at all" * 100))
    yield harmless("unknown-encoding.eml", partial(_attached, b"x-secret", b"text"))
    yield harmless(
        "escaping-name.eml", partial(_attached, b"7bit", b"Bijlage", b'"../../../tmp/kennisbot-was-here.txt"')
    )
    yield failing("no-headers.eml", lambda: b"Verlof vraag je aan in het portaal.\r\n", "it is not a mail")
    yield harmless("unknown-charset.eml", partial(_mail, _TEXT.replace(b"utf-8", b"x-none")))
    words = b"=?utf-8?q?a?=\r\n " * 3000
    yield harmless("encoded-words.eml", partial(_with_header, b"Comments", words))
    yield harmless("long-address.eml", partial(_with_header, b"Cc", b"((((" * 20_000))
    yield harmless("parameters.eml", partial(_with_header, b"X-Type", b";a*0*=''x" * 20_000))
    yield harmless("quotes.eml", partial(_mail, _TEXT + b">" * 100_000 + b"\r\n" + b"> " * 50_000))
    yield harmless("replies.eml", partial(_mail, _TEXT + b"On Monday, Sanne wrote:\r\n> a\r\n" * 5000))
    yield harmless("no-end-of-a-reply.eml", partial(_mail, _TEXT + b"On " * 50_000))


FILES = tuple(_files())
