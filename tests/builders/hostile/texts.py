"""Markdown, HTML, CSV and plain text that parsers stumble over."""

from collections.abc import Iterator
from functools import partial

from tests.builders.hostile.file import HostileFile, failing, harmless

_RUSSIAN = "Заявление подаётся за две недели, иначе отпуск не оплачивается. " * 20
_JAPANESE = "休暇の申請は二週間前までに上司に提出してください。承認後に給与係へ送られます。" * 20
_ALIASES = "a0: &a0 [x, x]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 12))


def _encoded(text: str, encoding: str = "utf-8") -> bytes:
    return text.encode(encoding)


def _text(name: str, text: str) -> HostileFile:
    return harmless(name, partial(_encoded, text))


def _wide_csv() -> bytes:
    return ";".join(f"kolom {n}" for n in range(100_000)).encode() + b"\n" + b";".join([b"1"] * 100_000)


def _open_quote_csv() -> bytes:
    return b'soort;dagen\n"verlof;25\n' + b"".join(b"ziek %d, %s;%d\n" % (n, b"x" * 80, n) for n in range(25_000))


def _markdown() -> Iterator[HostileFile]:
    yield failing("front-matter-aliases.md", partial(_encoded, f"---\n{_ALIASES}---\nText"), "aliases")
    long = "".join(f"key{n}: value\n" for n in range(100_000))
    yield failing("front-matter-long.md", partial(_encoded, f"---\n{long}---\nText"), "longer than 64 kB")
    deep = "[" * 20_000
    yield failing("front-matter-nested.md", partial(_encoded, f"---\na: {deep}\n---\nText"), "front matter is broken")
    yield failing("front-matter-open.md", partial(_encoded, "---\ntitle: Verlof\nText"), "no closing")
    for name, mark in (
        ("brackets", "["),
        ("quotes", ">"),
        ("stars", "*"),
    ):
        yield _text(f"{name}.md", f"Text before. {mark * 100_000}" if mark != ">" else mark * 100_000 + " Text")
    yield failing("pictures.md", partial(_encoded, "![a](b" * 100_000), "took more than")
    yield _text("links.md", "[a](" * 100_000)
    yield _text("emphasis.md", "a**b" + "_c* " * 50_000)
    yield _text("lists.md", "".join(f"{' ' * 2 * n}- item {n}\n" for n in range(1500)))
    yield _text("backticks.md", " ".join("`" * n for n in range(1, 300)) + " Text")
    yield _text("comments.md", "Text <!--" + " <!--" * 100_000)
    yield _text("fences.md", "Text\n\n" + "```\n~~~\n" * 50_000)
    yield _text("entities.md", "Text &" + "&amp" * 100_000)
    yield _text("table.md", "| a |\n| - |\n" + "| b " * 200_000)
    yield _text("wide.md", f"Text\n\n{'| a ' * 100_000}|\n{'| - ' * 100_000}|\n{'| b ' * 100_000}|\n")
    yield _text("heading.md", f"Text\n\n# {'[a](b ' * 100_000}\n\n" + "Text.\n\n" * 1000)
    yield _text("references.md", "".join(f"[r{n}]: /a\n" for n in range(20_000)) + "[r1] " * 20_000 + "Text")


def _html() -> Iterator[HostileFile]:
    nested = "nested too deeply|took more than"
    deep = "<div>" * 100_000 + "Text" + "</div>" * 100_000
    yield failing("nested-100,000-deep.html", partial(_encoded, deep), nested)
    yield failing("unclosed-tags.html", partial(_encoded, "<b>Text " * 1_500_000), nested)
    yield _text("huge-spans.html", "<table>" + "<tr><td colspan=99999999 rowspan=99999999>Wide</td></tr>" * 2000)
    yield _text("attributes.html", "<p " + " ".join(f"a{n}=1" for n in range(200_000)) + ">Text</p>")
    yield _text("open-declarations.html", "<p>Text</p>" + "<!x" * 2000)
    yield _text("open-comments.html", "<p>Text</p>" + "<!--" * 2000)
    yield _text("open-sections.html", "<p>Text</p>" + "<![CDATA[" * 2000)
    yield _text("open-tags.html", "<p>Text</p>" + "<a " * 2000)
    yield _text("references.html", "<p>Text " + "&#x110000;&#0;&#xD800;&notanentity;" * 20_000)
    yield _text("external.html", '<!DOCTYPE d [<!ENTITY s SYSTEM "file:///etc/passwd">]><p>Text &s;</p>')


def _plain() -> Iterator[HostileFile]:
    yield failing("nuls.txt", lambda: b"Verlof\0\0\0 is\0 vrij" * 100, "not a text file")
    yield failing("koi8-r.txt", partial(_encoded, _RUSSIAN, "koi8-r"), "encoding is unknown")
    yield failing("shift-jis.txt", partial(_encoded, _JAPANESE, "shift-jis"), "encoding is unknown")
    yield failing("utf-16-cut.txt", lambda: "Verlof".encode("utf-16") + b"\xd8", "encoding is unknown|not a text file")
    yield failing("6-million-characters.txt", lambda: b"Verlof. " * 750_000, "characters of text")
    yield harmless("one-word.txt", lambda: b"a" * 200_000)
    yield harmless("full-stops.txt", lambda: b"Text. " + b"." * 100_000)
    yield harmless("line-breaks.txt", lambda: b"Text." + b"\r" * 1_000_000)
    yield harmless("controls.txt", lambda: b"Text " + bytes(range(1, 32)) * 1000)
    yield harmless("marks.txt", partial(_encoded, "Text e" + "\u0301" * 100_000))
    yield harmless("open-quote.csv", _open_quote_csv)
    yield failing("100,000-columns.csv", _wide_csv, "a table of 2 rows and 100,000 columns")
    yield harmless("delimiters.csv", lambda: b"a;b\n" + b";" * 100_000)
    yield harmless("stated-delimiter.csv", lambda: b"sep=\x01\na\x01b\n1\x012\n")
    yield failing("quotes.csv", lambda: b'a;b\n"' + b'""' * 200_000, "a cell in it holds more than")


FILES = (*_markdown(), *_html(), *_plain())
