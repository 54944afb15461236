"""`kennisbot sync`: what it prints, and how it ends."""

import json
import re

import pytest

from bot.cli.sync_report import show
from pipelines.sync.lock import SyncLock
from pipelines.sync.synchronizer import SourceReport
from tests.fakes.company import Company

KEYS = {
    "source",
    "added",
    "changed",
    "metadata_changed",
    "unchanged",
    "deleted",
    "skipped",
    "failed",
    "stale",
    "left_out",
    "unreadable",
    "chunks_embedded",
    "seconds",
    "error",
}


def _table(text: str) -> dict[str, str]:
    """Return the one row of the table that a sync prints, by column, without the seconds."""
    headers, _, row = (line for line in text.splitlines() if line.strip())
    names = [name.strip() for name in re.split(r"\s{2,}", headers.strip())]
    return dict(zip(names[:-1], row.split(), strict=False))


def test_tells_what_happened_to_how_many_documents(company: Company) -> None:
    """A table with a row for each source, without what happened to none; progress goes to standard error."""
    first, second = company.run("sync"), company.run("sync")
    assert [first.exit_code, second.exit_code] == [0, 0]
    assert _table(first.stdout) == {"source": "wiki", "added": "1", "unchanged": "0", "chunks embedded": "1"}
    assert _table(second.stdout) == {"source": "wiki", "unchanged": "1", "chunks embedded": "0"}
    assert "wiki" in first.stderr


def test_tells_of_changes_and_deletions(synced: Company) -> None:
    """Each kind by its own name."""
    synced.write("wiki/travel.md", "# Travel\n\nTrains are paid.")
    synced.run("sync")
    synced.write("wiki/leave.md", "# Leave\n\nYou get 26 days.")
    (synced.folder / "wiki/travel.md").unlink()
    table = _table(synced.run("sync").stdout)
    assert (table["changed"], table["deleted"], "added" in table) == ("1", "1", False)


def test_json_is_one_document_with_the_documented_keys(company: Company) -> None:
    """For scripts that watch over it."""
    result = company.run("sync", "--json")
    document = json.loads(result.stdout)
    [source] = document["sources"]
    assert (set(document), set(source)) == ({"sources", "chunks"}, KEYS)
    assert (source["source"], source["added"], source["error"], document["chunks"]) == ("wiki", 1, None, 1)


def test_file_that_can_not_be_used_is_told(company: Company) -> None:
    """With its path, the reason and what to do; the others are indexed, and the exit code is 1."""
    company.write("wiki/[draft] plan.md", "---\naccess: 5\n---\nText")
    result = company.run("sync")
    assert result.exit_code == 1
    assert (_table(result.stdout)["added"], _table(result.stdout)["failed"]) == ("1", "1")
    assert "failed wiki/[draft] plan.md: `access` in its front matter is not of the right kind." in result.stderr
    assert "Write for `access` a principal" in result.stderr


def test_long_list_of_failures_is_cut_short_in_words_only(company: Company) -> None:
    """Twenty are shown; all of them are in the JSON."""
    for number in range(23):
        company.write(f"wiki/{number}.md", "---\naccess: 5\n---\nText")
    result = company.run("sync")
    assert result.stderr.count("failed wiki/") == 20
    assert "… and 3 more failed; all of them with --json." in result.stderr
    assert len(company.json("sync")["sources"][0]["failed"]) == 23


def test_empty_document_is_told_as_skipped(company: Company) -> None:
    """It is nobody's fault, so the exit code is 0."""
    company.write("wiki/empty.md", "---\ntitle: Empty\n---\n")
    result = company.run("sync")
    assert result.exit_code == 0
    assert _table(result.stdout)["skipped"] == "1"
    assert "skipped wiki/empty.md: " in result.stderr


def test_documents_that_nobody_may_read_are_told(company: Company) -> None:
    """They would be missed in silence."""
    company.write("wiki/secret.md", "---\naccess: []\n---\n# Secret\n\nText")
    result = company.run("sync")
    assert result.exit_code == 0
    assert "wiki: nobody may read 1 of its documents, since nothing says who may." in result.stderr


def test_missing_folder_is_told(synced: Company) -> None:
    """With what to do and exit code 1; what is indexed stays."""
    (synced.folder / "wiki").rename(synced.folder / "gone")
    result = synced.run("sync")
    assert result.exit_code == 1
    assert "wiki failed: " in result.stderr
    assert str(synced.folder / "wiki") in result.stderr
    document = synced.json("sync")
    assert set(document["sources"][0]["error"]) == {"reason", "remedy"}
    assert document["chunks"] == 1


def test_no_source_is_told(company: Company) -> None:
    """A sync of nothing is not a success to be silent about."""
    company.write("kennisbot.toml", "")
    result = company.run("sync")
    assert (result.exit_code, result.stdout) == (
        0,
        "No source is configured. Add a [[sources]] table to the settings.\n",
    )


def test_index_that_can_not_be_used_is_told(company: Company) -> None:
    """In words and as JSON, with the remedy."""
    company.write(".kennisbot/index.sqlite", "no index at all" * 100)
    result = company.run("sync", "--json")
    assert result.exit_code == 1
    assert set(json.loads(result.stdout)["error"]) == {"message", "reason", "remedy"}
    assert "index.sqlite" in result.stderr


def test_index_that_grows_too_large_is_told(company: Company, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before questions get slow for no visible reason."""
    monkeypatch.setattr("pipelines.document_store.sqlite.CHUNK_LIMIT", 0)
    result = company.run("sync")
    assert result.exit_code == 0
    assert "The index has 1 chunks. The embedded store is made for up to 0;" in result.stderr
    assert "Weaviate" in result.stderr


def test_documents_that_answer_from_before_are_told(synced: Company) -> None:
    """A file that broke takes no answer away, and somebody should mend it."""
    synced.write("wiki/plan.txt", "Week 1: paint. Week 2: dry.")
    synced.run("sync")
    (synced.folder / "wiki/plan.txt").write_bytes(b"\x81\x8d\x8f\x90" * 40)
    result = synced.run("sync")
    assert result.exit_code == 1
    assert (_table(result.stdout)["failed"], _table(result.stdout)["stale"]) == ("1", "1")
    assert "wiki: 1 document could not be read now and still answers from the version before." in result.stderr


def test_what_was_left_out_is_told(company: Company, capsys: pytest.CaptureFixture[str]) -> None:
    """How many documents, the first three with what, and where to see more."""
    left_out = {f"wiki/{name}.xlsx": {"comments": 3, "hidden sheets": 1} for name in "abcd"}
    show([SourceReport("wiki", left_out=left_out)])
    shown = capsys.readouterr().err
    assert "wiki: parts of 4 documents were left out" in shown
    assert "wiki/a.xlsx (comments: 3, hidden sheets: 1), wiki/b.xlsx" in shown
    assert "wiki/d.xlsx" not in shown
    assert "`kennisbot inspect FILE` shows more." in shown


def test_source_that_shrank_is_kept_until_it_is_pruned(synced: Company) -> None:
    """A share that is not mounted looks like an empty folder; with --prune it is taken at its word."""
    (synced.folder / "wiki/leave.md").unlink()
    kept = synced.run("sync")
    assert kept.exit_code == 1
    assert "`kennisbot sync --prune`" in kept.stderr
    pruned = synced.run("sync", "--prune")
    assert (pruned.exit_code, _table(pruned.stdout)["deleted"]) == (0, "1")


def test_sync_beside_another_one_is_refused(company: Company) -> None:
    """With who is at work since when, and exit code 1."""
    with SyncLock(company.folder / ".kennisbot").held():
        result = company.run("sync")
    assert result.exit_code == 1
    assert "Error: another sync is running: process " in result.stderr
    assert "Wait until it is done" in result.stderr


@pytest.mark.parametrize("other", ["--prune", "--json"])
def test_watching_goes_with_nothing_that_ends(company: Company, other: str) -> None:
    """Wrong usage is refused before anything is read."""
    result = company.run("sync", "--watch", other)
    assert result.exit_code == 2
    assert f"it can't go with {other}" in result.stderr
    assert not (company.folder / ".kennisbot").exists()


def test_progress_shows_the_calibration(company: Company) -> None:
    """It takes a while on a large index, and is seen to go on."""
    for number in range(60):
        sentences = " ".join(f"Rule {number} {word} is applied by {word}s each week." for word in "abcdefgh")
        company.write(f"wiki/{number}.md", f"# Subject {number}\n\n{sentences}")
    assert "calibrating" in company.run("sync").stderr
