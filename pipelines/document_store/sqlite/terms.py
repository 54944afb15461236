"""The index by words: the terms of chunks written, removed and searched in FTS5 tables.

The tables are contentless, so a chunk's terms are made from its text again where they have to be
removed: whoever changes a text removes its terms first.
"""

import math
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence

from haystack import Document

from pipelines.analysis import fourgrams, searched_text, stems

Keyed = Sequence[tuple[int, Document]]
"""Chunks of one document, in order, with their keys."""

RAREST_GRAMS = 32
"""So many of a question's 4-grams are searched, the rarest ones: over 2,900 chunks 40 took 7 ms and 24 took 5,
against 9 for all, and with either nDCG@10 of the whole stayed within .002 on both sets it was measured on."""

_COLUMNS = {"stem_terms": "stems", "fourgram_terms": "fourgrams"}
_SEARCH = """SELECT {table}.rowid, -bm25({table}) AS score
    FROM {table}
    WHERE {table} MATCH :terms AND +{table}.rowid IN ({readable}) ORDER BY score DESC, 1 LIMIT :limit"""


def add_terms(connection: sqlite3.Connection, chunks: Keyed) -> None:
    """Make chunks searchable by their terms."""
    for table, rows in _terms(chunks):
        sql = f"INSERT INTO {table} (rowid, {_COLUMNS[table]}) VALUES (?, ?)"  # noqa: S608 - constants
        connection.executemany(sql, rows)


def remove_terms(connection: sqlite3.Connection, chunks: Keyed) -> None:
    """Undo `add_terms`: a contentless index must be told the very terms that it was given."""
    for table, rows in _terms(chunks):
        sql = f"INSERT INTO {table} ({table}, rowid, {_COLUMNS[table]}) VALUES ('delete', ?, ?)"  # noqa: S608 - constants
        connection.executemany(sql, rows)


def search_query(table: str, readable: str) -> str:
    """Return the SQL that finds (chunk key, BM25 score), best first, for :terms, :limit and what `readable` needs."""
    return _SEARCH.format(table=table, readable=readable)


def any_of(terms: Iterable[str]) -> str:
    """Return an FTS5 query for any of `terms`; each in quotes, so that none is taken for an operator."""
    return " OR ".join(f'"{term}"' for term in dict.fromkeys(terms))


def rarest_fourgrams(connection: sqlite3.Connection, question: str) -> list[str]:
    """Return those 4-grams of `question` that the fewest chunks have."""
    found = _frequencies(connection, "fourgram_frequencies", dict.fromkeys(fourgrams(question)))
    return sorted((gram for gram, count in found.items() if count), key=lambda gram: found[gram])[:RAREST_GRAMS]


def weights(connection: sqlite3.Connection, terms: Iterable[str]) -> dict[str, float]:
    """Return the idf of stems: how much a chunk that has one stands out."""
    count = connection.execute("SELECT count(*) FROM chunks").fetchone()[0]
    found = _frequencies(connection, "stem_frequencies", terms)
    return {term: math.log(1 + (count - n + 0.5) / (n + 0.5)) for term, n in found.items()}


def _frequencies(connection: sqlite3.Connection, table: str, terms: Iterable[str]) -> Mapping[str, int]:
    query = f"SELECT doc FROM {table} WHERE term = ? "  # noqa: S608 - constants
    rows = {term: connection.execute(query, [term]).fetchone() for term in terms}
    return {term: row[0] if row else 0 for term, row in rows.items()}


def _terms(chunks: Keyed) -> Iterator[tuple[str, list[tuple[int, str]]]]:
    """Yield each table with its rows: key and terms."""
    texts = [(key, searched_text(chunk), str(chunk.meta.get("language", "en"))) for key, chunk in chunks]
    yield "stem_terms", [(key, " ".join(stems(text, language))) for key, text, language in texts]
    yield "fourgram_terms", [(key, " ".join(fourgrams(text))) for key, text, _ in texts]
