"""The vector leg: an index kept equal to SQL, with questions and passages each seen from their own middle."""

import asyncio

import numpy as np

from core.domain.turn import Vector
from core.ports import Embedder
from core.storage.database import Database
from rag.centre import centred, mean_of
from rag.index import Entry, Neighbour, VectorIndex
from rag.passages import Matrix, Revision, StoredVectors, load_vectors
from rag.typical_questions import find_query_mean, typical_questions


class VectorLeg:
    """Searches by vector. `refresh` makes the index equal to SQL, whatever it held before."""

    def __init__(self, *, database: Database, index: VectorIndex, embedder: Embedder) -> None:
        self.revision: Revision | None = None
        self._database = database
        self._index = index
        self._embedder = embedder
        self._query_mean: Matrix | None = None
        self._refreshing = asyncio.Lock()

    async def refresh(self) -> None:
        """Cheap when nothing changed since the last time. Only what differs is written."""
        async with self._refreshing:
            stored = await self._database.read(lambda conn: load_vectors(conn, self._embedder.dimensions))
            if stored.revision == self.revision:
                return
            await self._settle(stored)
            self.revision = stored.revision

    async def search(self, vector: Vector, limit: int) -> list[Neighbour]:
        mean = await self._mean_of_queries()
        return await self._index.search(centred(np.asarray(vector, dtype=np.float32), mean), limit)

    async def _settle(self, stored: StoredVectors) -> None:
        entries = [Entry(*pair) for pair in zip(stored.ids, stored.digests, strict=True)]
        mean = await asyncio.to_thread(mean_of, stored.vectors)
        centre = await self._index.centre()
        if centre is None or centre.shape != mean.shape or _distance(centre, mean) > self._index.drift:
            vectors = await asyncio.to_thread(centred, stored.vectors, mean)
            await self._index.replace(entries, vectors, mean)
            return
        held = await self._index.keys()
        fresh = [n for n, entry in enumerate(entries) if entry.key not in held]
        gone = held - {entry.key for entry in entries}
        if fresh or gone:
            await self._index.update([entries[n] for n in fresh], centred(stored.vectors[fresh], centre), gone)

    async def _mean_of_queries(self) -> Matrix:
        if self._query_mean is None:
            self._query_mean = find_query_mean(self._embedder.name)
        if self._query_mean is None:
            vectors = [await self._embedder.embed_query(question) for question in typical_questions()]
            self._query_mean = np.asarray(vectors, dtype=np.float32).mean(axis=0)
        return self._query_mean


def _distance(one: Matrix, other: Matrix) -> float:
    return float(np.linalg.norm(one - other))
