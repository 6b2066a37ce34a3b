"""Documents in: split, embedded once, kept in SQL, then shown to the index."""

import asyncio
import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import sqlalchemy as sa

from core.domain.turn import Vector
from core.ports import Clock, Document, Embedder
from core.storage.database import Database
from rag import passages as stored
from rag.passages import NewPassage
from rag.sources.markdown import read_markdown
from rag.split import Piece, split_markdown
from rag.vectors import VectorLeg

LEARNED: Final = "learned/"
"""Sources that begin so came from people's corrections; making the store equal to a folder leaves them alone."""

_TEXTS_AT_ONCE: Final = 64
# Part of every hash: raise it when splitting changes, and everything is split again.
_SPLITTER: Final = "1"

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class SyncReport:
    added: int
    changed: int
    unchanged: int
    removed: int
    embedded: int
    """Passages that needed the embedder."""


@dataclass(frozen=True, slots=True)
class _Plan:
    """One document as it will be stored."""

    document: Document
    digest: str
    pieces: tuple[Piece, ...]
    digests: tuple[str, ...]


class Ingest:
    """The writing side of the knowledge. One document changes as a whole: until then its old text is found."""

    def __init__(self, *, database: Database, embedder: Embedder, vectors: VectorLeg, clock: Clock) -> None:
        self._database = database
        self._embedder = embedder
        self._vectors = vectors
        self._clock = clock
        self._alone = asyncio.Lock()

    async def add(self, document: Document) -> int:
        """Passages written; 0 when nothing changed."""
        async with self._alone:
            if await self._known_digest(document.source) == self._digest(document):
                return 0
            written, _ = await self._store([self._plan(document)])
            return written

    async def retract(self, source: str) -> int:
        """Passages removed."""
        async with self._alone:
            removed = await self._database.write(lambda conn: stored.remove_document(conn, source))
            await self._vectors.refresh()
            return removed

    async def sync(self, documents: Iterable[Document], progress: Progress | None = None) -> SyncReport:
        """Make the store equal to these documents (but for what was learned). `progress(done, of)` counts documents."""
        wanted = {document.source: document for document in documents}
        async with self._alone:
            sources = await self._database.read(stored.list_sources)
            known = {source.source: source.digest for source in sources}
            gone = [source for source in known if source not in wanted and not source.startswith(LEARNED)]
            await self._database.write(lambda conn: [stored.remove_document(conn, source) for source in gone])
            stale = [self._plan(d) for d in wanted.values() if known.get(d.source) != self._digest(d)]
            embedded = await self._store_all(stale, len(wanted), progress) + await self._renew_learned()
            await self._vectors.refresh()
        new = sum(plan.document.source not in known for plan in stale)
        return SyncReport(new, len(stale) - new, len(wanted) - len(stale), len(gone), embedded)

    async def _store_all(self, plans: Sequence[_Plan], total: int, progress: Progress | None) -> int:
        embedded = 0
        done = total - len(plans)
        for group in _groups(plans):
            embedded += (await self._store(group))[1]
            done += len(group)
            if progress:
                progress(done, total)
        return embedded

    async def _store(self, plans: Sequence[_Plan]) -> tuple[int, int]:
        """Rows written and texts embedded. The slow part is over before the transaction begins."""
        texts = {
            digest: _text(piece) for plan in plans for piece, digest in zip(plan.pieces, plan.digests, strict=True)
        }
        vectors = await self._database.read(lambda conn: stored.find_vectors(conn, texts))
        missing = [digest for digest in texts if digest not in vectors]
        if missing:
            made = await self._embedder.embed_passages([texts[digest] for digest in missing])
            vectors.update(zip(missing, _packed(made), strict=True))
        written = await self._database.write(lambda conn: self._save(conn, plans, vectors))
        await self._vectors.refresh()
        return written, len(missing)

    async def _renew_learned(self) -> int:
        """What was learned has no file to come from again: another embedder reads it from SQL."""
        held = await self._database.read(lambda conn: stored.list_texts(conn, LEARNED))
        stale = [(passage_id, piece) for passage_id, piece, digest in held if digest != self._passage_digest(piece)]
        if not stale:
            return 0
        vectors = _packed(await self._embedder.embed_passages([_text(piece) for _, piece in stale]))

        def work(conn: sa.Connection) -> None:
            for (passage_id, piece), vector in zip(stale, vectors, strict=True):
                stored.renew_vector(conn, passage_id, self._passage_digest(piece), vector, self._clock.now())

        await self._database.write(work)
        return len(stale)

    def _save(self, conn: sa.Connection, plans: Sequence[_Plan], vectors: dict[str, bytes]) -> int:
        written = 0
        for plan in plans:
            new = [
                NewPassage(piece, digest, vectors[digest])
                for piece, digest in zip(plan.pieces, plan.digests, strict=True)
            ]
            written += stored.save_document(conn, plan.document, plan.digest, new, self._clock.now())
        return written

    async def _known_digest(self, source: str) -> str | None:
        sources = await self._database.read(stored.list_sources)
        return next((known.digest for known in sources if known.source == source), None)

    def _plan(self, document: Document) -> _Plan:
        pieces = tuple(split_markdown(read_markdown(document.text)))
        digests = tuple(self._passage_digest(piece) for piece in pieces)
        return _Plan(document, self._digest(document), pieces, digests)

    def _digest(self, document: Document) -> str:
        return _hash(_SPLITTER, self._embedder.name, document.topic, document.language, document.text)

    def _passage_digest(self, piece: Piece) -> str:
        return _hash(self._embedder.name, _text(piece))


def _groups(plans: Sequence[_Plan]) -> Iterable[list[_Plan]]:
    """Documents together until there is enough for the embedder to be busy with."""
    group: list[_Plan] = []
    for plan in plans:
        group.append(plan)
        if sum(len(held.pieces) for held in group) >= _TEXTS_AT_ONCE:
            yield group
            group = []
    if group:
        yield group


def _text(piece: Piece) -> str:
    """What is embedded: the headings say what the text is about."""
    return f"{piece.heading}\n{piece.text}" if piece.heading else piece.text


def _packed(vectors: Sequence[Vector]) -> list[bytes]:
    return [np.asarray(vector, dtype=np.float32).tobytes() for vector in vectors]


def _hash(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()
