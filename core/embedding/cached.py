"""Any embedder with a memory: a question asked again costs nothing."""

import asyncio
import unicodedata
from collections import OrderedDict
from collections.abc import Sequence

from core.domain.turn import Vector
from core.ports import Embedder


class CachedEmbedder:
    """Keeps the last `size` query vectors by text; equal texts asked at the same time are embedded once.

    `calls` are queries asked, `hits` those answered without the inner embedder, `passages` texts passed on.
    """

    def __init__(self, *, inner: Embedder, size: int = 4096) -> None:
        self.name = inner.name
        self.dimensions = inner.dimensions
        self.calls = 0
        self.hits = 0
        self.passages = 0
        self._inner = inner
        self._size = size
        self._known: OrderedDict[str, Vector] = OrderedDict()
        self._running: dict[str, asyncio.Task[Vector]] = {}

    async def embed_query(self, text: str) -> Vector:
        key = _normalize(text)
        self.calls += 1
        known = self._known.get(key)
        if known is not None:
            self.hits += 1
            self._known.move_to_end(key)
            return known
        return await self._join(key)

    async def embed_passages(self, texts: Sequence[str]) -> Sequence[Vector]:
        self.passages += len(texts)
        return await self._inner.embed_passages(texts)

    async def _join(self, key: str) -> Vector:
        running = self._running.get(key)
        if running is None:
            running = asyncio.create_task(self._embed(key))
            self._running[key] = running
        else:
            self.hits += 1
        # One caller who gives up must not take the vector from the others.
        return await asyncio.shield(running)

    async def _embed(self, key: str) -> Vector:
        try:
            vector = await self._inner.embed_query(key)
            self._known[key] = vector
            if len(self._known) > self._size:
                self._known.popitem(last=False)
            return vector
        finally:
            del self._running[key]


def _normalize(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())
