"""Vectors from any server that speaks OpenAI's `/v1/embeddings`: OpenAI, Gemini, Ollama, vLLM and others."""

import math
from collections.abc import Sequence
from typing import Any

import httpx

from core.domain.turn import Vector
from core.errors import Unavailable

_TEXTS_A_CALL = 64


class OpenAICompatibleEmbedder:
    """`url` ends before `/embeddings`. Prefixes are for models that tell questions from texts (E5: "query: ").

    Vectors are brought to length 1. Raises Unavailable when the server cannot be used.
    """

    def __init__(
        self,
        *,
        client: httpx.AsyncClient,
        url: str,
        model: str,
        dimensions: int,
        api_key: str = "",
        prefixes: tuple[str, str] = ("", ""),
    ) -> None:
        self.name = f"openai-compatible/{model}"
        self.dimensions = dimensions
        self._client = client
        self._url = f"{url.rstrip('/')}/embeddings"
        self._model = model
        self._headers = {"Authorization": f"Bearer {api_key}"} if api_key else {}
        self._query_prefix, self._passage_prefix = prefixes

    async def embed_query(self, text: str) -> Vector:
        return (await self._ask([self._query_prefix + text]))[0]

    async def embed_passages(self, texts: Sequence[str]) -> list[Vector]:
        vectors: list[Vector] = []
        for at in range(0, len(texts), _TEXTS_A_CALL):
            vectors += await self._ask([self._passage_prefix + text for text in texts[at : at + _TEXTS_A_CALL]])
        return vectors

    async def _ask(self, texts: list[str]) -> list[Vector]:
        # Servers refuse the empty text and half a surrogate pair; a space and a question mark mean as little.
        texts = [text.encode("utf-8", "replace").decode("utf-8") or " " for text in texts]
        body = {"model": self._model, "input": texts, "encoding_format": "float"}
        try:
            answer = await self._client.post(self._url, json=body, headers=self._headers)
            answer.raise_for_status()
            rows = sorted(answer.json()["data"], key=lambda row: int(row["index"]))
            vectors = [_unit(row["embedding"]) for row in rows]
        except httpx.HTTPStatusError as error:
            raise self._unavailable(
                f"it answered {error.response.status_code}", "check the key and the model"
            ) from error
        except httpx.HTTPError as error:
            raise self._unavailable(
                f"no answer ({type(error).__name__})", "check the address and the network"
            ) from error
        except (ValueError, KeyError, TypeError) as error:
            raise self._unavailable(
                "its answer is no list of embeddings", "check that the address ends in /v1"
            ) from error
        if len(vectors) != len(texts):
            raise self._unavailable(f"{len(vectors)} vectors for {len(texts)} texts", "try another model")
        for vector in vectors:
            if len(vector) != self.dimensions:
                raise self._unavailable(f"vectors of {len(vector)} numbers", "set the model's number of dimensions")
        return vectors

    def _unavailable(self, what: str, hint: str) -> Unavailable:
        return Unavailable(f"The embedding server cannot be used: {what}.", where=self._url, hint=hint)


def _unit(numbers: list[Any]) -> Vector:
    values = [float(number) for number in numbers]
    length = math.sqrt(sum(value * value for value in values)) or 1.0
    return tuple(value / length for value in values)
