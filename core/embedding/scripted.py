"""Vectors without a model, for tests and for machines that cannot carry one: texts that share letters lie close."""

import math
import zlib
from collections.abc import Sequence

from core.domain.turn import Vector

_GRAM = 3


class ScriptedEmbedder:
    """Hashed character n-grams, length 1, the same on every machine. Counts the texts it embedded."""

    name = "scripted/character-trigrams"

    def __init__(self, *, dimensions: int = 128) -> None:
        self.dimensions = dimensions
        self.queries = 0
        self.passages = 0

    async def embed_query(self, text: str) -> Vector:
        self.queries += 1
        return self._vector(text)

    async def embed_passages(self, texts: Sequence[str]) -> list[Vector]:
        self.passages += len(texts)
        return [self._vector(text) for text in texts]

    def _vector(self, text: str) -> Vector:
        padded = f" {' '.join(text.casefold().split())} "
        sums = [0.0] * self.dimensions
        for at in range(max(len(padded) - _GRAM + 1, 1)):
            place = zlib.crc32(padded[at : at + _GRAM].encode("utf-8", "replace"))
            sums[place % self.dimensions] += 1.0
        length = math.sqrt(sum(value * value for value in sums))
        return tuple(value / length for value in sums)
