"""Of a mail its people, its newest text and its files are kept."""

import pytest

from connectors.formats import DOCX
from pipelines.converters.eml import convert_eml
from pipelines.errors import UnreadableContent
from tests.builders import eml

ADDRESS = r"Jan \<jan@x.example>"
OUTLOOK_NL = "Van: Jan <jan@x.example>\nVerzonden: maandag 3 maart 2025 10:14\nAan: Piet\nOnderwerp: RE: Plan\n\nOud."
OUTLOOK_EN = "From: Jan <jan@x.example>\nSent: Monday, March 3, 2025 10:14 AM\nTo: Piet\nSubject: RE: Plan\n\nOud."
GMAIL_HEADERS = (
    "Van: Jan <jan@x.example>\nDate: ma 3 mrt 2025 om 10:14\nSubject: Plan\nTo: Piet <piet@x.example>\n\n\nOud."
)
FORWARDED = "Van: Jan \\<jan@x.example>\\\nVerzonden: maandag 3 maart 2025 10:14\\\nAan: Piet\\\nOnderwerp: RE: Plan"


def _body(data: bytes) -> str:
    """Return what stands below the headers."""
    return convert_eml(data).markdown.partition("+0100\n\n")[2]


def test_headers_stand_above_the_text() -> None:
    """A reader sees who wrote to whom, when and about what, each on its own line."""
    data = eml.plain("Beste Piet,\n\nVijf dagen.\n", Cc="HR <hr@x.example>", Subject="Verlof: hoe & wat")
    converted = convert_eml(data)
    assert converted.title == "Verlof: hoe & wat"
    assert converted.markdown == (
        "# Verlof: hoe & wat\n\n"
        "From: Sanne de Vries \\<sanne@x.example>\\\nTo: Piet Jansen \\<piet@x.example>\\\n"
        "Cc: HR \\<hr@x.example>\\\nDate: Mon, 03 Mar 2025 10:14:00 +0100\n\n"
        "Beste Piet,\n\nVijf dagen."
    )


def test_encoded_headers_are_read() -> None:
    """Accents and emoji come as they were typed, long names in one line."""
    data = eml.plain(
        "Tekst", Subject="Één reünie 🎉", From='"Zoë Müller" <zoe@x.example>', To="a@x.example, " * 30 + "b@x"
    )
    markdown = convert_eml(data).markdown
    assert markdown.startswith("# Één reünie 🎉\n\nFrom: Zoë Müller \\<zoe@x.example>\\\nTo: a@x.example, ")
    assert len(markdown.split("\n")) == 7


def test_mail_without_subject_has_no_heading() -> None:
    """Its file's name is the title then."""
    converted = convert_eml(eml.plain("Tekst", Subject=""))
    assert (converted.title, converted.markdown[:6]) == (None, "From: ")


@pytest.mark.parametrize(
    ("text", "newest"),
    [
        ("Prima.\n\nOp ma 3 mrt 2025 om 10:14 schreef Jan <jan@x.example>:\n\n> Kan dat?\n> Jan\n", "Prima."),
        ("Prima.\n\nOp ma 3 mrt 2025 om 10:14 schreef Jan van der\nBerg <jan@x.example>:\n\n> Kan dat?\n", "Prima."),
        ("Prima.\n\nOp 3-3-2025 om 10:14 schreef Jan:\n> Kan dat?", "Prima."),
        ("Prima.\n\nJan schreef op 3-3-2025 om 10:14:\n> Kan dat?", "Prima."),
        ("Prima.\n\n> Op 3 mrt 2025 om 10:14 heeft Jan <j@x> het volgende geschreven:\n> \n> Kan dat?", "Prima."),
        ("Prima.\n\nOp 3 mrt 2025, om 10:14 heeft Jan <j@x> het volgende geschreven:\n\n> Kan dat?", "Prima."),
        ("Fine.\n\nOn Mon, Mar 3, 2025 at 10:14 AM Jan <jan@x.example> wrote:\n\n> Can we?\n>> No", "Fine."),
        ("Fine.\n\nOn 3/3/2025 10:14 AM, Jan wrote:\n> Can we?", "Fine."),
        ("Gut.\n\nAm 03.03.2025 um 10:14 schrieb Jan <jan@x.example>:\n> Ja?", "Gut."),
        ("Bien.\n\nLe lun. 3 mars 2025 à 10:14, Jan <jan@x.example> a écrit :\n> Oui ?", "Bien."),
        (f"Prima.\n\nGroet, Piet\n\n{OUTLOOK_NL}", "Prima.\n\nGroet, Piet"),
        (f"Prima.\n\n________________________________\n{OUTLOOK_NL}", "Prima."),
        (f"Prima.\n\n-----Oorspronkelijk bericht-----\n{OUTLOOK_NL}", "Prima."),
        (f"Fine.\n\n-----Original Message-----\n{OUTLOOK_EN}", "Fine."),
        (f"Fine.\n\n{OUTLOOK_EN.replace('From:', '*From:*').replace('Sent:', '*Sent:*')}", "Fine."),
        ("Prima.\n\nOp 3 maart 2025 om 10:14 schreef Jan <jan@x.example>:\n\nKan dat?\nJan", "Prima."),
        ("Prima.\n\nVerzonden vanaf mijn iPhone\n\n> Op 3 mrt 2025 om 10:14 heeft Jan het volgende:\n> Ja", "Prima."),
        ("Prima.\n\nOutlook voor iOS downloaden<https://aka.ms/x>\n____________\n" + OUTLOOK_NL, "Prima."),
        ("Prima.\n\n-- \nSanne de Vries\nX B.V.\n06-12345678\n", "Prima."),
        ("Prima.\n\nOn 3/3/2025 10:14 AM, Jan wrote:\n> Can we?\n\n-- \nSanne\n", "Prima."),
        ("Prima.\n\n-- \nSanne\n\nOn 3/3/2025 10:14 AM, Jan wrote:\n> Can we?\n", "Prima."),
    ],
)
def test_older_mails_and_signatures_are_left_out(text: str, newest: str) -> None:
    """What Outlook, Gmail, Apple Mail and Thunderbird add below a reply is no part of it."""
    assert _body(eml.plain(text)) == newest


@pytest.mark.parametrize(
    "text",
    [
        "Meenemen:\n\n- laptop\n- pas\n\nTot dan.",
        "Hi,\n\nThanks, that is clear. The rule is 10 days.\n\nBest regards,\nJan",
        "De kolommen:\nVan: Utrecht\nAan: Amsterdam\nDatum: 3 maart\n\nDit blijft gelden.",
        "Op maandag 3 maart vergaderen we. Hij schreef:\nDat is goed.",
        "Disclaimer: deze regeling geldt tot 2026.",
        "Verzonden vanaf mijn kantoor zijn er 3 pakketten, en dat is al wat ik er nu van weet, tot morgen dus.",
        "Kop\n\n-- \n" + "\n".join(f"Regel {n}" for n in range(30)),
    ],
)
def test_text_that_only_looks_like_a_quote_stays(text: str) -> None:
    """Lists, thanks and forms are content: only what a mail program wrote is cut."""
    assert _body(eml.plain(text)) == text


def test_answers_between_quotes_keep_their_questions() -> None:
    """An answer without its question says nothing; what the question quoted itself goes."""
    text = (
        "Zie onder.\n\nOp 3-3-2025 om 10:14 schreef Jan:\n> > Oud\n> Hoeveel?\nVijf.\n> Wanneer?\nNu.\n> Groet\n> Jan\n"
    )
    assert _body(eml.plain(text)) == (
        "Zie onder.\n\nOp 3-3-2025 om 10:14 schreef Jan:\n> Hoeveel?\nVijf.\n> Wanneer?\nNu."
    )


@pytest.mark.parametrize(
    ("text", "subject", "expected"),
    [
        (OUTLOOK_NL, "Plan", f"{FORWARDED}\n\nOud."),
        (f"Ter info.\n\n{OUTLOOK_NL}", "FW: Plan", f"Ter info.\n\n{FORWARDED}\n\nOud."),
        (f"Ter info.\n\n{OUTLOOK_NL}", "Doorst: Plan", f"Ter info.\n\n{FORWARDED}\n\nOud."),
        (f"Ter info.\n\n{OUTLOOK_NL}\n\n{OUTLOOK_EN}", "FW: Plan", f"Ter info.\n\n{FORWARDED}\n\nOud."),
        (f"---------- Forwarded message ---------\n{OUTLOOK_NL}", "Plan", f"{FORWARDED}\n\nOud."),
        (
            f"Lees dit.\n\n-------- Doorgestuurd bericht --------\n{OUTLOOK_NL}",
            "Plan",
            f"Lees dit.\n\n{FORWARDED}\n\nOud.",
        ),
        (f"Begin doorgestuurd bericht:\n\n{OUTLOOK_NL}", "Plan", f"Begin doorgestuurd bericht:\\\n{FORWARDED}\n\nOud."),
        ("> Alleen een citaat", "Plan", "> Alleen een citaat"),
    ],
)
def test_what_was_forwarded_is_content(text: str, subject: str, expected: str) -> None:
    """It is what the mail was sent for; only the mails below it go."""
    assert _body(eml.plain(text, Subject=subject)) == expected


def test_many_older_mails_take_no_time() -> None:
    """A text made to be slow is read in one pass."""
    for text in ("-----Original Message-----\n" * 20_000, "On 1:11 " + "a b " * 50_000, "> > a\nb\n" * 20_000):
        assert convert_eml(eml.raw("Subject: a", "", text)).title == "a"


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ('<p>Prima.</p><blockquote type="cite"><p>Oud</p></blockquote>', "Prima."),
        (
            '<div dir="ltr">Prima.</div><br><div class="gmail_quote"><div class="gmail_attr">Op ma 3 mrt schreef Jan '
            '&lt;<a href="mailto:j@x">j@x</a>&gt;:<br></div><blockquote class="gmail_quote">Oud</blockquote></div>',
            "Prima.",
        ),
        (
            '<p>Prima.</p><div class="moz-cite-prefix">Op 3-3-2025 schreef Jan:</div>'
            '<blockquote type="cite">Oud<blockquote type="cite">Ouder</blockquote></blockquote>',
            "Prima.",
        ),
        (
            '<div>Prima.</div><div id="appendonsend"></div><hr><div id="divRplyFwdMsg">Van: Jan</div><p>Oud</p>',
            "Prima.",
        ),
        (
            '<div><p>Prima.</p><div><div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm">'
            "<p><b>Van:</b> Jan<br><b>Verzonden:</b> ma</p></div></div><p>Oud</p></div><p>Ouder</p>",
            "Prima.",
        ),
        ('<p>Kop</p><div style="border-top: solid 1px"><p>Onder de streep</p></div>', "Kop\n\nOnder de streep"),
        ('<p>Prima.</p><div class="gmail_signature">Sanne<br>06-1</div>', "Prima."),
        ("<p>Prima.</p><p>Op 3 mrt 2025 om 10:14 schreef Jan:</p><blockquote type=cite>Oud</blockquote>", "Prima."),
        ('<blockquote type="cite"><p>Alleen dit</p></blockquote>', "> Alleen dit"),
        (
            '<p>Zie onder.</p><blockquote type="cite">Hoeveel?</blockquote><p>Vijf.</p><blockquote type="cite">Groet'
            "</blockquote>",
            "Zie onder.\n\n> Hoeveel?\n\nVijf.",
        ),
    ],
)
def test_older_mails_in_html_are_left_out(page: str, expected: str) -> None:
    """Each program marks them in its own way; a quote that is answered stays."""
    assert _body(eml.html(f"<html><body>{page}</body></html>")) == expected


def test_forwarded_html_is_content() -> None:
    """The subject says that the older mail is what it is about."""
    page = '<p>Ter info</p><div id="divRplyFwdMsg"><b>Van:</b> Jan</div><p>Nieuws</p>'
    assert _body(eml.html(page, Subject="FW: Nieuws")).endswith("Nieuws")


def test_tables_and_hidden_text_of_html() -> None:
    """Tables stay tables; what the reader can't see is left out."""
    page = (
        '<div style="display:none">Voorproefje</div><table><tr><th>Duur</th><th>Dagen</th></tr>'
        "<tr><td>Jaar</td><td>25</td></tr></table><!-- geheim -->"
    )
    assert _body(eml.html(page)) == "| Duur | Dagen |\n| --- | --- |\n| Jaar | 25 |"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Gewone tekst", "Gewone tekst"),
        ("  \n", "Opgemaakt"),
        ("Bekijk deze mail in uw browser: https://x.example/1", "Opgemaakt"),
        ("Your mail program can't show HTML.", "Opgemaakt"),
    ],
)
def test_plain_text_comes_first_unless_it_is_a_stub(text: str, expected: str) -> None:
    """The same text is not taken twice, and a newsletter's excuse is not taken for its text."""
    assert _body(eml.html("<p>Opgemaakt</p>", text)) == expected


def test_text_around_an_attachment_is_read() -> None:
    """Apple Mail puts a file in the middle of the text."""
    data = eml.raw(
        "Content-Type: multipart/mixed; boundary=b",
        "Date: Mon, 03 Mar 2025 10:14:00 +0100",
        "",
        *("--b", "Content-Type: text/plain", "", "Voor."),
        *("--b", "Content-Type: application/pdf", "Content-Disposition: inline; filename=a.pdf", "", "%PDF-1.4"),
        *("--b", "Content-Type: text/plain", "", "Na.", "--b--"),
    )
    assert _body(data) == "Voor.\n\nNa."
    assert [file.name for file in convert_eml(data).attachments] == ["a.pdf"]


def test_files_come_along() -> None:
    """Each with its name, the format that its name says, and its bytes; texts in UTF-8."""
    data = eml.with_files(
        [
            (b"PK\x03\x04", "application/octet-stream", "Plan 2025.docx", "attachment", None),
            ("Dag;Één".encode("cp1252"), "application/vnd.ms-excel", "dagen.csv", "attachment", None),
            (b"PK", "application/zip", "alles.zip", "attachment", None),
            (b"%PDF-1.4", "application/pdf", "scan", "attachment", None),
            (b"\xff\xd8", "image/jpeg", "foto.jpg", "attachment", None),
        ]
    )
    converted = convert_eml(data)
    assert [(file.name, file.mime_type, file.data) for file in converted.attachments] == [
        ("Plan 2025.docx", DOCX, b"PK\x03\x04"),
        ("dagen.csv", "text/csv", "Dag;Één".encode()),
        ("alles.zip", "application/zip", b"PK"),
        ("scan", "application/pdf", b"%PDF-1.4"),
        ("foto.jpg", "image/jpeg", b"\xff\xd8"),
    ]
    assert _body(data) == "Zie bijlage."


@pytest.mark.parametrize(
    ("mime_type", "name", "disposition", "cid"),
    [
        ("image/png", "logo.png", "inline", "<logo>"),
        ("image/png", "image001.png", "attachment", "<image001@x>"),
        ("image/gif", "pixel.gif", "inline", None),
        ("text/calendar", "invite.ics", "attachment", None),
        ("application/pgp-signature", "signature.asc", "attachment", None),
        ("application/pkcs7-signature", "smime.p7s", "attachment", None),
    ],
)
def test_machinery_is_ignored(mime_type: str, name: str, disposition: str, cid: str | None) -> None:
    """Logos, invitations and signatures are not reported as unreadable with every mail."""
    assert convert_eml(eml.with_file(b"x", mime_type, name, disposition, cid)).attachments == ()


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("../../etc/plan.pdf", "plan.pdf"),
        ("C:\\map\\plan.pdf", "plan.pdf"),
        ("plan\u202efdp.pdf", "planfdp.pdf"),
        ("één plan.PDF", "één plan.PDF"),
        ("..", "attachment.pdf"),
        ("a" * 300 + ".pdf", "a" * 146 + ".pdf"),
    ],
)
def test_names_of_files_are_cleaned(name: str, expected: str) -> None:
    """A name is a name: no folders, nothing that can't be seen."""
    (file,) = convert_eml(eml.with_file(b"%PDF", "application/pdf", name)).attachments
    assert (file.name, file.mime_type) == (expected, "application/pdf")


def test_names_of_files_are_unique() -> None:
    """Scanners call every scan the same."""
    names = ["scan.pdf", "scan.pdf", "scan (2).pdf", "SCAN.pdf", "scan.pdf"]
    files = convert_eml(
        eml.with_files([(b"x", "application/pdf", name, "attachment", None) for name in names])
    ).attachments
    assert len({file.name.casefold() for file in files}) == len(names)
    assert files[0].name == "scan.pdf"


def test_attached_mail_comes_along_as_mail() -> None:
    """It can be converted in its turn."""
    inner = eml.plain("Binnenin.", Subject="Het: plan/2025")
    (file,) = convert_eml(eml.with_mail(inner)).attachments
    assert (file.name, file.mime_type) == ("Het: plan-2025.eml", "message/rfc822")
    assert _body(file.data) == "Binnenin."


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["Content-Type: text/plain; charset=x-unknown", "", "Één"], "Één"),
        (["Content-Type: text/plain; charset=us-ascii", "", "Één"], "Één"),
        (["Content-Type: multipart/mixed; boundary=b", "", "--b", "", "Geen einde"], "Geen einde"),
        (["Content-Type: multipart/mixed", "", "Geen grens"], "Geen grens"),
        (["Content-Type: text/plain", "Content-Transfer-Encoding: base64", "", "VGVrc3Q"], "Tekst"),
        (["Content-Type: " + "(" * 5000, "", "Tekst"], "Tekst"),
        (["Content-Disposition: ;;;=", "", "Tekst"], "Tekst"),
        (["To: " + '"' * 5000, "", "Tekst"], "Tekst"),
        (["Content-Type: text/html", "", "<p>Tekst"], "Tekst"),
        (["", "Tekst\0"], "Tekst"),
    ],
)
def test_broken_mail_is_read_as_well_as_possible(lines: list[str], expected: str) -> None:
    """Old programs wrote mails that no standard allows."""
    assert convert_eml(eml.raw(*lines)).markdown.endswith(expected)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (eml.raw("Content-Type: application/pkcs7-mime; name=smime.p7m", "", "MIIB"), "encrypted or sealed"),
        (eml.raw("Content-Type: multipart/encrypted; boundary=b", "", "--b", "", "x", "--b--"), "encrypted"),
        (eml.plain("-----BEGIN PGP MESSAGE-----\n\nhQEM"), "encrypted"),
        (b"Beste allemaal,\n\nDit is geen mail.", "not a mail"),
        (b"Let op: dit is geen mail", "not a mail"),
        (b"\r\n", "not a mail"),
        (b"\x89PNG\r\n\x1a\n", "not a mail"),
    ],
)
def test_what_can_not_be_read_is_refused(data: bytes, reason: str) -> None:
    """The administrator reads why, and what to do."""
    with pytest.raises(UnreadableContent, match=reason) as caught:
        convert_eml(data)
    assert caught.value.remedy.endswith(".")


def test_mail_can_not_forge_markup() -> None:
    """Headings, tags and markers of pages in it are text."""
    data = eml.plain("# Kop\n<!-- page 3 -->\n<b>x", Subject="# <!-- page 1 -->", To="<!-- page 2 --> <a@x.example>")
    markdown = convert_eml(data).markdown
    assert "\n\n\\# Kop\n\\<!-- page 3 -->\n\\<b>x" in markdown
    assert markdown.startswith("# \\# \\<!-- page 1 -->")
    assert "<!--" not in markdown.replace("\\<", "")
