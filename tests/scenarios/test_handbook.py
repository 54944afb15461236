"""A real handbook of 188 pages and 18 office files, kept in step: exactly what changed is embedded again."""

import os
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.fakes.company import Company

DATA = os.environ.get("KENNISBOT_TEST_DATA")
EMPTY = 9
PAGE = "Content/Maatregelen/M05/Maatregel.md"

pytestmark = pytest.mark.skipif(
    DATA is None, reason="KENNISBOT_TEST_DATA does not name the folder with the evaluation data"
)


@pytest.fixture
def handbook(company: Company) -> Company:
    """The handbook's pages as the company's source, indexed once."""
    _copy(company, shutil.ignore_patterns("*.docx", "*.pptx", "*.xlsx"))
    first = _sync(company)
    assert (first["added"], len(first["skipped"]), first["failed"]) == (188 - EMPTY, EMPTY, [])
    assert first["chunks_embedded"] > 1000
    return company


def _copy(company: Company, ignore: Any) -> None:  # noqa: ANN401 - as shutil has it
    wiki = company.folder / "wiki"
    shutil.rmtree(wiki)
    whole = Path(str(DATA)) / "ictu-kwaliteitsaanpak"
    shutil.copytree(whole, wiki, ignore=ignore, copy_function=shutil.copyfile)
    for folder in (wiki, *filter(Path.is_dir, wiki.rglob("*"))):
        folder.chmod(0o755)


def _sync(company: Company) -> dict[str, Any]:
    report: dict[str, Any] = company.json("sync")["sources"][0]
    return report


def _counts(company: Company) -> dict[str, object]:
    report = _sync(company)
    names = ("added", "changed", "metadata_changed", "deleted", "failed", "chunks_embedded")
    return {name: report[name] for name in names if report[name]}


def test_a_second_sync_embeds_nothing(handbook: Company) -> None:
    """What did not change costs no conversion and no embedding, and the empty files are no news."""
    assert _counts(handbook) == {}


def test_a_touched_file_embeds_nothing(handbook: Company) -> None:
    """A new time on a file with the same content changes its date and nothing else."""
    os.utime(handbook.folder / "wiki" / PAGE, (0, 0))
    assert _counts(handbook) == {"metadata_changed": 1}


def test_an_edit_embeds_its_own_chunk(handbook: Company) -> None:
    """A sentence added under a new heading is one new chunk; the rest of the page keeps its vectors."""
    page = handbook.folder / "wiki" / PAGE
    page.write_text(page.read_text("utf-8") + "\n## Nieuw\n\nDit staat er sinds vandaag.\n", "utf-8")
    assert _counts(handbook) == {"changed": 1, "chunks_embedded": 1}


def test_a_move_embeds_nothing_and_the_old_place_is_empty(handbook: Company) -> None:
    """A file moved to another folder is a document added and one deleted, with the vectors of the same texts."""
    page = handbook.folder / "wiki" / PAGE
    page.rename(handbook.folder / "wiki" / "Content" / page.name)
    assert _counts(handbook) == {"added": 1, "deleted": 1}


def test_a_deleted_file_is_gone(handbook: Company) -> None:
    """What the source no longer holds is not in the index."""
    (handbook.folder / "wiki" / PAGE).unlink()
    assert _counts(handbook) == {"deleted": 1}


def test_office_files_of_the_handbook_are_read(company: Company) -> None:
    """All 14 Word files, the slides and the 3 workbooks; a row of a workbook is found by its words."""
    _copy(company, shutil.ignore_patterns("*.md", "*.html", "*.txt"))
    report = _sync(company)
    assert (report["added"], report["failed"], report["skipped"]) == (18, [], [])
    assert list(report["left_out"].values()) == [{"comments": 32}]
    assert _counts(company) == {}
    (first, *_) = company.json("ask", "performancetesten opgezet status voldoet niet maatregel checklist")["citations"]
    assert first["document_id"] == "wiki/docs/v5.2.0/ICTU-Kwaliteitsaanpak-Checklist.xlsx"
    assert first["section"] == "Self-assessment checklist"
