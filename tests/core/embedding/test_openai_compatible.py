import json
from collections.abc import Callable

import httpx
import pytest

from core.embedding.openai_compatible import OpenAICompatibleEmbedder
from core.errors import Unavailable

Answer = Callable[[httpx.Request], httpx.Response]


def build(answer: Answer, *, dimensions: int = 2, prefixes: tuple[str, str] = ("", "")) -> OpenAICompatibleEmbedder:
    return OpenAICompatibleEmbedder(
        client=httpx.AsyncClient(transport=httpx.MockTransport(answer)),
        url="http://127.0.0.1:9/v1/",
        model="bge-m3",
        dimensions=dimensions,
        api_key="secret-key",
        prefixes=prefixes,
    )


def answer_all(request: httpx.Request) -> httpx.Response:
    texts = json.loads(request.content)["input"]
    return httpx.Response(200, json={"data": [{"index": n, "embedding": [3, 4]} for n in range(len(texts))]})


async def test_it_asks_as_the_server_expects() -> None:
    seen: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return answer_all(request)

    embedder = build(answer, prefixes=("query: ", "passage: "))
    assert await embedder.embed_query("ціна") == (0.6, 0.8)
    await embedder.embed_passages(["склад"])
    assert seen[0].url == "http://127.0.0.1:9/v1/embeddings"
    assert seen[0].headers["authorization"] == "Bearer secret-key"
    assert json.loads(seen[0].content) == {"model": "bge-m3", "input": ["query: ціна"], "encoding_format": "float"}
    assert json.loads(seen[1].content)["input"] == ["passage: склад"]


async def test_many_passages_go_in_several_calls() -> None:
    sizes: list[int] = []

    def answer(request: httpx.Request) -> httpx.Response:
        sizes.append(len(json.loads(request.content)["input"]))
        return answer_all(request)

    assert len(await build(answer).embed_passages(["текст"] * 130)) == 130
    assert sizes == [64, 64, 2]


def drop(request: httpx.Request) -> httpx.Response:
    raise httpx.ConnectError("refused", request=request)


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (lambda request: httpx.Response(401, json={}), "401"),
        (lambda request: httpx.Response(200, text="<html>"), "no list of embeddings"),
        (lambda request: httpx.Response(200, json={"data": []}), "0 vectors for 1 texts"),
        (lambda request: httpx.Response(200, json={"data": [{"index": 0, "embedding": [1.0]}]}), "1 numbers"),
        (drop, "ConnectError"),
    ],
)
async def test_a_server_that_cannot_be_used_is_said_without_its_key(answer: Answer, said: str) -> None:
    with pytest.raises(Unavailable) as raised:
        await build(answer).embed_query("ціна")
    assert said in str(raised.value)
    assert raised.value.hint
    assert "secret-key" not in str(raised.value)
