"""`kennisbot doctor`: what is looked at, what is said of it, and how it ends."""

import json
import re
import shutil
from collections import namedtuple
from dataclasses import asdict
from datetime import UTC, datetime, tzinfo
from typing import Self

import pytest

from pipelines.calibration import Fit
from pipelines.document_store.sqlite import SQLiteDocumentStore
from tests.fakes.company import SETTINGS, Company

Usage = namedtuple("Usage", ["total", "used", "free"])


def checks(company: Company) -> dict[str, dict[str, str]]:
    return {check["name"]: check for check in company.json("doctor")["checks"]}


def grow(company: Company) -> None:
    """Give the company enough text for its index to be calibrated."""
    for number in range(60):
        sentences = " ".join(f"Rule {number} {word} is applied by {word}s each week." for word in "abcdefgh")
        company.write(f"wiki/{number}.md", f"# Subject {number}\n\n{sentences}")
    company.run("sync")


def test_all_is_well(company: Company) -> None:
    """Every check is ok, a line each, and the exit code is 0."""
    grow(company)
    result = company.run("doctor")
    lines = result.stdout.splitlines()
    assert (result.exit_code, result.stderr) == (0, "")
    assert {line.split()[0] for line in lines} == {"ok"}
    assert [line.split(":")[0].split(maxsplit=1)[1] for line in lines] == [
        "settings",
        "people",
        "page",
        "disk",
        "clock",
        "embedder",
        "storage",
        "index",
        "calibration",
        "source wiki",
    ]
    assert "ok       index: 61 chunks; documents by source: wiki 61" in lines
    assert re.fullmatch(
        r"ok       source wiki: 61 documents to read; last synced \d{4}-\d\d-\d\d \d\d:\d\d UTC", lines[-1]
    )


def test_json_is_one_document(synced: Company) -> None:
    """For a monitor: each check with the same keys."""
    result = synced.run("doctor", "--json")
    document = json.loads(result.stdout)
    assert list(document) == ["checks"]
    assert {tuple(check) for check in document["checks"]} == {("name", "status", "seen", "remedy")}
    assert {check["status"] for check in document["checks"]} <= {"ok", "warning", "failed"}


def test_too_little_text_is_a_warning_with_what_it_means(synced: Company) -> None:
    """Nothing is broken, so the exit code is 0."""
    result = synced.run("doctor")
    assert result.exit_code == 0
    assert "warning  calibration: there is too little text" in result.stdout
    assert "         → Index at least 10 documents and run `kennisbot sync`.\n" in result.stdout


@pytest.mark.parametrize("made", [None, {"version": 1, "size": {"chunks": 61, "written": 61}}])
def test_missing_thresholds(company: Company, made: object) -> None:
    """After a sync that was cut short before them, or by an earlier version: the next sync makes them."""
    grow(company)
    _store(company).record_fact("calibrated_at", made)
    found = checks(company)["calibration"]
    assert (found["status"], found["remedy"]) == ("warning", "Run `kennisbot sync`: it makes them.")
    assert found["seen"].startswith("the index has no thresholds")


def test_stale_thresholds(company: Company) -> None:
    """More than a tenth has changed since, as after a sync that was cut short."""
    grow(company)
    store = _store(company)
    store.delete(sorted(store.document_ids("wiki"))[:7])
    found = checks(company)["calibration"]
    assert found["status"] == "warning"
    assert found["seen"].startswith("13% of the index has changed since its thresholds were made")


def test_thresholds_in_force(company: Company) -> None:
    """Ok, with the strictness, what they were made from, and what has its own."""
    grow(company)
    seen = checks(company)["calibration"]["seen"]
    assert seen == "careful; thresholds from 61 chunks for en"


def _fit(store: SQLiteDocumentStore) -> None:
    """Let the thresholds be fitted as if that had been done on a day in January."""
    store.record_fit(Fit(1.0, 0.8, 0.0, "own", 1200, "2026-01-05", asdict(store.size())))


def test_fitted_thresholds(company: Company) -> None:
    """Ok, with what they were fitted to and when."""
    grow(company)
    _fit(_store(company))
    found = checks(company)["fit"]
    assert (found["status"], found["remedy"]) == ("ok", "")
    assert found["seen"] == "thresholds fitted to 1,200 questions of own, on 2026-01-05"


def test_stale_fit(company: Company) -> None:
    """More than a tenth of the index is new since, though its own thresholds are new too: fit them again."""
    grow(company)
    _fit(_store(company))
    for number in range(8):
        company.write(f"wiki/new{number}.md", f"# New subject {number}\n\nRule {number} is a new one.")
    company.run("sync")
    found = checks(company)
    assert found["calibration"]["status"] == "ok"
    assert found["fit"]["status"] == "warning"
    assert found["fit"]["seen"].endswith(" on 2026-01-05; 12% of the index has changed since")
    assert "run `kennisbot calibrate`" in found["fit"]["remedy"]


def test_no_more_than_all_has_changed_since_a_fit(company: Company) -> None:
    """However often everything was written again since."""
    grow(company)
    store = _store(company)
    store.record_fit(Fit(1.0, 0.8, 0.0, "own", 1200, "2026-01-05", {"chunks": 61, "written": -300}))
    assert checks(company)["fit"]["seen"].endswith("; 100% of the index has changed since")


def test_fit_waits_for_thresholds(synced: Company) -> None:
    """Where there is too little text it moves nothing, and is not told as if it did."""
    _fit(_store(synced))
    assert "fit" not in checks(synced)


def _store(company: Company) -> SQLiteDocumentStore:
    return SQLiteDocumentStore(company.folder / ".kennisbot/index.sqlite", create=False)


def test_no_index_is_told_once(company: Company) -> None:
    """With the command that makes one, and exit code 1."""
    result = company.run("doctor")
    assert result.exit_code == 1
    assert result.stdout.count("there is no index at") == 1
    assert "failed   index: there is no index at" in result.stdout
    assert "→ Run `kennisbot sync` first." in result.stdout
    assert "ok       source wiki: 1 documents to read; not synced yet" in result.stdout


def test_missing_source_folder_is_told(synced: Company) -> None:
    """With its path and what to do; the other checks go on."""
    (synced.folder / "wiki").rename(synced.folder / "gone")
    source = checks(synced)["source wiki"]
    assert source["status"] == "failed"
    assert str(synced.folder / "wiki") in source["seen"]
    assert source["remedy"]
    assert synced.run("doctor").exit_code == 1


def test_source_that_failed_in_the_last_syncs_is_told(synced: Company) -> None:
    """How often in a row, when, why and what to do, though it may be well at this moment."""
    wiki, gone = synced.folder / "wiki", synced.folder / "gone"
    wiki.rename(gone)
    synced.run("sync")
    synced.run("sync")
    gone.rename(wiki)
    source = checks(synced)["source wiki"]
    assert source["status"] == "failed"
    assert re.match(
        r"1 documents; the last 2 syncs failed, at \d{4}-\d\d-\d\d \d\d:\d\d UTC: the folder ", source["seen"]
    )
    assert source["remedy"].startswith("Check that it exists")
    synced.run("sync")
    assert checks(synced)["source wiki"]["status"] == "ok"


def test_documents_that_answer_from_before_are_a_warning(synced: Company) -> None:
    """What they say may be out of date."""
    synced.write("wiki/plan.txt", "Week 1: paint. Week 2: dry.")
    synced.run("sync")
    (synced.folder / "wiki/plan.txt").write_bytes(b"\x81\x8d\x8f\x90" * 40)
    synced.run("sync")
    stale = checks(synced)["stale"]
    seen = "1 documents of wiki can't be read now and answer from their version of before"
    assert (stale["status"], stale["seen"]) == ("warning", seen)


def test_no_sources_is_a_warning(synced: Company) -> None:
    """With what to add."""
    synced.write("kennisbot.toml", SETTINGS.split("[[sources]]")[0])
    assert checks(synced)["sources"] == {
        "name": "sources",
        "status": "warning",
        "seen": "no source is configured",
        "remedy": "Add a [[sources]] table to the settings.",
    }


def test_documents_that_could_not_be_read_are_told(company: Company) -> None:
    """How many, and the first with its reason and remedy."""
    company.write("wiki/plan.md", "---\naccess: 5\n---\nText")
    company.run("sync")
    source = checks(company)["source wiki"]
    assert source["status"] == "warning"
    assert source["seen"].startswith("2 documents; 1 could not be read, first plan.md: `access` in its front matter")
    assert source["remedy"].startswith("Write for `access`")


def test_documents_that_nobody_may_read_are_told(company: Company) -> None:
    """With where to say who may."""
    company.write("wiki/secret.md", "---\naccess: []\n---\n# Secret\n\nText")
    company.run("sync")
    access = checks(company)["access"]
    assert (access["status"], access["seen"]) == (
        "warning",
        "nobody may read 1 documents of wiki: nothing says who may",
    )


def test_no_people_file_is_a_warning(synced: Company) -> None:
    """Everything works, but nobody is in a group."""
    synced.write("kennisbot.toml", SETTINGS.replace('people_file = "people.toml"', ""))
    assert checks(synced)["people"]["status"] == "warning"


def test_broken_people_file_is_told(synced: Company) -> None:
    """With the place in it."""
    synced.write("people.toml", "[[people]]\nmail = 'sanne'\n")
    people = checks(synced)["people"]
    assert people["status"] == "failed"
    assert "people.toml: people[0].email: is missing" in people["seen"]


def test_broken_settings_end_it(company: Company) -> None:
    """All problems are told; without settings there is nothing else to check; exit code 2."""
    company.write("kennisbot.toml", "languages = []\n[log]\nlevel = 'loud'\n")
    result = company.run("doctor", "--json")
    found = json.loads(result.stdout)["checks"]
    assert result.exit_code == 2
    assert [(check["name"], check["status"]) for check in found] == [("settings", "failed")] * 2
    assert {"languages", "log.level"} <= {word.strip(":") for check in found for word in check["seen"].split()}


WEB = '[web]\naccess_token = "a-long-secret-for-people"\n'


@pytest.mark.parametrize(
    ("web", "status", "seen"),
    [
        ("", "ok", "who reaches it from this machine is an employee in no group"),
        (WEB, "ok", "who has the access token is an employee in no group"),
        (f'{WEB}person = "sanne@company.example"', "ok", "who has the access token is sanne@company.example"),
        (f'{WEB}person = "sane@company.example"', "failed", "Did you mean sanne@company.example?"),
        ("[web]\ndemo = true", "warning", "every visitor may be anybody"),
    ],
)
def test_who_may_use_the_page_is_told(synced: Company, web: str, status: str, seen: str) -> None:
    """An administrator sees at once for whom the door is open."""
    synced.write("kennisbot.toml", f"{SETTINGS}{web}\n")
    found = checks(synced)["page"]
    assert found["status"] == status
    assert seen in found["seen"]
    assert "secret" not in str(found)


def test_database_that_is_damaged_is_told(synced: Company) -> None:
    """With what to do, and the other checks go on."""
    synced.write(".kennisbot/bot.sqlite", "this is no database" * 100)
    found = checks(synced)
    assert found["storage"]["status"] == "failed"
    assert "is damaged" in found["storage"]["seen"]
    assert "backup" in found["storage"]["remedy"]
    assert found["index"]["status"] == "ok"


def test_little_room_on_the_disk_is_a_warning(synced: Company, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before a sync fails half-way."""
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(100, 90, 10))
    disk = checks(synced)["disk"]
    assert (disk["status"], disk["seen"]) == ("warning", f"0.0 GB free at {synced.folder / '.kennisbot'}")
    assert "Make room" in disk["remedy"]


def test_clock_that_is_years_behind_is_told(synced: Company, monkeypatch: pytest.MonkeyPatch) -> None:
    """Platforms refuse requests that seem to come from another time."""

    class Past(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> Self:
            return cls(1970, 1, 1, tzinfo=tz)

    monkeypatch.setattr("datetime.datetime", Past)
    result = synced.run("doctor")
    assert result.exit_code == 1
    assert f"failed   clock: {datetime(1970, 1, 1, tzinfo=UTC):%Y-%m-%d %H:%M} UTC" in result.stdout


def test_index_of_too_many_chunks_is_a_warning(synced: Company, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the store that is made for more."""
    monkeypatch.setattr("pipelines.document_store.sqlite.CHUNK_LIMIT", 0)
    index = checks(synced)["index"]
    assert index["status"] == "warning"
    assert "Weaviate" in index["remedy"]


def test_unusable_cursors_are_told(synced: Company) -> None:
    """As a finding, not as a crash."""
    for file in (synced.folder / ".kennisbot").glob("cursors*"):
        file.unlink()
    synced.write(".kennisbot/cursors.sqlite", "no cursors at all" * 100)
    source = checks(synced)["source wiki"]
    assert source["status"] == "failed"
    assert "cursors.sqlite" in source["seen"]
