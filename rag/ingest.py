"""Documents in: split, embedded once, kept in SQL, then shown to the index."""

import asyncio
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import sqlalchemy as sa

from core.domain.turn import Vector
from core.errors import SellerError
from core.ports import Clock, Document, Embedder
from core.storage.database import Database
from rag import passages as stored
from rag.calibrate import find_calibration
from rag.passages import Embedded, NewPassage
from rag.plan import Plan, document_digest, embedded_sentences, embedded_text, group, passage_digest, plan
from rag.split import Piece
from rag.vectors import VectorLeg

LEARNED: Final = "learned/"
"""Sources that begin so came from people's corrections; making the store equal to a folder leaves them alone."""

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class SyncReport:
    added: int
    changed: int
    unchanged: int
    removed: int
    embedded: int
    """Passages that needed the embedder."""
    troubles: tuple[SellerError, ...] = ()
    """Sources that could not be read; what was known of them stays."""


class Ingest:
    """The writing side of the knowledge. One document changes as a whole: until then its old text is found."""

    def __init__(self, *, database: Database, embedder: Embedder, vectors: VectorLeg, clock: Clock) -> None:
        self._database = database
        self._embedder = embedder
        self._vectors = vectors
        self._clock = clock
        self._reads_sentences = find_calibration(embedder.name).reads_sentences
        self._alone = asyncio.Lock()

    async def add(self, document: Document) -> int:
        """Passages written; 0 when nothing changed."""
        async with self._alone:
            sources = await self._database.read(stored.list_sources)
            if any(known.source == document.source and self._is_same(known.digest, document) for known in sources):
                return 0
            written, _ = await self._store([plan(document, self._embedder.name)])
            return written

    async def retract(self, source: str) -> int:
        """Passages removed."""
        async with self._alone:
            removed = await self._remove(source)
            await self._vectors.refresh()
            return removed

    async def sync(
        self, documents: Iterable[Document], progress: Progress | None = None, *, keep: Collection[str] = ()
    ) -> SyncReport:
        """Make the store equal to these documents (but for what was learned). `progress(done, of)` counts documents.

        `keep` names sources that exist but could not be read now: their passages stay.
        """
        wanted = {document.source: document for document in documents}
        async with self._alone:
            known = {source.source: source.digest for source in await self._database.read(stored.list_sources)}
            stale = [doc for doc in wanted.values() if not self._is_same(known.get(doc.source), doc)]
            embedded = await self._store_all(stale, len(wanted), progress) + await self._renew_learned()
            # Last, so that a renamed document finds its vectors under the old name.
            stays = {*wanted, *keep}
            gone = [source for source in known if source not in stays and not source.startswith(LEARNED)]
            for source in gone:
                await self._remove(source)
            await self._vectors.refresh()
        new = sum(document.source not in known for document in stale)
        return SyncReport(new, len(stale) - new, len(wanted) - len(stale), len(gone), embedded)

    async def _store_all(self, documents: Sequence[Document], total: int, progress: Progress | None) -> int:
        name = self._embedder.name
        plans = await asyncio.to_thread(lambda: [plan(document, name) for document in documents])
        embedded = 0
        done = total - len(plans)
        for portion in group(plans):
            embedded += (await self._store(portion))[1]
            done += len(portion)
            if progress:
                progress(done, total)
        return embedded

    async def _store(self, plans: Sequence[Plan]) -> tuple[int, int]:
        """Rows written and texts embedded. One short transaction a document, after the slow part."""
        pieces = {digest: piece for each in plans for digest, piece in each.by_digest.items()}
        vectors = await self._database.read(lambda conn: stored.find_vectors(conn, pieces))
        missing = [digest for digest in pieces if digest not in vectors]
        made = await self._embed([pieces[digest] for digest in missing])
        vectors.update(zip(missing, made, strict=True))
        written = 0
        for each in plans:
            written += await self._save(each, vectors)
        await self._vectors.refresh()
        return written, len(missing)

    async def _save(self, each: Plan, vectors: Mapping[str, Embedded]) -> int:
        pairs = zip(each.pieces, each.digests, strict=True)
        passages = [NewPassage(piece, digest, vectors[digest]) for piece, digest in pairs]
        now = self._clock.now()
        return await self._database.write(
            lambda conn: stored.save_document(conn, each.document, each.digest, passages, now)
        )

    async def _remove(self, source: str) -> int:
        return await self._database.write(lambda conn: stored.remove_document(conn, source))

    async def _renew_learned(self) -> int:
        """What was learned has no file to come from again: another embedder reads it from SQL."""
        held = await self._database.read(lambda conn: stored.list_texts(conn, LEARNED))
        named = [
            (passage_id, piece, passage_digest(piece, self._embedder.name), old) for passage_id, piece, old in held
        ]
        stale = [(passage_id, piece, digest) for passage_id, piece, digest, old in named if digest != old]
        if not stale:
            return 0
        made = await self._embed([piece for _, piece, _ in stale])

        def work(conn: sa.Connection) -> None:
            for (passage_id, _, digest), embedded in zip(stale, made, strict=True):
                stored.renew_vectors(conn, passage_id, digest, embedded, self._clock.now())

        await self._database.write(work)
        return len(stale)

    async def _embed(self, pieces: Sequence[Piece]) -> list[Embedded]:
        """Their sentences too, where this embedder's are known to tell an answer."""
        if not pieces:
            return []
        parts = [embedded_sentences(piece) if self._reads_sentences else [] for piece in pieces]
        texts = [text for piece, own in zip(pieces, parts, strict=True) for text in (embedded_text(piece), *own)]
        rows = iter(_packed(await self._embedder.embed_passages(texts)))
        return [Embedded(next(rows), b"".join(next(rows) for _ in own)) for own in parts]

    def _is_same(self, digest: str | None, document: Document) -> bool:
        return digest == document_digest(document, self._embedder.name)


def _packed(vectors: Sequence[Vector]) -> list[bytes]:
    return [np.asarray(vector, dtype=np.float32).tobytes() for vector in vectors]
