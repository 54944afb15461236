"""Documents by what people call them."""

import pytest
from haystack import Document

from pipelines.evaluation.document_lookup import DocumentLookup, NotFound
from tests.pipelines.chunks import metadata


def _document(id_: str, title: str, **meta: object) -> Document:
    return Document(id=id_, content="Text.", meta=metadata(id_, title=title, **meta))


LEAVE, MAIL, PLAN = "wiki/hr/leave days.md", "wiki/mail/offer.eml", "notes/Plan.md"
LOOKUP = DocumentLookup(
    [
        _document(LEAVE, "Leave  days", url="https://Wiki.example/hr/leave%20days.md#{anchor}"),
        _document("wiki/hr/sick.md", "Sick leave", url="https://wiki.example/pages?id=7&s={anchor}"),
        _document(MAIL, "Offer", url="https://wiki.example/mail/offer.eml"),
        _document(f"{MAIL}/prices.pdf", "Prices", url="https://wiki.example/mail/offer.eml", part_of=MAIL),
        _document("wiki/2024/plan.md", "Plan"),
        _document(PLAN, "Plan", url="file:///srv/notes/Plan.md"),
        _document("notes/untitled.md", "", url=""),
        _document("notes/re\u0301sume\u0301.md", "Re\u0301sume\u0301"),
    ]
)  # fmt: skip


@pytest.mark.parametrize(
    "name",
    [
        LEAVE,
        "WIKI/HR/Leave Days.md",
        "hr/leave days.md",
        "./hr/leave days.md",
        "hr\\leave days.md",
        "leave days.md",
        "leave days",
        "LEAVE DAYS",
        "https://wiki.example/hr/leave%20days.md",
        "http://WIKI.example/hr/leave days.md/",
        "https://wiki.example/hr/leave%20days.md#part-time",
        "wiki.example/hr/leave%20days.md",
    ],
)
def test_document_has_many_names(name: str) -> None:
    """Its id, its path, its file, its title and its link, as they are copied, typed or remembered."""
    assert LOOKUP.find(name) == LEAVE


@pytest.mark.parametrize(
    ("name", "id_"),
    [
        ("https://wiki.example/pages?id=7&s=", "wiki/hr/sick.md"),
        ("https://wiki.example/mail/offer.eml", MAIL),
        ("prices.pdf", f"{MAIL}/prices.pdf"),
        ("mail/offer.eml/prices.pdf", f"{MAIL}/prices.pdf"),
        ("/srv/notes/Plan.md", PLAN),
        ("file:///srv/notes/Plan.md", PLAN),
        ("notes/plan.md", PLAN),
        ("2024/plan.md", "wiki/2024/plan.md"),
        ("résumé", "notes/re\u0301sume\u0301.md"),
    ],
)
def test_each_name_leads_to_its_own(name: str, id_: str) -> None:
    """A file inside a mail shares the mail's link, which leads to the mail; letters may be written in two ways."""
    assert LOOKUP.find(name) == id_


def _refused(name: str, lookup: DocumentLookup = LOOKUP) -> NotFound:
    found = lookup.find(name)
    assert isinstance(found, NotFound)
    return found


def test_ambiguous_name_is_refused() -> None:
    """Both are named, and none is chosen."""
    refused = _refused("plan")
    assert refused.reason == "2 documents are called that: wiki/2024/plan.md and notes/Plan.md"
    assert "by its id" in refused.remedy


def test_exact_id_goes_before_one_in_other_capitals() -> None:
    """File systems tell "Leave.md" from "leave.md"; whoever writes the one means it."""
    lookup = DocumentLookup([_document("wiki/Leave.md", "A"), _document("wiki/leave.md", "B")])
    assert [lookup.find(name) for name in ("wiki/Leave.md", "wiki/leave.md")] == ["wiki/Leave.md", "wiki/leave.md"]
    assert "2 documents" in _refused("wiki/LEAVE.md", lookup).reason


def test_long_list_of_equals_is_cut() -> None:
    """An index may have a hundred documents called "Introduction"."""
    lookup = DocumentLookup([_document(f"wiki/{n}.md", "Introduction") for n in range(5)])
    reason = _refused("introduction", lookup).reason
    assert reason == "5 documents are called that: wiki/0.md, wiki/1.md, wiki/2.md and 2 more"


@pytest.mark.parametrize(
    ("name", "nearest"),
    [
        ("hr/leave-days.md", LEAVE),
        ("leav days", LEAVE),
        ("Sick leaves", "wiki/hr/sick.md"),
        ("https://wiki.example/hr/leave_days.md", LEAVE),
    ],
)
def test_nearest_is_named(name: str, nearest: str) -> None:
    """One wrong letter is seen at once."""
    assert _refused(name).reason == f"it is not in the index; the nearest is {nearest}"


@pytest.mark.parametrize("name", ["Bicycles", "https://wiki.example/facilities/parking", "https://[wiki/leave"])
def test_nothing_is_named_where_nothing_is_near(name: str) -> None:
    """A far-fetched guess would cost more than it helps; it may not be synced yet."""
    refused = _refused(name)
    assert "nearest" not in refused.reason
    assert "sync" in refused.remedy


def test_unknown_host_is_told() -> None:
    """The likeliest reason then is that the source is missing, or has no links."""
    refused = _refused("https://intranet.example/hr/leave%20days.md")
    assert refused.reason == "no document of the index has a link to intranet.example"
    assert "`url`" in refused.remedy


def test_host_that_begins_alike_is_another() -> None:
    """wiki.example is not wiki.example.org."""
    assert "a link to wiki.example.org" in _refused("https://wiki.example.org/hr/leave%20days.md").reason
    assert "a link to wiki.exam" in _refused("https://wiki.exam/hr/leave%20days.md").reason


def test_empty_index_has_nothing() -> None:
    """And does not fail."""
    assert _refused("leave", DocumentLookup([])).reason == "it is not in the index"
