"""Whatever a file holds, it becomes sound Markdown or is refused with a reason; `python -m tests.fuzz` tries more."""

import random
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings

from connectors.formats import MIME_TYPES
from pipelines.converters.conversion import Conversion, File, Refusal, convert_file
from tests.fuzz.documents import WRITERS, headings_of
from tests.fuzz.inputs import SAMPLES
from tests.fuzz.mutations import mutated
from tests.fuzz.outlines import Outline, outlines
from tests.fuzz.promises import broken

_STRUCTURED, _MUTANTS = 30, 120
_SHARES = {".docx": 0.5, ".eml": 2, ".html": 2, ".md": 2, ".txt": 4}
"""How many times more or fewer of the formats that are quick or slow: all formats together take some 20 seconds."""

pytestmark = pytest.mark.filterwarnings("ignore")  # as in the processes: libraries warn of each oddity of a file


def _convert(data: bytes, ending: str) -> Conversion | Refusal:
    return convert_file(File(f"made-up{ending}", MIME_TYPES[ending], data), ("nl", "en"))


def _share(ending: str, count: int) -> int:
    return round(count * _SHARES.get(ending, 1))


def _each(check: Callable[[Outline], None], examples: int) -> None:
    run: Callable[[], None] = settings(
        max_examples=examples,
        database=None,
        deadline=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )(given(outlines())(check))
    run()


@pytest.mark.parametrize("ending", WRITERS)
def test_odd_documents_become_sound_markdown(ending: str) -> None:
    """No text of a document is taken for a page's marker, for HTML, or for a heading that its author did not make."""

    def check(outline: Outline) -> None:
        result = _convert(WRITERS[ending](outline), ending)
        assert broken(result, ending, headings_of(outline, ending)) == []

    _each(check, _share(ending, _STRUCTURED))


@pytest.mark.parametrize("ending", WRITERS)
def test_broken_files_are_converted_or_refused(ending: str) -> None:
    """Nothing else comes of a file, whatever happened to its bytes or to the parts in it.

    Some are converted: the changes do not only try the first look at a file.
    """
    samples = [WRITERS[ending](outline) for outline in SAMPLES]
    chance = random.Random(1)  # noqa: S311 - no secret
    results = [_convert(mutated(samples, chance), ending) for _ in range(_share(ending, _MUTANTS))]
    assert [promise for result in results for promise in broken(result, ending)] == []
    assert sum(isinstance(result, Conversion) for result in results) > len(results) // 20
