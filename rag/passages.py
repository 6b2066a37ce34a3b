"""Documents and passages in SQL: the truth that every index can be rebuilt from."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NewType

import numpy as np
import numpy.typing as npt
import sqlalchemy as sa

from core.domain.turn import Passage
from core.ports import Document
from core.storage.tables import DocumentRow, PassageRow, table
from rag import keywords
from rag.split import Piece

Matrix = npt.NDArray[np.float32]
Revision = NewType("Revision", str)

_documents = table(DocumentRow)
_passages = table(PassageRow)
_PARAMETERS_A_STATEMENT = 500
_TICK = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Embedded:
    """Raw float32 bytes: a passage's vector, and those of its sentences one after the other where they are read."""

    vector: bytes
    sentences: bytes = b""


@dataclass(frozen=True, slots=True)
class NewPassage:
    """A piece with the hash of all that its vectors depend on."""

    piece: Piece
    digest: str
    embedded: Embedded


@dataclass(frozen=True, slots=True)
class Place:
    """Where a passage stands in the knowledge."""

    document_id: int
    topic: str
    language: str
    position: int


@dataclass(frozen=True, slots=True)
class StoredVectors:
    """`vectors[i]` is the raw vector of passage `ids[i]`; `digests[i]` says what it was made of."""

    ids: tuple[int, ...]
    digests: tuple[str, ...]
    places: tuple[Place, ...]
    vectors: Matrix
    revision: Revision


@dataclass(frozen=True, slots=True)
class Source:
    """One stored document, as lists of the knowledge show it."""

    source: str
    topic: str
    language: str
    digest: str
    updated_at: datetime
    passages: int


_FETCH = (
    sa.select(
        _passages.c.id,
        _documents.c.source,
        _documents.c.topic,
        _documents.c.language,
        _passages.c.heading,
        _passages.c.text,
    )
    .join_from(_passages, _documents)
    .where(_passages.c.id.in_(sa.bindparam("ids", expanding=True)))
)


def list_sources(conn: sa.Connection) -> list[Source]:
    counted = (
        sa.select(_documents, sa.func.count(_passages.c.id).label("passages"))
        .outerjoin(_passages, _passages.c.document_id == _documents.c.id)
        .group_by(_documents.c.id)
        .order_by(_documents.c.source)
    )
    return [
        Source(row.source, row.topic, row.language, row.digest, row.updated_at, row.passages)
        for row in conn.execute(counted)
    ]


def read_revision(conn: sa.Connection) -> Revision:
    """Changes with every change of the knowledge; cheap enough to ask at every search."""
    count, newest = conn.execute(sa.select(sa.func.count(), sa.func.max(_documents.c.updated_at))).one()
    return Revision(f"{count}/{newest.isoformat() if newest else ''}")


def find_vectors(conn: sa.Connection, digests: Iterable[str]) -> dict[str, Embedded]:
    """Vectors that some stored passage already has, by digest."""
    found: dict[str, Embedded] = {}
    columns = [_passages.c[name] for name in ("digest", "vector", "sentences")]
    for portion in _portions(list(digests)):
        chosen = sa.select(*columns).where(_passages.c.digest.in_(portion), _passages.c.vector.is_not(None))
        found.update((row.digest, Embedded(row.vector, row.sentences or b"")) for row in conn.execute(chosen))
    return found


def load_vectors(conn: sa.Connection, dimensions: int) -> StoredVectors:
    """All vectors of that many numbers: those of a former embedder wait for the next sync."""
    revision = read_revision(conn)
    columns = [_passages.c[name] for name in ("id", "digest", "vector", "document_id", "position")]
    chosen = sa.select(*columns, _documents.c.topic, _documents.c.language).join_from(_passages, _documents)
    size = dimensions * np.dtype(np.float32).itemsize
    rows = [row for row in conn.execute(chosen.order_by(_passages.c.id)) if row.vector and len(row.vector) == size]
    return StoredVectors(
        ids=tuple(row.id for row in rows),
        digests=tuple(row.digest for row in rows),
        places=tuple(Place(row.document_id, row.topic, row.language, row.position) for row in rows),
        vectors=np.frombuffer(b"".join(row.vector for row in rows), dtype=np.float32).reshape(len(rows), dimensions),
        revision=revision,
    )


def fetch_passages(conn: sa.Connection, ids: Collection[int]) -> dict[int, Passage]:
    """By id; ids that no longer exist are left out."""
    return {row.id: Passage(*row) for row in conn.execute(_FETCH, {"ids": list(ids)})}


def fetch_sentences(conn: sa.Connection, ids: Collection[int], dimensions: int) -> dict[int, Matrix]:
    """One row a sentence, by passage; those without, or of an embedder with other vectors, are left out."""
    size = dimensions * np.dtype(np.float32).itemsize
    chosen = sa.select(_passages.c.id, _passages.c.sentences).where(
        _passages.c.id.in_(ids), sa.func.length(_passages.c.vector) == size, _passages.c.sentences != b""
    )
    rows = conn.execute(chosen)
    return {row.id: np.frombuffer(row.sentences, dtype=np.float32).reshape(-1, dimensions) for row in rows}


def save_document(
    conn: sa.Connection, document: Document, digest: str, passages: Sequence[NewPassage], now: datetime
) -> int:
    """Make the stored document equal to this one; unchanged passages keep their rows. Gives the rows written."""
    document_id = _save_head(conn, document, digest, now)
    kept, missing = _match(_stored_digests(conn, document_id), passages)
    _delete_passages(conn, document_id, keep=kept.keys())
    for passage_id, passage in kept.items():
        place = {"position": passage.piece.position}
        conn.execute(sa.update(_passages).where(_passages.c.id == passage_id).values(place))
        keywords.add(conn, passage_id, f"{passage.piece.heading}\n{passage.piece.text}")
    for passage in missing:
        piece = passage.piece
        values = {
            "document_id": document_id,
            "position": piece.position,
            "heading": piece.heading,
            "text": piece.text,
            "digest": passage.digest,
            "vector": passage.embedded.vector,
            "sentences": passage.embedded.sentences,
        }
        passage_id = conn.execute(sa.insert(_passages).values(values).returning(_passages.c.id)).scalar_one()
        keywords.add(conn, passage_id, f"{piece.heading}\n{piece.text}")
    return len(missing)


def list_texts(conn: sa.Connection, source_prefix: str) -> list[tuple[int, Piece, str]]:
    """Id, piece and digest of every passage whose source begins so."""
    columns = [_passages.c[name] for name in ("id", "position", "heading", "text", "digest")]
    chosen = sa.select(*columns).join_from(_passages, _documents)
    rows = conn.execute(chosen.where(_documents.c.source.startswith(source_prefix, autoescape=True)))
    return [(row.id, Piece(row.position, row.heading, row.text), row.digest) for row in rows]


def renew_vectors(conn: sa.Connection, passage_id: int, digest: str, embedded: Embedded, now: datetime) -> None:
    """Give a passage the vectors of another embedder."""
    renewed = {"digest": digest, "vector": embedded.vector, "sentences": embedded.sentences}
    changed = sa.update(_passages).where(_passages.c.id == passage_id).values(renewed)
    document_id = conn.execute(changed.returning(_passages.c.document_id)).scalar_one()
    moved = {"updated_at": _after_all(conn, now)}
    conn.execute(sa.update(_documents).where(_documents.c.id == document_id).values(moved))


def remove_document(conn: sa.Connection, source: str) -> int:
    """Passages removed; 0 for an unknown source."""
    document_id = conn.execute(sa.select(_documents.c.id).where(_documents.c.source == source)).scalar()
    if document_id is None:
        return 0
    removed = _delete_passages(conn, document_id, keep=())
    conn.execute(sa.delete(_documents).where(_documents.c.id == document_id))
    return removed


def _save_head(conn: sa.Connection, document: Document, digest: str, now: datetime) -> int:
    values = {
        "topic": document.topic,
        "language": document.language,
        "digest": digest,
        "updated_at": _after_all(conn, now),
    }
    changed = sa.update(_documents).where(_documents.c.source == document.source).values(values)
    document_id = conn.execute(changed.returning(_documents.c.id)).scalar()
    if document_id is None:
        added = sa.insert(_documents).values(source=document.source, **values)
        document_id = conn.execute(added.returning(_documents.c.id)).scalar_one()
    return int(document_id)


def _after_all(conn: sa.Connection, now: datetime) -> datetime:
    """Later than every stored change, so that the revision changes even where the clock stands still."""
    newest: datetime | None = conn.execute(sa.select(sa.func.max(_documents.c.updated_at))).scalar()
    return max(now, newest + _TICK) if newest else now


def _stored_digests(conn: sa.Connection, document_id: int) -> list[tuple[int, str]]:
    chosen = sa.select(_passages.c.id, _passages.c.digest).where(
        _passages.c.document_id == document_id, _passages.c.vector.is_not(None)
    )
    return [(row.id, row.digest) for row in conn.execute(chosen.order_by(_passages.c.position))]


def _match(
    stored: Sequence[tuple[int, str]], passages: Sequence[NewPassage]
) -> tuple[dict[int, NewPassage], list[NewPassage]]:
    """Stored rows that serve a new passage, each once, and the passages that need a row."""
    free: dict[str, list[int]] = {}
    for passage_id, digest in stored:
        free.setdefault(digest, []).append(passage_id)
    kept: dict[int, NewPassage] = {}
    missing: list[NewPassage] = []
    for passage in passages:
        rows = free.get(passage.digest)
        if rows:
            kept[rows.pop(0)] = passage
        else:
            missing.append(passage)
    return kept, missing


def _delete_passages(conn: sa.Connection, document_id: int, *, keep: Collection[int]) -> int:
    stored = conn.execute(sa.select(_passages.c.id).where(_passages.c.document_id == document_id)).scalars()
    gone = [passage_id for passage_id in stored if passage_id not in keep]
    keywords.remove(conn, gone)
    for portion in _portions(gone):
        conn.execute(sa.delete(_passages).where(_passages.c.id.in_(portion)))
    return len(gone)


def _portions(values: list[str] | list[int]) -> Iterable[list[str] | list[int]]:
    return (values[at : at + _PARAMETERS_A_STATEMENT] for at in range(0, len(values), _PARAMETERS_A_STATEMENT))
