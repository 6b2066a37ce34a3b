"""The vector leg: an index kept equal to SQL, with questions and passages each seen from their own middle."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from core.domain.turn import Vector
from core.ports import Embedder
from core.storage.database import Database
from rag.calibrate import find_calibration
from rag.centre import centred, mean_of
from rag.index import Entry, Neighbour, VectorIndex
from rag.passages import Matrix, Revision, StoredVectors, load_vectors, read_revision
from rag.translations import Siblings, blend, blended_digests, find_siblings
from rag.typical_questions import find_query_mean, typical_questions


@dataclass(frozen=True, slots=True)
class Nearest:
    """Neighbours, nearest first."""

    neighbours: Sequence[Neighbour]

    @property
    def closeness(self) -> float:
        """Of the nearest; 0 when there is none."""
        return self.neighbours[0].similarity if self.neighbours else 0.0


class VectorLeg:
    """Searches by vector. `refresh` makes the index equal to SQL, whatever it held before."""

    def __init__(self, *, database: Database, index: VectorIndex, embedder: Embedder) -> None:
        self.revision: Revision | None = None
        self.size = 0
        """Passages in the index."""
        self.translations: Mapping[int, Sequence[int]] = {}
        """Ids of a passage's translations, by its own."""
        self._database = database
        self._index = index
        self._embedder = embedder
        self._is_centred = find_calibration(embedder.name).is_centred
        self._query_mean: Matrix | None = None
        self._refreshing = asyncio.Lock()

    async def refresh(self) -> None:
        """Cheap when nothing changed since the last time. Only what differs is written."""
        async with self._refreshing:
            if await self._database.read(read_revision) == self.revision:
                return
            stored = await self._database.read(lambda conn: load_vectors(conn, self._embedder.dimensions))
            await self._settle(stored)
            await self._mean_of_queries()  # now rather than while a customer waits
            self.revision, self.size = stored.revision, len(stored.ids)

    async def search(self, vector: Vector, limit: int) -> Nearest:
        query = np.asarray(vector, dtype=np.float32)
        mean = await self._mean_of_queries()
        return Nearest(await self._index.search(centred(query, mean), limit))

    async def _settle(self, stored: StoredVectors) -> None:
        mean = mean_of(stored.vectors) if self._is_centred else self._nothing()
        centre = await self._index.centre()
        is_new = centre is None or centre.shape != mean.shape or _distance(centre, mean) > self._index.drift
        centre = mean if centre is None or is_new else centre
        siblings = find_siblings(stored.places)
        entries, vectors = await asyncio.to_thread(_prepare, stored, centre, siblings)
        if is_new:
            await self._index.replace(entries, vectors, centre)
        else:
            await self._write_changes(entries, vectors)
        self.translations = {stored.ids[n]: [stored.ids[o] for o in others] for n, others in enumerate(siblings)}

    async def _write_changes(self, entries: Sequence[Entry], vectors: Matrix) -> None:
        held = await self._index.keys()
        fresh = [n for n, entry in enumerate(entries) if entry.key not in held]
        gone = held - {entry.key for entry in entries}
        if fresh or gone:
            await self._index.update([entries[n] for n in fresh], vectors[fresh], gone)

    async def _mean_of_queries(self) -> Matrix:
        if self._query_mean is None:
            self._query_mean = await self._find_mean() if self._is_centred else self._nothing()
        return self._query_mean

    async def _find_mean(self) -> Matrix:
        known = find_query_mean(self._embedder.name)
        if known is not None:
            return known
        vectors = await asyncio.gather(*(self._embedder.embed_query(text) for text in typical_questions()))
        mean: Matrix = np.asarray(vectors, dtype=np.float32).mean(axis=0)
        return mean

    def _nothing(self) -> Matrix:
        return np.zeros(self._embedder.dimensions, dtype=np.float32)


def _prepare(stored: StoredVectors, centre: Matrix, siblings: Siblings) -> tuple[list[Entry], Matrix]:
    digests = blended_digests(stored.digests, siblings)
    entries = [Entry(*pair) for pair in zip(stored.ids, digests, strict=True)]
    return entries, blend(centred(stored.vectors, centre), siblings)


def _distance(one: Matrix, other: Matrix) -> float:
    return float(np.linalg.norm(one - other))
