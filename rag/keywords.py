"""The keyword leg: trigrams in the database, tolerant to endings. FTS5 on SQLite, a tsvector with GIN on PostgreSQL."""

from collections.abc import Sequence
from typing import Final

import sqlalchemy as sa

from rag.terms import fold, stems

MOST_TERMS: Final = 8
_SHORTEST: Final = 3

_ADD = sa.text("INSERT INTO passages_fts (rowid, text) VALUES (:id, :text)")
_REMOVE = sa.text("DELETE FROM passages_fts WHERE rowid = :id")
_SEARCH = sa.text("SELECT rowid FROM passages_fts WHERE passages_fts MATCH :terms ORDER BY rank LIMIT :limit")

_ADD_POSTGRES = sa.text("UPDATE passages SET trigrams = array_to_tsvector(:trigrams) WHERE id = :id")
_WEIGH_POSTGRES = """
WITH matched AS ({scans}),
     counted AS (SELECT id, count(*) OVER (PARTITION BY term) AS passages, count(*) OVER () AS everything FROM matched)
SELECT id FROM counted GROUP BY id ORDER BY sum(ln(1 + everything::float / passages)) DESC, id LIMIT :limit
"""


def search_terms(text: str) -> list[str]:
    """Stems that trigrams can find, the longest first: those say most."""
    found = [term for term in stems(text) if len(term) >= _SHORTEST]
    return sorted(found, key=len, reverse=True)[:MOST_TERMS]


def add(conn: sa.Connection, passage_id: int, text: str) -> None:
    if conn.dialect.name == "sqlite":
        conn.execute(_ADD, {"id": passage_id, "text": fold(text)})
    else:
        conn.execute(_ADD_POSTGRES, {"id": passage_id, "trigrams": sorted(_trigrams(fold(text)))})


def remove(conn: sa.Connection, ids: Sequence[int]) -> None:
    """PostgreSQL keeps the trigrams in the passage's own row: they go with it."""
    if conn.dialect.name == "sqlite":
        for passage_id in ids:
            conn.execute(_REMOVE, {"id": passage_id})


def search(conn: sa.Connection, terms: Sequence[str], limit: int) -> list[int]:
    """Ids of passages that hold some of the terms, best first; rare terms weigh more."""
    if not terms:
        return []
    if conn.dialect.name == "sqlite":
        match = " OR ".join('"' + term.replace('"', '""') + '"' for term in terms)
        return list(conn.execute(_SEARCH, {"terms": match, "limit": limit}).scalars())
    return _search_postgres(conn, terms, limit)


def _search_postgres(conn: sa.Connection, terms: Sequence[str], limit: int) -> list[int]:
    # One index scan a term: asking each row for each term would unpack its trigrams every time.
    scans = " UNION ALL ".join(
        f"SELECT id, {n} AS term FROM passages WHERE trigrams @@ CAST(:q{n} AS tsquery)" for n in range(len(terms))
    )
    queries = {f"q{n}": _tsquery(term) for n, term in enumerate(terms)}
    found = sa.text(_WEIGH_POSTGRES.format(scans=scans))
    return list(conn.execute(found, {**queries, "limit": limit}).scalars())


def _tsquery(term: str) -> str:
    """All trigrams of the term. Quoted, so that no character of it is read as an operator."""
    quoted = ("'" + gram.replace("\\", "\\\\").replace("'", "''") + "'" for gram in sorted(_trigrams(term)))
    return " & ".join(quoted)


def _trigrams(text: str) -> set[str]:
    """Within words only: a blank inside would tie neighbours together."""
    return {word[at : at + 3] for word in text.split() for at in range(len(word) - 2)}
