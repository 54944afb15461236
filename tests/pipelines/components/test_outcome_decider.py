"""Whether what was found may be called an answer."""

import pytest

from pipelines.calibration import ALL, Calibration, Thresholds
from pipelines.components.outcome_decider import OutcomeDecider
from pipelines.settings import Strictness
from tests.pipelines.chunks import chunk


class _Store:
    """A store of which the thresholds are known, by source and language."""

    def __init__(self, thresholds: dict[str, dict[str, tuple[float, float]]] | None) -> None:
        self._calibration = Calibration(100, {}, _made(thresholds)) if thresholds else None

    def calibration(self) -> Calibration | None:
        return self._calibration


def _made(thresholds: dict[str, dict[str, tuple[float, float]]]) -> dict[str, dict[str, Thresholds]]:
    return {
        source: {
            language: Thresholds(careful=high, balanced=high - 0.1, low=low) for language, (low, high) in of.items()
        }
        for source, of in thresholds.items()
    }


def _outcome(
    thresholds: dict[str, dict[str, tuple[float, float]]] | None,
    *nearness: float,
    language: str = "en",
    source: str = "wiki",
    strictness: Strictness = "careful",
) -> str:
    documents = [chunk("x", f"wiki/{n}", nearness=value, source=source) for n, value in enumerate(nearness)]
    return OutcomeDecider(_Store(thresholds), strictness).run(language, documents)["outcome"]


@pytest.mark.parametrize(
    ("nearness", "outcome"),
    [
        ((0.7,), "answered"),
        ((0.6,), "answered"),
        ((0.599,), "closest"),
        ((0.3,), "closest"),
        ((0.299,), "not_found"),
        ((-0.5,), "not_found"),
        ((0.1, 0.65, 0.2), "answered"),
        ((), "not_found"),
    ],
)
def test_nearest_is_compared_with_the_thresholds(nearness: tuple[float, ...], outcome: str) -> None:
    """Both bounds belong to the better outcome; the nearest counts, wherever it is ranked."""
    assert _outcome({ALL: {ALL: (0.3, 0.6)}}, *nearness) == outcome


@pytest.mark.parametrize(("strictness", "outcome"), [("careful", "closest"), ("balanced", "answered")])
def test_strictness_chooses_the_threshold(strictness: Strictness, outcome: str) -> None:
    """Balanced answers what careful only calls the closest."""
    assert _outcome({ALL: {ALL: (0.3, 0.6)}}, 0.55, strictness=strictness) == outcome


@pytest.mark.parametrize(("language", "outcome"), [("nl", "answered"), ("en", "closest"), ("de", "closest")])
def test_thresholds_are_those_of_the_question_s_language(language: str, outcome: str) -> None:
    """A language with too little text has those of the whole index."""
    thresholds = {ALL: {ALL: (0.2, 0.8), "nl": (0.1, 0.4), "en": (0.2, 0.6)}}
    assert _outcome(thresholds, 0.5, language=language) == outcome


@pytest.mark.parametrize(
    ("source", "language", "outcome"), [("law", "nl", "closest"), ("wiki", "nl", "answered"), ("law", "en", "answered")]
)
def test_thresholds_are_those_of_the_chunk_s_source(source: str, language: str, outcome: str) -> None:
    """A source whose documents look alike is stricter; one without thresholds has those of its language."""
    thresholds = {ALL: {ALL: (0.1, 0.4)}, "law": {"nl": (0.3, 0.7)}}
    assert _outcome(thresholds, 0.5, language=language, source=source) == outcome


def test_the_most_certain_chunk_decides() -> None:
    """The nearer chunk of a strict source is no answer, the less near one of another source is."""
    store = _Store({ALL: {ALL: (0.1, 0.4)}, "law": {"nl": (0.3, 0.7)}})
    near = chunk("x", "law/1", nearness=0.6, source="law")
    less = chunk("x", "wiki/1", nearness=0.45, source="wiki")
    decision = OutcomeDecider(store).run("nl", [near, less])
    assert decision["outcome"] == "answered"
    assert decision["certainty"] == pytest.approx(7 / 6)


@pytest.mark.parametrize(("nearness", "outcome"), [((0.99,), "closest"), ((), "not_found")])
def test_without_thresholds_nothing_is_called_an_answer(nearness: tuple[float, ...], outcome: str) -> None:
    """A small index can't tell, and says so."""
    assert _outcome(None, *nearness) == outcome
