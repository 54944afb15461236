"""Thresholds are made from the index itself."""

from collections.abc import Mapping, Sequence

import numpy as np
import pytest
from haystack import Document

from pipelines import near_misses
from pipelines.calibration import ALL, Calibration, Vectors
from pipelines.near_misses import calibrate
from tests.fakes.embedder import HashingModel
from tests.pipelines.chunks import chunk

_MODEL = HashingModel()


def _embed(texts: Sequence[str]) -> Mapping[str, Vectors]:
    return dict(zip(texts, _MODEL.query(texts), strict=True))


def _corpus(
    count: int, language: str = "en", prefix: str = "wiki", copies: int = 1, source: str = "wiki"
) -> list[Document]:
    """Return chunks of `count` documents: each is about words of its own, and all share some."""
    chunks = []
    for n in range(count):
        text = f"The topic{n} and matter{n} of {prefix} are kept in room{n}. It is theme{n} for people{n} here."
        for copy in range(copies):
            vector = _MODEL.passage([text])[0].tolist()
            document_id = f"{prefix}/{n}-{copy}"
            chunks.append(
                chunk(text, document_id, embedding=vector, title=f"About {n}", language=language, source=source)
            )
    return chunks


def _calibrated(chunks: list[Document]) -> Calibration:
    calibration = calibrate(chunks, _embed)
    assert calibration is not None
    return calibration


def test_thresholds_lie_between_strangers_and_the_thing_itself() -> None:
    """What is nearest when the answer is absent is below `high` mostly, and the answer itself is above."""
    chunks = _corpus(30)
    calibration = _calibrated(chunks)
    thresholds = calibration.of("wiki", "en")
    assert calibration.chunks == 30
    assert -1.0 <= thresholds.low < thresholds.balanced <= thresholds.careful < 0.9
    vectors = np.array([c.embedding for c in chunks], np.float32)
    passages = calibration.centre_passages(vectors, ["en"] * 30)
    known = _embed(["topic3 matter3 room3"])["topic3 matter3 room3"]
    unknown = _embed(["zebra xylophone"])["zebra xylophone"]
    nearness = [float(np.max(passages @ calibration.centre_question(q, "en"))) for q in (known, unknown)]
    assert nearness[0] >= thresholds.careful > nearness[1]


def test_documents_that_say_the_same_are_masked() -> None:
    """A second copy of every document does not make the thresholds strict."""
    single, double = _calibrated(_corpus(30)).of("wiki", "en"), _calibrated(_corpus(30, copies=2)).of("wiki", "en")
    assert double.careful == pytest.approx(single.careful, abs=0.1)
    assert double.careful < 0.9


def test_own_document_is_masked() -> None:
    """The sentence's own passage is not what it is compared with, nor the rest of its document."""
    chunks = _corpus(30)
    of_one = [
        Document(id=f"{c.id}x", content=f"More of {c.content}", meta={**c.meta, "title": ""}, embedding=c.embedding)
        for c in chunks
    ]
    assert _calibrated([*chunks, *of_one]).of("wiki", "en").careful < 0.9


@pytest.mark.parametrize(
    "chunks",
    [[], _corpus(9), [chunk(c.content or "", c.meta["document_id"]) for c in _corpus(30)]],
    ids=["empty", "small", "without vectors"],
)
def test_too_little_text_gives_no_thresholds(chunks: list[Document]) -> None:
    """Fewer than 20 sentences can't tell; nothing is then called an answer."""
    assert calibrate(chunks, _embed) is None


def test_tables_and_fragments_are_no_sentences() -> None:
    """Rows, very short and very long texts are not asked."""
    table = "| a | b |\n| --- | --- |\n| this is a row of some forty characters | 1 |"
    texts = [table, "Too short.", "Much too long " * 20 + "."]
    chunks = [chunk(texts[n % 3], f"wiki/{n}", embedding=[1.0, float(n)], title="T") for n in range(60)]
    assert calibrate(chunks, _embed) is None


def test_few_documents_have_too_little_to_compare_with() -> None:
    """Nine documents, however much text they hold, tell nothing about near misses."""
    chunks = [
        Document(id=c.id, content=c.content, embedding=c.embedding, meta={**c.meta, "document_id": f"wiki/{i % 9}"})
        for i, c in enumerate(_corpus(30))
    ]
    assert calibrate(chunks, _embed) is None


def test_languages_are_calibrated_apart() -> None:
    """Each with enough text has its own thresholds; others, and unknown ones, those of all together."""
    calibration = _calibrated([*_corpus(30), *_corpus(25, "nl", "intranet"), *_corpus(2, "de", "seite")])
    assert set(calibration.means) == set(calibration.thresholds[ALL]) == {ALL, "en", "nl"}
    assert calibration.of("wiki", "de") == calibration.of("wiki", "fr") == calibration.thresholds[ALL][ALL]
    assert calibration.of("wiki", "en") != calibration.of("wiki", "nl")


def test_sources_are_calibrated_apart() -> None:
    """Each with enough documents has thresholds of its own; one source alone has those of its languages."""
    wiki, law = _corpus(30), _look_alikes(30, source="law")
    small = _corpus(9, prefix="notes", source="notes")
    calibration = _calibrated([*wiki, *law, *small])
    assert set(calibration.thresholds) == {ALL, "wiki", "law"}
    assert calibration.of("law", "en").careful > calibration.of("wiki", "en").careful
    assert calibration.of("notes", "en") == calibration.thresholds[ALL]["en"]
    assert set(_calibrated(wiki).thresholds) == {ALL}


def _look_alikes(count: int, source: str) -> list[Document]:
    """Return chunks of which each says nearly what the others say, in half of its words."""
    chunks = []
    for n in range(count):
        text = f"The article{n} of clause{n} and rule{n} applies to every employer in this country."
        vector = _MODEL.passage([text])[0].tolist()
        chunks.append(
            chunk(text, f"{source}/{n}", embedding=vector, title=f"Article {n}", language="en", source=source)
        )
    return chunks


def test_same_index_gives_the_same_thresholds() -> None:
    """The sample is no matter of chance or order, and after a small change hardly another one."""
    chunks = _corpus(40)
    asked: list[list[str]] = []

    def embed(texts: Sequence[str]) -> Mapping[str, Vectors]:
        asked.append(sorted(texts))
        return _embed(texts)

    first, second = calibrate(chunks, embed), calibrate(list(reversed(chunks)), embed)
    calibrate(chunks[1:], embed)
    assert first is not None
    assert second is not None
    assert second.of("wiki", "en").careful == pytest.approx(first.of("wiki", "en").careful, abs=1e-5)
    assert asked[0] == asked[1]
    assert set(asked[2]) <= set(asked[0])
    assert len(asked[0]) - len(asked[2]) <= 3


def test_as_many_sentences_are_asked_as_there_are_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    """A small index needs no more; a large one stops at the limit, as a sync must not wait for more."""
    asked: list[str] = []

    def embed(texts: Sequence[str]) -> Mapping[str, Vectors]:
        asked[:] = texts
        return _embed(texts)

    calibrate(_corpus(40), embed)
    assert len(set(asked)) == len(asked) == 40
    monkeypatch.setattr(near_misses, "SENTENCES", 50)
    calibrate(_corpus(80), embed)
    assert len(asked) == 50
