"""Where the nearest vectors are found: Chroma in a folder or on a server, or an exact scan in memory."""

import asyncio
import base64
import hashlib
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Protocol, TypeVar
from urllib.parse import urlsplit

import numpy as np

from core.errors import Unavailable
from rag.passages import Matrix

T = TypeVar("T")

# Chroma's own client waits for ever.
SEARCH_LIMIT_S: Final = 5.0
WRITE_LIMIT_S: Final = 300.0


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A passage's id and the cosine of its angle to the query, in [-1, 1]."""

    passage_id: int
    similarity: float


@dataclass(frozen=True, slots=True)
class Entry:
    """A passage in an index. The digest is part of its key: SQLite gives a freed id to another text."""

    passage_id: int
    digest: str

    @property
    def key(self) -> str:
        return f"{self.passage_id}:{self.digest[:16]}"


class VectorIndex(Protocol):
    """Holds unit vectors under keys. Losing it loses nothing: `replace` fills it from SQL."""

    drift: float
    """How far the mean may move before all vectors are written again; 0 = writing is cheap."""

    async def keys(self) -> set[str]:
        """Keys of what it holds; empty for a new or unusable index."""
        ...

    async def centre(self) -> Matrix | None:
        """The mean that its vectors were centred with; None for a new index."""
        ...

    async def replace(self, entries: Sequence[Entry], vectors: Matrix, centre: Matrix) -> None: ...

    async def update(self, entries: Sequence[Entry], vectors: Matrix, gone: Collection[str]) -> None: ...

    async def search(self, vector: Matrix, limit: int) -> list[Neighbour]:
        """Nearest first."""
        ...

    async def close(self) -> None: ...


class ExactIndex:
    """All vectors in one matrix: 0.7 ms for 10,000 of 384 numbers, so it runs on the event loop."""

    drift = 0.0

    def __init__(self) -> None:
        self._entries: list[Entry] = []
        self._vectors: Matrix = np.zeros((0, 0), dtype=np.float32)
        self._centre: Matrix | None = None

    async def keys(self) -> set[str]:
        return {entry.key for entry in self._entries}

    async def centre(self) -> Matrix | None:
        return self._centre

    async def replace(self, entries: Sequence[Entry], vectors: Matrix, centre: Matrix) -> None:
        self._entries, self._vectors, self._centre = list(entries), vectors, centre

    async def update(self, entries: Sequence[Entry], vectors: Matrix, gone: Collection[str]) -> None:
        kept = [n for n, entry in enumerate(self._entries) if entry.key not in gone]
        stayed = self._vectors[kept] if kept else np.zeros((0, vectors.shape[1]), dtype=np.float32)
        self._vectors = np.concatenate([stayed, vectors])
        self._entries = [self._entries[n] for n in kept] + list(entries)

    async def search(self, vector: Matrix, limit: int) -> list[Neighbour]:
        if not self._entries:
            return []
        # Not `@`: with the other core busy, BLAS threads wait for each other and take ten times longer.
        similarities = np.einsum("ij,j->i", self._vectors, vector)
        limit = min(limit, len(similarities))
        nearest = np.argpartition(-similarities, limit - 1)[:limit]
        nearest = nearest[np.lexsort((nearest, -similarities[nearest]))]
        return [Neighbour(self._entries[n].passage_id, float(similarities[n])) for n in nearest]

    async def close(self) -> None:
        """Nothing is held open."""


class ChromaIndex:
    """A collection of its own for each embedding model. `place` is a folder or an http(s) address.

    One process owns a folder; several processes need a server. Raises Unavailable.
    """

    drift = 0.05
    _portion = 1000

    def __init__(self, *, place: str | Path, embedder: str) -> None:
        self._place = place
        self._name = f"passages-{hashlib.sha256(embedder.encode()).hexdigest()[:12]}"
        self._client: Any = None
        self._collection: Any = None
        self._opening = asyncio.Lock()

    async def keys(self) -> set[str]:
        return await self._run(lambda: set(self._collection.get(include=[])["ids"]))

    async def centre(self) -> Matrix | None:
        return await self._run(lambda: _decode((self._collection.metadata or {}).get("centre")))

    async def replace(self, entries: Sequence[Entry], vectors: Matrix, centre: Matrix) -> None:
        def work() -> None:
            self._client.delete_collection(self._name)
            self._collection = self._create(centre)
            self._upsert(entries, vectors)

        await self._run(work)

    async def update(self, entries: Sequence[Entry], vectors: Matrix, gone: Collection[str]) -> None:
        def work() -> None:
            leaving = list(gone)
            for at in range(0, len(leaving), self._portion):
                self._collection.delete(ids=leaving[at : at + self._portion])
            self._upsert(entries, vectors)

        await self._run(work)

    async def search(self, vector: Matrix, limit: int) -> list[Neighbour]:
        def work() -> list[Neighbour]:
            found = self._collection.query(query_embeddings=[vector], n_results=limit, include=["distances"])
            pairs = zip(found["ids"][0], found["distances"][0], strict=True)
            return [Neighbour(int(key.partition(":")[0]), 1.0 - distance) for key, distance in pairs]

        return await self._run(work, SEARCH_LIMIT_S)

    async def close(self) -> None:
        if self._client is not None:
            await asyncio.to_thread(self._client.close)
            self._client = self._collection = None

    def _upsert(self, entries: Sequence[Entry], vectors: Matrix) -> None:
        for at in range(0, len(entries), self._portion):
            keys = [entry.key for entry in entries[at : at + self._portion]]
            self._collection.upsert(ids=keys, embeddings=vectors[at : at + self._portion])

    async def _run(self, work: Callable[[], T], limit_s: float = WRITE_LIMIT_S) -> T:
        """Off the event loop; Chroma's own errors and its silence become Unavailable."""
        try:
            async with asyncio.timeout(WRITE_LIMIT_S), self._opening:
                if self._collection is None:
                    await asyncio.to_thread(self._open)
            async with asyncio.timeout(limit_s):
                return await asyncio.to_thread(work)
        except Exception as error:  # Chroma raises many kinds, some of them from its native part
            raise Unavailable(
                f"Chroma cannot be used: {str(error) or 'no answer in time'}",
                where=str(self._place),
                hint="check the folder's rights or the server's address; a broken folder may be deleted, it is rebuilt",
            ) from error

    def _open(self) -> None:
        import chromadb
        from chromadb.config import Settings

        settings = Settings(anonymized_telemetry=False)
        place = str(self._place)
        if place.startswith(("http://", "https://")):
            url = urlsplit(place)
            port = url.port or (443 if url.scheme == "https" else 80)
            self._client = chromadb.HttpClient(
                host=url.hostname or "localhost", port=port, ssl=url.scheme == "https", settings=settings
            )
        else:
            self._client = chromadb.PersistentClient(path=place, settings=settings)
        self._collection = self._create(None)

    def _create(self, centre: Matrix | None) -> Any:
        return self._client.get_or_create_collection(
            self._name,
            embedding_function=None,
            configuration={"hnsw": {"space": "cosine"}},
            metadata=None if centre is None else {"centre": _encode(centre)},
        )


def _encode(vector: Matrix) -> str:
    return base64.b64encode(vector.astype("<f4").tobytes()).decode("ascii")


def _decode(text: str | None) -> Matrix | None:
    return None if text is None else np.frombuffer(base64.b64decode(text), dtype="<f4").astype(np.float32)
