"""A small data set in BEIR's layout, with the expected answers beside it."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

FILLERS = 30
"""Documents about nothing that is asked, so that thresholds can be made."""

DOCUMENTS = {
    "holidays": "Holidays are for everyone.\n\n## Days\n\nFull-timers have 25 holidays each year.",
    "part-time": "Part-timers have holidays in proportion to their hours.",
    "bicycles": "Staff lease a bicycle for 36 months.\n\n## Repairs\n\nThe shop repairs a broken bicycle.",
    **{f"filler-{n}": f"The topic{n} of room{n} concerns theme{n} for all people{n} there." for n in range(FILLERS)},
}
QUERIES = {
    "q-days": "How many holidays do full-timers have each year?",
    "q-days-again": "How many holidays do full-timers have in each year?",
    "q-bicycle": "For how many months do staff lease a bicycle?",
    "q-moon": "Zebra quartz umbrella moon?",
}
RELEVANT = {"q-days": ["holidays"], "q-days-again": ["holidays"], "q-bicycle": ["bicycles"]}
ANSWERS = (
    {"query-id": "q-days", "answerable": True, "section": 1, "answer": "Full-timers have 25 holidays each year."},
    {"query-id": "q-bicycle", "answerable": True, "section": 0},
    {"query-id": "q-moon", "answerable": False},
)


def write_dataset(folder: Path, answers: Iterable[Mapping[str, Any]] = ANSWERS) -> Path:
    """Write it to `folder`, and return that; with no `answers` there is no answers.jsonl."""
    return write_layout(folder, DOCUMENTS, QUERIES, RELEVANT, answers)


def write_layout(
    folder: Path,
    documents: Mapping[str, str],
    queries: Mapping[str, str],
    relevant: Mapping[str, Iterable[str]],
    answers: Iterable[Mapping[str, Any]] = (),
) -> Path:
    """Write documents and questions, by their ids, to `folder`, and return that."""
    (folder / "qrels").mkdir(parents=True)
    _write(folder / "corpus.jsonl", ({"_id": id_, "title": "", "text": text} for id_, text in documents.items()))
    _write(folder / "queries.jsonl", ({"_id": id_, "text": text} for id_, text in queries.items()))
    judged = [f"{query}\t{document}\t1" for query, right in relevant.items() for document in right]
    (folder / "qrels" / "test.tsv").write_text("\n".join(["query-id\tcorpus-id\tscore", *judged]), "utf-8")
    if answers:
        _write(folder / "answers.jsonl", answers)
    return folder


def _write(path: Path, lines: Iterable[Mapping[str, Any]]) -> None:
    path.write_text("".join(f"{json.dumps(line)}\n" for line in lines), "utf-8")
