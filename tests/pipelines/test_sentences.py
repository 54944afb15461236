"""Where a sentence ends: never inside an abbreviation, a number, a link or a piece of code."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.sentences import split_sentences

_DUTCH = """
Neem bijv. een fiets mee.
Zie art. 3.2 van de cao en art. 7:629 BW.
Dit geldt niet altijd, d.w.z. alleen voor de productie.
Dit geldt voor o.a. Amsterdam en o.a. de planning.
Vraag het dhr. Jansen, mevr. De Vries of mw. Bakker.
Vraag het prof. dr. ir. P. de Boer of Dr. Jansen.
Het kost € 1.250,50 per jaar voor 3.000 stuks.
Het begint om 9.30 uur op 1 jan. 2026.
Het is op ma. 3 febr. en di. 4 mrt. gesloten.
Bel i.v.m. Pasen en m.b.t. verlof je manager.
Stuur het t.a.v. HR of t.n.v. P. Puk.
Dit is incl. btw en excl. Verzendkosten.
Neem mee: pen, papier, enz. voor de hele dag.
Zie hfst. 3, par. 4, blz. 12 en nr. 5.
Dit is max. 40 km, min. 10 km en ca. 5 km.
Bel tel. 0570 12 34 56 of int. 2222.
De temp. is 20 °C. in de zaal.
Het kost € 5.- per stuk.
Het gaat om aug. en sept. in 2026.
Lindervaart B.V. Deventer levert dit.
Dit wordt z.s.m. Opgelost, n.a.v. Het overleg.
Zie https://intranet.example/a.b?c=d. voor meer.
Zie www.example.nl/verlof.html of mail naar p.de.boer@lindervaart.example.
Zie [art. 3. De regeling](https://a.example/x) voor meer.
Zie [Wat nu? Lees het hier.](https://a.example/x.y "De titel. Nog een") voor meer.
Zie <https://a.example/x?y.Z> voor meer.
Typ `kennisbot ask x. Dan y` in.
Lees **Wat nu? Zo werkt het** eerst.
Versie 2.0.1 staat in bijlage A.1.
"Kom je?" vroeg hij, en "Nu!" riep ze.
Wat een dag! zei ze.
"""
_ENGLISH = """
Bring e.g. a bike, i.e. your own.
See art. 3.2, sec. 4, ch. 5, fig. 3 and eq. 5.
Ask Dr. Jones, Mr. Smith, Mrs. Brown or John F. Kennedy.
It costs $1,250.50 a year, or approx. 5 % of it.
It is at 9 a.m. Monday and at 5 p.m. on Friday.
It lasts from Mon. 3 to Tue. 4 Feb. in total.
Acme Inc. Dublin and Acme Corp. and Co. sell this.
See p. 12, pp. 14-16, no. 5 and vol. 6.
It is incl. VAT and excl. Shipping.
Bring pens, paper, etc. for the day.
The U.S. Office pays, as Smith et al. wrote.
Go to https://a.example/x.y. for more.
See [the rule. All of it](https://a.example/x) for more.
Use Node.js and ASP.NET here.
Choose What is the discount? from the list.
Wow! she said.
"""


def _lines(cases: str) -> list[str]:
    return cases.strip().split("\n")


def _sentences(text: str, language: str) -> list[str]:
    return [sentence.strip() for sentence in split_sentences(text, language)]


@pytest.mark.parametrize("sentence", _lines(_DUTCH))
def test_dutch_sentence_is_not_cut(sentence: str) -> None:
    """It is quoted whole."""
    assert _sentences(sentence, "nl") == [sentence]


@pytest.mark.parametrize("sentence", _lines(_ENGLISH))
def test_english_sentence_is_not_cut(sentence: str) -> None:
    """It is quoted whole."""
    assert _sentences(sentence, "en") == [sentence]


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        ("nl", ["Ik ben er.", "Jij ook."]),
        ("nl", ["Het is klaar!", "Echt waar?", "Ja."]),
        ("nl", ["Dit kost € 5.", "Dat is weinig."]),
        ("nl", ["Het zijn er 3.000.", "Dat is veel."]),
        ("nl", ["Zie art. 3.", "De cao geldt."]),
        ("nl", ["Het is verplicht (zie bijlage).", "Bel ons."]),
        ("nl", ["Dit kost 100 euro.", "'s Avonds is het duurder."]),
        ("nl", ["Het is klaar.", "25 dagen is genoeg."]),
        ("nl", ["Het gebeurt in aug.", "Daarna niet."]),
        ("nl", ["Ga naar https://a.example/x.", "Klik op OK."]),
        ("nl", ["**Bij brand: bel intern 2222.**", "Dat nummer werkt op elk toestel."]),
        ("nl", ["*Kom op tijd.*", "Neem **water** mee."]),
        ("nl", ['Hij zei: "Kom mee."', "Toen ging hij."]),
        ("nl", ["ik ben er niet.", "kom morgen terug, o.a. voor de sleutel.", "doei"]),
        ("en", ["I am here.", "You too."]),
        ("en", ["It is done!", "Really?", "Yes."]),
        ("en", ["Ask HR.", "Then wait."]),
        ("en", ["It is section A.", "Then B."]),
        ("en", ["See art. 3.", "The agreement applies."]),
        ("en", ["It takes 5 min.", "Then it is done."]),
        ("en", ["Publish your site.", "Then look at it."]),
        ("en", ["**Call 2222.**", "It works on every phone."]),
    ],
)
def test_sentences_are_told_apart(language: str, sentences: list[str]) -> None:
    """Also by who writes no capitals, and with the marks that close a sentence where they belong."""
    assert _sentences(" ".join(sentences), language) == sentences


@given(st.text(st.sampled_from("aA bB.!?*'\"()[]<>`\n1,-:é€"), max_size=80), st.sampled_from(["nl", "en"]))
@settings(deadline=None)
def test_nothing_is_lost(text: str, language: str) -> None:
    """Every character of a paragraph is in one sentence."""
    sentences = split_sentences(text, language)
    assert "".join(sentences) == text
    assert "" not in sentences
