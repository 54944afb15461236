"""What an index knows of its own vectors, and what it makes of a nearness."""

from dataclasses import replace

import numpy as np
import pytest

from pipelines.calibration import ALL, CALIBRATION_VERSION, Calibration, Fit, Means, Thresholds

_LOOSE, _STRICT = Thresholds(0.6, 0.5, 0.2), Thresholds(0.8, 0.7, 0.4)
_FIT = Fit(1.5, 0.5, -0.25, dataset="own", questions=64, made_on="2026-01-05", size={"chunks": 7, "written": 7})


def _made(**means: list[float]) -> Calibration:
    names = {"every": ALL}
    return Calibration(1, {names.get(k, k): Means(v, v) for k, v in means.items()}, {ALL: {ALL: _LOOSE}})


@pytest.mark.parametrize(
    ("nearness", "certainty"), [(0.6, 1.0), (0.2, 0.0), (0.4, 0.5), (0.7, 1.25), (0.0, -0.5), (0.5999999, 0.99999)]
)
def test_certainty(nearness: float, certainty: float) -> None:
    """By hand: 0 at the threshold of nothing, 1 at that of an answer, never rounded up to it."""
    found = _LOOSE.certainty(nearness, "careful")
    assert found == pytest.approx(certainty, abs=1e-5)
    assert (found >= 1) is (nearness >= 0.6)


def test_equal_thresholds_leave_nothing_between() -> None:
    """Where near misses are all equally near there is no closest, and no division by nothing."""
    flat = Thresholds(0.5, 0.5, 0.5)
    assert flat.certainty(0.5, "balanced") == 1
    assert flat.certainty(0.4999, "balanced") < 0


@pytest.mark.parametrize(
    ("source", "language", "thresholds"),
    [("law", "nl", _STRICT), ("law", "en", _LOOSE), ("wiki", "nl", _LOOSE), ("wiki", "fr", _LOOSE)],
)
def test_of_falls_back(source: str, language: str, thresholds: Thresholds) -> None:
    """From a source's own to those of the language in all sources, to those of all together."""
    other = Thresholds(0.9, 0.9, 0.9)
    everywhere = {ALL: other, "en": _LOOSE, "nl": _LOOSE, "fr": _LOOSE}
    calibration = Calibration(1, {}, {ALL: everywhere, "law": {"nl": _STRICT}})
    assert calibration.of(source, language) == thresholds
    assert calibration.of(source, "de") == other


def _numbers(thresholds: Thresholds) -> list[float]:
    return [thresholds.careful, thresholds.balanced, thresholds.low]


def test_fit_moves_thresholds_along_their_own_line() -> None:
    """By hand: 0 is at `low`, 1 at `careful`, so that 1.5 is half their distance beyond it."""
    assert _numbers(_LOOSE.moved(_FIT)) == pytest.approx([0.8, 0.4, 0.1])
    assert _numbers(_STRICT.moved(_FIT)) == pytest.approx([1.0, 0.6, 0.3])


@pytest.mark.parametrize("nearness", [0.11, 0.39, 0.41, 0.6, 0.79, 0.81, 1.0])
def test_fit_is_told_in_certainties(nearness: float) -> None:
    """What the unfitted thresholds call as certain as the fit asks for, the moved ones call an answer."""
    certainty = _LOOSE.certainty(nearness, "careful")
    moved = _LOOSE.moved(_FIT)
    assert (moved.certainty(nearness, "careful") >= 1) is (certainty >= _FIT.careful)
    assert (moved.certainty(nearness, "balanced") >= 1) is (certainty >= _FIT.balanced)
    assert (moved.certainty(nearness, "careful") >= 0) is (certainty >= _FIT.low)


def test_fit_of_the_unfitted_thresholds_moves_nothing() -> None:
    """`balanced` too is told as a certainty on the line of `careful`."""
    same = replace(_FIT, careful=1.0, balanced=0.75, low=0.0)
    assert _numbers(_LOOSE.moved(same)) == pytest.approx(_numbers(_LOOSE))


def test_equal_thresholds_are_not_moved() -> None:
    """Where near misses are all equally near there is no line to move along."""
    flat = Thresholds(0.5, 0.5, 0.5)
    assert flat.moved(_FIT) == flat


def test_fit_moves_the_thresholds_of_every_source() -> None:
    """Whichever they fall back to."""
    calibration = Calibration(1, {}, {ALL: {ALL: _LOOSE}, "law": {"nl": _STRICT}}, _FIT)
    assert calibration.of("law", "nl") == _STRICT.moved(_FIT)
    assert calibration.of("wiki", "fr") == _LOOSE.moved(_FIT)


def test_kept_as_json() -> None:
    """What the store gives back is what was made; a fit is kept apart, so that it outlives the thresholds."""
    calibration = Calibration(7, {ALL: Means([0.5], [0.25])}, {ALL: {ALL: _LOOSE}, "wiki": {"nl": _STRICT}})
    assert Calibration.from_json(calibration.to_json()) == calibration
    assert Calibration.from_json(replace(calibration, fit=_FIT).to_json()) == calibration


@pytest.mark.parametrize("version", [None, CALIBRATION_VERSION - 1, CALIBRATION_VERSION + 1])
def test_of_another_version_is_none(version: int | None) -> None:
    """An index that another version of the program made has no thresholds until the next sync."""
    kept = {**_made(every=[0.0]).to_json(), "version": version}
    assert Calibration.from_json(kept) is None
    assert Calibration.from_json(None) is None


def test_centring_takes_the_means_off() -> None:
    """By hand: each language less its own mean, a language without one less that of all, to length 1."""
    calibration = _made(every=[1.0, 0.0], nl=[0.0, 1.0])
    vectors = np.array([[1.0, 2.0], [1.0, 4.0]], np.float32)
    centred = calibration.centre_passages(vectors, ["en", "nl"])
    assert centred == pytest.approx(np.array([[0.0, 1.0], [1.0 / 10**0.5, 3.0 / 10**0.5]]))
    assert calibration.centre_question(np.array([4.0, 4.0], np.float32), "nl") == pytest.approx([0.8, 0.6])
    assert calibration.centre_question(np.array([1.0, 0.0], np.float32), "en") == pytest.approx([0.0, 0.0])


def test_partial_centring_keeps_part_of_the_mean_of_all() -> None:
    """By hand: the language's difference from all is always taken off whole."""
    calibration = _made(every=[2.0, 0.0], nl=[3.0, 0.0])
    question = np.array([5.0, 4.0], np.float32)
    assert calibration.centre_question(question, "nl", 0.5) == pytest.approx([3 / 5, 4 / 5])
    assert calibration.centre_question(question, "en", 0.5) == pytest.approx([4 / 32**0.5, 4 / 32**0.5])
    assert calibration.centre_question(question, "en", 0.0) == pytest.approx([5 / 41**0.5, 4 / 41**0.5])
