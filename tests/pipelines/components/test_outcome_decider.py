"""Whether what was found may be called an answer."""

import pytest

from pipelines.calibration import Calibration, LanguageCalibration
from pipelines.components.outcome_decider import OutcomeDecider
from tests.pipelines.chunks import chunk


class _Store:
    """A store of which the thresholds are known."""

    def __init__(self, **thresholds: tuple[float, float]) -> None:
        languages = {
            "*" if name == "every" else name: LanguageCalibration([0.0], [0.0], high=high, low=low)
            for name, (low, high) in thresholds.items()
        }
        self._calibration = Calibration(100, languages) if languages else None

    def calibration(self) -> Calibration | None:
        return self._calibration


def _outcome(store: _Store, *nearness: float, language: str = "en") -> str:
    documents = [chunk("x", f"wiki/{n}", nearness=value) for n, value in enumerate(nearness)]
    return OutcomeDecider(store).run(language, documents)["outcome"]


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
    assert _outcome(_Store(every=(0.3, 0.6)), *nearness) == outcome


@pytest.mark.parametrize(("language", "outcome"), [("nl", "answered"), ("en", "closest"), ("de", "closest")])
def test_thresholds_are_those_of_the_question_s_language(language: str, outcome: str) -> None:
    """A language with too little text has those of the whole index."""
    store = _Store(every=(0.2, 0.8), nl=(0.1, 0.4), en=(0.2, 0.6))
    assert _outcome(store, 0.5, language=language) == outcome


@pytest.mark.parametrize(("nearness", "outcome"), [((0.99,), "closest"), ((), "not_found")])
def test_without_thresholds_nothing_is_called_an_answer(nearness: tuple[float, ...], outcome: str) -> None:
    """A small index can't tell, and says so."""
    assert _outcome(_Store(), *nearness) == outcome
