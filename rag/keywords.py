"""The keyword leg: trigrams in the database, tolerant to endings. FTS5 on SQLite, a tsvector with GIN on PostgreSQL.

What is indexed is not the text but its folded words, each after a blank, and the tags of their meanings: so a stem is
found at the beginning of a word only, and a word of a known meaning by one trigram.
"""

from collections.abc import Sequence
from typing import Final

import sqlalchemy as sa

from rag.lexicon import find_meaning, meanings
from rag.terms import stems, words

MOST_TERMS: Final = 8
MOST_PASSAGES: Final = 2000
"""A term found in more passages than this says so little that the rest is not counted."""

_SHORTEST: Final = 2
_TRIGRAM: Final = 3
_INFLECTED: Final = 4
"""Words shorter than this must be equal: as a beginning, "tea" would find "team"."""

_ADD = sa.text("INSERT INTO passages_fts (rowid, text) VALUES (:id, :text)")
_REMOVE = sa.text("DELETE FROM passages_fts WHERE rowid = :id")
_ADD_POSTGRES = sa.text("UPDATE passages SET trigrams = array_to_tsvector(:trigrams) WHERE id = :id")

_SCAN = "SELECT * FROM (SELECT {n} AS term, rowid AS id FROM passages_fts WHERE passages_fts MATCH :q{n} LIMIT :most)"
_SCAN_POSTGRES = (
    "(SELECT {n} AS term, id FROM passages WHERE trigrams @@ CAST(:q{n} AS tsquery) LIMIT CAST(:most AS integer))"
)


def search_terms(text: str) -> list[str]:
    """What trigrams can find of a question: a stem or a meaning's tag each; the longest words first, they say most."""
    found = sorted((term for term in stems(text) if len(term) >= _SHORTEST), key=len, reverse=True)
    return list(dict.fromkeys(find_meaning(term) or _at_beginning(term) for term in found[:MOST_TERMS]))


def add(conn: sa.Connection, passage_id: int, text: str) -> None:
    """Index a passage's text, in place of what was indexed for it before."""
    if conn.dialect.name == "sqlite":
        remove(conn, [passage_id])
        conn.execute(_ADD, {"id": passage_id, "text": _indexed(text)})
    else:
        conn.execute(_ADD_POSTGRES, {"id": passage_id, "trigrams": sorted(_trigrams(_indexed(text)))})


def remove(conn: sa.Connection, ids: Sequence[int]) -> None:
    """PostgreSQL keeps the trigrams in the passage's own row: they go with it."""
    if conn.dialect.name == "sqlite" and ids:
        conn.execute(_REMOVE, [{"id": passage_id} for passage_id in ids])


def find(conn: sa.Connection, terms: Sequence[str]) -> list[frozenset[int]]:
    """For each term the ids of the passages that hold it."""
    if not terms:
        return []
    is_sqlite = conn.dialect.name == "sqlite"
    return _scan(conn, [_phrase(term) if is_sqlite else _tsquery(term) for term in terms])


def find_mentions(conn: sa.Connection, wanted: Sequence[Sequence[Sequence[str]]]) -> list[frozenset[int]]:
    """For each list of groups the ids of the passages that hold of every group at least one; a group is of
    beginnings of words, or of several words in a row."""
    if not wanted:
        return []
    is_sqlite = conn.dialect.name == "sqlite"
    form, any_of, all_of = (_phrase, " OR ", " AND ") if is_sqlite else (_tsquery, " | ", " & ")
    queries = []
    for groups in wanted:
        begun = [[form(term) for stem in group if len(term := _begun(stem)) >= _TRIGRAM] for group in groups]
        queries.append(all_of.join(f"({any_of.join(terms)})" for terms in begun if terms))
    return _scan(conn, queries)


def _scan(conn: sa.Connection, queries: Sequence[str]) -> list[frozenset[int]]:
    scan = _SCAN if conn.dialect.name == "sqlite" else _SCAN_POSTGRES
    statement = sa.text(" UNION ALL ".join(scan.format(n=n) for n in range(len(queries))))
    found: list[set[int]] = [set() for _ in queries]
    parameters = {f"q{n}": query for n, query in enumerate(queries)}
    for term, passage_id in conn.execute(statement, {**parameters, "most": MOST_PASSAGES}):
        found[term].add(passage_id)
    return [frozenset(ids) for ids in found]


def _indexed(text: str) -> str:
    said = words(text)
    return f" {' '.join(said)} {' '.join(sorted(meanings(said)))}"


def _at_beginning(term: str) -> str:
    return f" {term}" if len(term) >= _INFLECTED else f" {term} "


def _begun(stem: str) -> str:
    """As it stands in what is indexed; a blank at the end is the end of a word."""
    said = " ".join(words(stem))
    return f" {said}{' ' if stem.endswith(' ') else ''}" if said else ""


def _phrase(term: str) -> str:
    return '"' + term.replace('"', '""') + '"'


def _tsquery(term: str) -> str:
    """All trigrams of the term. Quoted, so that no character of it is read as an operator."""
    quoted = ("'" + gram.replace("\\", "\\\\").replace("'", "''") + "'" for gram in sorted(_trigrams(term)))
    return f"({' & '.join(quoted)})"


def _trigrams(text: str) -> set[str]:
    return {text[at : at + 3] for at in range(len(text) - 2)}
