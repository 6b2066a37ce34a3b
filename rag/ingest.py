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
from rag.passages import Embedded, NewPassage
from rag.plan import Plan, document_digest, embedded_texts, group, plan, read_with, texts_digest
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
        self._reading = read_with(embedder.name)
        self._alone = asyncio.Lock()

    async def add(self, document: Document) -> int:
        """Passages written; 0 when nothing changed."""
        async with self._alone:
            sources = await self._database.read(stored.list_sources)
            if any(known.source == document.source and self._is_same(known.digest, document) for known in sources):
                return 0
            written, _ = await self._store([plan(document, self._reading)])
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
        plans = await asyncio.to_thread(lambda: [plan(document, self._reading) for document in documents])
        embedded = 0
        done = total - len(plans)
        for portion in group(plans):
            embedded += (await self._store(portion))[1]
            done += len(portion)
            if progress:
                progress(done, total)
        return embedded

    async def _store(self, plans: Sequence[Plan]) -> tuple[int, int]:
        """Rows written and passages embedded. One short transaction a document, after the slow part."""
        texts = {digest: own for each in plans for digest, own in each.texts.items()}
        vectors = await self._database.read(lambda conn: stored.find_vectors(conn, texts))
        missing = [digest for digest in texts if digest not in vectors]
        made = await self._embed([texts[digest] for digest in missing])
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
        texts = [(passage_id, embedded_texts(piece, self._reading), old) for passage_id, piece, old in held]
        named = [(passage_id, own, texts_digest(own, self._reading), old) for passage_id, own, old in texts]
        stale = [(passage_id, own, digest) for passage_id, own, digest, old in named if digest != old]
        if not stale:
            return 0
        made = await self._embed([own for _, own, _ in stale])

        def work(conn: sa.Connection) -> None:
            for (passage_id, _, digest), embedded in zip(stale, made, strict=True):
                stored.renew_vectors(conn, passage_id, digest, embedded, self._clock.now())

        await self._database.write(work)
        return len(stale)

    async def _embed(self, passages: Sequence[Sequence[str]]) -> list[Embedded]:
        """Each passage's text comes first; a passage of a single sentence is its own."""
        if not passages:
            return []
        rows = iter(_packed(await self._embedder.embed_passages([text for texts in passages for text in texts])))
        made = [(next(rows), b"".join(next(rows) for _ in texts[1:])) for texts in passages]
        by_sentence = self._reading.by_sentence
        return [Embedded(vector, (sentences or vector) if by_sentence else b"") for vector, sentences in made]

    def _is_same(self, digest: str | None, document: Document) -> bool:
        return digest == document_digest(document, self._reading)


def _packed(vectors: Sequence[Vector]) -> list[bytes]:
    return [np.asarray(vector, dtype=np.float32).tobytes() for vector in vectors]
