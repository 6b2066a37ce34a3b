import asyncio
from collections.abc import Sequence

import pytest

from core.domain.turn import Vector
from core.embedding.cached import CachedEmbedder
from core.embedding.scripted import ScriptedEmbedder


class SlowEmbedder(ScriptedEmbedder):
    """Answers when told to, or fails once."""

    def __init__(self, *, fails: int = 0) -> None:
        super().__init__()
        self.go = asyncio.Event()
        self.fails = fails

    async def embed_query(self, text: str) -> Vector:
        await self.go.wait()
        if self.fails:
            self.fails -= 1
            raise RuntimeError("out of order")
        return await super().embed_query(text)


async def ask_all(embedder: CachedEmbedder, texts: Sequence[str]) -> None:
    for text in texts:
        await embedder.embed_query(text)


async def test_a_repeat_is_not_embedded_again() -> None:
    inner = ScriptedEmbedder()
    cached = CachedEmbedder(inner=inner)
    await ask_all(cached, ["скільки коштує?", "  скільки   коштує? ", "ціна"])
    assert (inner.queries, cached.calls, cached.hits) == (2, 3, 1)


async def test_the_text_asked_longest_ago_is_forgotten_first() -> None:
    inner = ScriptedEmbedder()
    cached = CachedEmbedder(inner=inner, size=2)
    await ask_all(cached, ["a", "b", "a", "c", "a"])
    assert inner.queries == 3
    await cached.embed_query("b")
    assert inner.queries == 4


async def test_equal_texts_at_the_same_time_are_embedded_once() -> None:
    inner = SlowEmbedder()
    cached = CachedEmbedder(inner=inner)
    asked = [asyncio.create_task(cached.embed_query("ціна")) for _ in range(5)]
    await asyncio.sleep(0)
    inner.go.set()
    assert len(set(await asyncio.gather(*asked))) == 1
    assert (inner.queries, cached.calls, cached.hits) == (1, 5, 4)


async def test_one_who_gives_up_leaves_the_vector_to_the_others() -> None:
    inner = SlowEmbedder()
    cached = CachedEmbedder(inner=inner)
    first = asyncio.create_task(cached.embed_query("ціна"))
    second = asyncio.create_task(cached.embed_query("ціна"))
    await asyncio.sleep(0)
    first.cancel()
    inner.go.set()
    assert len(await second) == cached.dimensions
    assert inner.queries == 1


async def test_a_failure_is_not_remembered() -> None:
    inner = SlowEmbedder(fails=1)
    inner.go.set()
    cached = CachedEmbedder(inner=inner)
    with pytest.raises(RuntimeError):
        await cached.embed_query("ціна")
    assert len(await cached.embed_query("ціна")) == cached.dimensions


async def test_passages_go_through_and_are_counted() -> None:
    inner = ScriptedEmbedder()
    cached = CachedEmbedder(inner=inner)
    await cached.embed_passages(["один", "два"])
    assert (inner.passages, cached.passages) == (2, 2)
