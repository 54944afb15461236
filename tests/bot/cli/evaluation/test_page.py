"""The pages of an evaluation: what an administrator reads on them."""

import re
from collections.abc import Iterable
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from haystack import Document

from bot.cli.evaluation.page import words, write_answers_page, write_retrieval_page
from bot.cli.evaluation.page.shares import Share
from pipelines.errors import DatasetError
from pipelines.evaluation.answers_report import AnswersReport
from pipelines.evaluation.dataset import Dataset, Query
from pipelines.evaluation.index import index_id
from pipelines.evaluation.judgement import COMPARED
from pipelines.evaluation.metrics import MEASURES
from pipelines.evaluation.retrieval import measure_retrieval
from pipelines.evaluation.run import Comparison
from pipelines.query import Ranking
from tests.builders.evaluation import (
    DOCUMENTS,
    LONG_WORD,
    QUERIES,
    RELEVANT,
    RIGHT_TO_LEFT,
    SCRIPT,
    answers_report,
    comparison,
    given,
    retrieval_result,
)

TIMES = {"p50": 25.0, "p95": 30.0}
ANSWERS_FIGURES = {"queries": 6, "query_ms": TIMES}
_OUTCOMES = (("closest", 0.5), ("answered", 1.2))
RETRIEVAL_FIGURES = {
    "queries": 4,
    "chunks": 12,
    "ndcg_at_10": 0.5,
    "recall_at_5": 0.4,
    "mrr_at_10": 0.3,
    "intervals": {name: [0.1, 0.9] for name in MEASURES},
    "index_seconds": 1.5,
    "query_ms": TIMES,
}


class Page:
    """What stands on a page."""

    def __init__(self, html: str) -> None:
        self.html = html
        self.soup = BeautifulSoup(html, "lxml")

    def text(self, selector: str = "main") -> str:
        """Return the words of all that a selector finds, on one line."""
        return " ".join(" ".join(one.get_text(" ") for one in self.soup.select(selector)).split())


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "report.html"


def _read(path: Path) -> Page:
    return Page(path.read_text("utf-8"))


def _answers(
    path: Path, report: AnswersReport | None = None, against: Comparison | None = None, strictness: str = "careful"
) -> Page:
    write_answers_page(path, report or answers_report(), {**ANSWERS_FIGURES, "strictness": strictness}, against)
    return _read(path)


def _retrieval(path: Path, against: Comparison | None = None) -> Page:
    write_retrieval_page(path, retrieval_result(), RETRIEVAL_FIGURES, against)
    return _read(path)


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> Page:
    """With an earlier run to compare with."""
    return _answers(tmp_path_factory.mktemp("answers") / "report.html", against=comparison(*COMPARED))


@pytest.fixture(scope="module")
def retrieval(tmp_path_factory: pytest.TempPathFactory) -> Page:
    """With an earlier run to compare with."""
    return _retrieval(tmp_path_factory.mktemp("retrieval") / "report.html", against=comparison(*MEASURES))


@pytest.fixture(params=["answers", "retrieval"])
def page(request: pytest.FixtureRequest) -> Page:
    """Each of the two."""
    found: Page = request.getfixturevalue(request.param)
    return found


def test_page_stands_alone(page: Page) -> None:
    """It can be sent on and opened years later: it has no script and asks for nothing."""
    assert page.soup.find(["script", "link", "img", "iframe", "object"]) is None
    addresses = [str(one["href"]) for one in page.soup.select("[href]")]
    assert all(address.startswith("#") for address in addresses)
    assert not re.search(r"url\((?!#)|@import|src=", page.soup.style.get_text() if page.soup.style else "")


def test_what_documents_say_is_only_read(page: Page) -> None:
    """Text that would be markup is shown as it was written."""
    assert SCRIPT not in page.html
    assert SCRIPT in page.text()
    assert "\u202e" not in page.html
    assert LONG_WORD in page.text()


def test_links_on_the_page_lead_somewhere(page: Page) -> None:
    """The list of contents names what is there, and nothing else."""
    names = [one["id"] for one in page.soup.select("[id]")]
    assert len(names) == len(set(names))
    assert {str(one["href"])[1:] for one in page.soup.select("a[href]")} <= set(names)
    described = [one["aria-describedby"] for one in page.soup.select("[aria-describedby]")]
    assert set(described) <= set(names)


def test_plots_have_a_name_and_a_table(page: Page) -> None:
    """Who sees no picture has its numbers."""
    figures = page.soup.select("figure")
    assert figures
    for figure in figures:
        assert figure.select_one("svg[role=img][aria-label]")
        assert figure.select_one("figcaption h3")
        assert figure.select_one("details.numbers table td")


def test_answers_are_summed_up_in_words(answers: Page) -> None:
    """How many questions, of how many, and what that is worth."""
    found = answers.text("#found")
    assert "Of 5 questions that your documents answer, 2 got an answer: 40 %" in found
    assert "1 of these 2 answers quote a document that is known to be right: 50 %" in found
    assert "1 of the 5 were told that nothing was found, though a document answers them: 20 %" in found
    assert "2 of 3 questions that nothing answers were answered all the same: 67 %" in found
    assert "That is more than the 5 % which “careful” aims at" in found
    assert "1 of 1 question about something else entirely was answered" in found


def test_good_news_is_called_good(path: Path) -> None:
    """Nothing wrongly answered is within what careful aims at; how sure that is depends on the number asked."""
    report = answers_report()
    asked = [one for one in report.asked if one.query.id != "q-nobody"]
    near_misses = [given(Query(f"n{n}", "Near?"), "closest", 0.5, "leave") for n in range(100)]
    found = _answers(path, AnswersReport(report.dataset, asked, near_misses)).text("#found")
    assert "0 of 100 questions that nothing answers were answered all the same: 0 % (likely at most 3 %)" in found
    assert "That is within the 5 % which “careful” aims at" in found


@pytest.mark.parametrize(
    ("strictness", "said"),
    [("careful", "That is more than the 5 % which “careful” aims at"), ("balanced", "That is within the 10 % which")],
)
def test_what_is_aimed_at_depends_on_the_strictness(path: Path, strictness: str, said: str) -> None:
    """8 % answered of what nothing answers is too much for who is careful."""
    report = answers_report()
    near_misses = [given(Query(f"n{n}", "Near?"), *_OUTCOMES[n < 8], "leave") for n in range(100)]
    few = AnswersReport(report.dataset, report.asked[:5], near_misses)
    page = _answers(path, few, strictness=strictness)
    assert said in page.text("#found")
    assert f"The strictness was “{strictness}”." in page.text(".lead")
    assert f"what “{strictness}” aims at" in page.text("#certainty svg")


def test_what_to_do_depends_on_the_strictness(path: Path) -> None:
    """Who is careful already is not told to be, but how to fit the thresholds."""
    careful, balanced = (_answers(path, strictness=name).text("#todo") for name in ("careful", "balanced"))
    assert "Set strictness to “careful” in the settings." in balanced
    assert "Set strictness" not in careful
    assert "kennisbot calibrate fits the thresholds to these questions" in careful


def test_lead_tells_what_was_asked_again(answers: Page, path: Path) -> None:
    """With --leave-out more questions are counted than the data set has."""
    assert "6 questions, asked as a person would ask them, and 2 of them a second time" in answers.text(".lead")
    report = answers_report()
    assert "second time" not in _answers(path, AnswersReport(report.dataset, report.asked)).text(".lead")


def test_what_was_not_measured_is_said(path: Path) -> None:
    """With the option that measures it."""
    report = answers_report()
    asked = [one for one in report.asked if one.query.id != "q-nobody"]
    page = _answers(path, AnswersReport(report.dataset, asked))
    assert "not measured : ask again with --leave-out" in page.text("#found")
    assert not page.soup.select("#curve-title")


def test_outcomes_have_a_bar_for_each_kind(answers: Page) -> None:
    """With shares in words, and the counts in a table."""
    bars = [one["aria-label"] for one in answers.soup.select("svg.stack")]
    assert bars == [
        "A document answers it: answered rightly 20 %, answered wrongly 20 %, closest shown 20 %, not found 20 %, "
        "asked back 20 %".replace(" %", "\N{NO-BREAK SPACE}%"),
        "No document answers it: answered wrongly 100\N{NO-BREAK SPACE}%",
        "Its documents were left out: answered wrongly 50\N{NO-BREAK SPACE}%, not found 50\N{NO-BREAK SPACE}%",
        "About something else entirely: answered wrongly 100\N{NO-BREAK SPACE}%",
    ]
    assert "A document answers it 1 1 1 1 1" in answers.text("#outcomes table")


def test_curve_shows_the_threshold_in_force(answers: Page) -> None:
    """What it answers is what was answered: two of five, and two of the three that nothing answers."""
    label = answers.soup.select_one("#certainty svg[aria-label^=Curve]")
    assert label
    assert "answers 40\N{NO-BREAK SPACE}% of the answerable" in label["aria-label"]
    assert "and 67\N{NO-BREAK SPACE}% of those that nothing answers" in label["aria-label"]


def test_answer_that_a_rule_holds_back_is_never_answered(path: Path) -> None:
    """However certain it was: no threshold would have answered it."""
    report = answers_report()
    asked = [given(one.query, "closest", 1.4, "leave") for one in report.asked[1:5]]
    asked.append(report.asked[0])
    label = _answers(path, AnswersReport(report.dataset, asked, report.left_out)).soup.select_one("[aria-label^=Curve]")
    assert label
    assert "answers 20\N{NO-BREAK SPACE}% of the answerable" in label["aria-label"]


def test_without_calibration_nothing_is_said_of_certainty(path: Path) -> None:
    """An index of a few documents has none."""
    report = answers_report()
    asked = [given(one.query, "closest", None, *one.named) for one in report.asked]
    page = _answers(path, AnswersReport(report.dataset, asked))
    assert not page.soup.select("#certainty, a[href='#certainty']")


def test_wrong_answers_can_be_judged(answers: Page) -> None:
    """Question, quote, and what would have been right, under the reason why it is wrong; a few of them open."""
    wrong = answers.text("#wrong")
    assert "Wrong answers: 4" in wrong
    for title in ("Another document is quoted: 1", "No document answers it: 1", "were left out: 1", "Off-topic: 1"):
        assert title in wrong
    assert f"May I lease a bicycle? {SCRIPT} Quoted, with a certainty of 1.10 Title of leave › section 1" in wrong
    assert f"Right would have been Bicycles {SCRIPT} named beside the answer" in wrong
    assert "Left out, and right Days of leave" in wrong
    assert "Right would have been No answer Its id in the data set q-nobody" in wrong
    assert answers.soup.select("#wrong details[open]")


def test_missed_questions_are_listed_with_their_documents(answers: Page) -> None:
    """So that it can be read why they weren't found."""
    missed = answers.text("#missed")
    assert "Not found, though a document answers: 1" in missed
    assert f"{LONG_WORD} Right would have been {LONG_WORD}" in missed


def test_places_count_those_who_are_led_elsewhere(answers: Page) -> None:
    """First, second, and not named at all, of the answers that name any document."""
    assert "1st 1 33 % 2nd 2 67 % 3rd 0 0 % not named 0 0 %" in answers.text("#quotes figure table tbody")


def test_measures_say_what_they_mean(answers: Page) -> None:
    """In a sentence, with the interval; of all or none it is not taken to be certain."""
    rows = answers.text("#quotes .wide")
    assert "Right document quoted Of the answers: those that quote a right document. 50 % 0 % to 100 % 2" in rows
    assert "Right document named" in rows
    assert "100 % 0 % to 100 % 2" in rows


def test_comparison_names_what_changed(page: Page) -> None:
    """Settings, won and lost, and the questions that changed most as they were and are."""
    text = page.text("#comparison")
    assert "answers.strictness careful none" in text
    assert "1 1 1 +0.167" in text
    assert "Before worth 0 Now worth 1 Difference +1.00 better" in text
    assert "Before worth 1 Now worth 0.5 Difference \N{MINUS SIGN}0.50 worse" in text


def test_without_an_earlier_run_nothing_is_compared(path: Path) -> None:
    """And the list of contents does not name it."""
    for page in (_answers(path), _retrieval(path)):
        assert not page.soup.select("#comparison, a[href='#comparison']")


def test_retrieval_is_summed_up_in_words(retrieval: Page) -> None:
    """How many come first, and how many weren't found."""
    found = retrieval.text("#found")
    assert "For 1 of 4 questions the right document comes first: 25 %" in found
    assert "For 2 it is among the first five: 50 %" in found
    assert "For 1 no right document was found at all" in found
    assert "Ranking quality (nDCG@10) 0.500 95 % interval: 0.100 to 0.900" in retrieval.text("#measures")
    assert "Making the index took 1.5 s" in retrieval.text("#speed")


def test_questions_behind_say_what_came_first(retrieval: Page) -> None:
    """The lowest first, with the right document and the first three in its place; untitled ones by how they begin."""
    ranks = [one.get_text() for one in retrieval.soup.select("#behind summary .badge")]
    assert ranks == ["not found", "rank 60", "rank 3"]
    behind = retrieval.text("#behind")
    assert "Nothing was found." in behind
    assert f"Right Bicycles {SCRIPT} Ranked first Days of leave كم يوم إجازة لدي؟ Bicycles {SCRIPT} right" in behind


class _Ranker:
    """Finds two chunks of each document, in the documents' order."""

    async def rank(self, question: str, *, principals: Iterable[str]) -> Ranking:
        found = [index_id(document.id) for document in DOCUMENTS for _ in range(2)]
        return Ranking([Document(content=question, meta={"document_id": id_}) for id_ in found], 1.0)


async def test_three_documents_stand_in_place_of_the_right_one(path: Path) -> None:
    """Each once, however many of its passages rank first."""
    dataset = Dataset("staff", DOCUMENTS, QUERIES[3:4], RELEVANT, {})
    result = await measure_retrieval(_Ranker(), dataset, dataset.queries, lambda done, total: None)
    assert [one.found for one in result.questions] == [("leave", "bicycles", "untitled")]
    write_retrieval_page(path, result, RETRIEVAL_FIGURES, None)
    items = _read(path).soup.select("#behind ol li")
    assert [one.get_text() for one in items] == ["Days of leave", f"Bicycles {SCRIPT}", RIGHT_TO_LEFT[1:]]


def test_page_that_cannot_be_written(tmp_path: Path) -> None:
    """It is said, with what to do."""
    with pytest.raises(DatasetError, match="Choose a file"):
        _retrieval(tmp_path / "missing" / "report.html")


def test_page_is_its_owners(path: Path) -> None:
    """It quotes documents that not everybody may read; who has made a page public keeps it so."""
    _retrieval(path)
    assert path.stat().st_mode & 0o777 == 0o600
    path.chmod(0o644)
    _retrieval(path)
    assert path.stat().st_mode & 0o777 == 0o644


def test_half_a_character_does_not_stop_the_page(path: Path) -> None:
    """JSON can name one; no file can hold it."""
    result = retrieval_result()
    dataset = Dataset("half \ud800", result.dataset.documents, result.dataset.queries, result.dataset.relevant, {})
    write_retrieval_page(path, type(result)(dataset, result.questions), RETRIEVAL_FIGURES, None)
    assert "half" in path.read_text("utf-8")


@pytest.mark.parametrize(
    ("share", "said"),
    [(0, "0"), (0.004, "0.4"), (0.044, "4.4"), (0.05, "5"), (0.0999, "10"), (0.316, "32"), (1, "100")],
)
def test_percent_has_the_digits_that_matter(share: float, said: str) -> None:
    """One decimal below ten, where there is one."""
    assert words.percent(share) == f"{said}\N{NO-BREAK SPACE}%"


def test_none_and_all_are_not_certain() -> None:
    """Three in a hundred may still be so where none of a hundred is."""
    assert Share(0, 100, (0.0, 0.0)).reaches == (0, 0.03)
    assert Share(100, 100, (1.0, 1.0)).reaches == (0.97, 1)
    assert Share(1, 2, (0.0, 1.0)).reaches == (0, 1)
