"""The measures of a ranking, and the interval of a mean."""

import pytest

from pipelines.evaluation.metrics import MEASURES, bootstrap_interval, mean, measured, percentile


def _one(ranking: list[str], relevant: dict[str, int]) -> list[float]:
    values = measured({"q": relevant}, {"q": ranking})["q"]
    return [round(values[name], 4) for name in MEASURES]


def test_right_document_first_is_perfect() -> None:
    """In all three measures, whatever follows."""
    assert _one(["a", "b", "c"], {"a": 1}) == [1, 1, 1]


def test_right_document_further_down_counts_less() -> None:
    """By the definitions: 1 / log2(rank + 1), within the first five or not, 1 / rank."""
    assert _one(["x", "y", "a"], {"a": 1}) == [0.5, 1, 0.3333]
    assert _one([*"uvwxy", "a"], {"a": 1}) == [0.3562, 0, 0.1667]


def test_beyond_the_tenth_place_is_not_found() -> None:
    """As people see it."""
    assert _one([*"0123456789", "a"], {"a": 1}) == [0, 0, 0]


def test_several_right_documents_are_all_wanted() -> None:
    """One of two is half the recall; the more relevant one belongs first."""
    assert _one(["a", "x"], {"a": 1, "b": 1})[1] == 0.5
    assert _one(["b", "a"], {"a": 2, "b": 1})[0] < 1 == _one(["a", "b"], {"a": 2, "b": 1})[0]


def test_question_that_finds_nothing_counts_as_zero() -> None:
    """And not as if it had never been asked."""
    values = measured({"q": {"a": 1}, "r": {"a": 1}}, {"q": [], "r": ["a"]})
    assert [set(values[id_].values()) for id_ in "qr"] == [{0.0}, {1.0}]


def test_only_questions_asked_are_measured() -> None:
    """Others of the data set would count as not found."""
    assert set(measured({"q": {"a": 1}, "r": {"a": 1}}, {"q": ["a"]})) == {"q"}


def test_order_decides_and_no_id() -> None:
    """The library itself would order documents of one score by their ids."""
    assert _one(["z", "a"], {"z": 1}) == _one(["a", "z"], {"a": 1}) == [1, 1, 1]


def test_interval_holds_the_mean_and_narrows_with_more_questions() -> None:
    """About 1.96 standard errors to each side: .098 for 100 times half right."""
    few, many = [0.0, 1.0] * 50, [0.0, 1.0] * 500
    low, high = bootstrap_interval(few)
    assert (low, high) == pytest.approx((0.402, 0.598), abs=0.015)
    narrow = bootstrap_interval(many)
    assert low < narrow[0] < mean(many) < narrow[1] < high


def test_interval_is_the_same_each_time() -> None:
    """Two runs of the same figures must not seem to differ."""
    values = [0.1, 0.5, 0.9, 1.0]
    assert bootstrap_interval(values) == bootstrap_interval(values)


def test_interval_of_equal_values_is_that_value() -> None:
    """One question, or many that all went alike: chance has no part in it."""
    assert bootstrap_interval([0.25]) == bootstrap_interval([0.25] * 9) == (0.25, 0.25)


def test_percentile_is_the_value_below_which_the_share_lies() -> None:
    """Half of the questions, and all but one in twenty."""
    values = [float(n) for n in range(101)]
    assert (percentile(values, 0.5), percentile(values, 0.95)) == (50.0, 95.0)
