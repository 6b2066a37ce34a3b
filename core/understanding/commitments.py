"""Reads sentences of a reply for what they bind the firm to: the trained head over their letters and vectors."""

import asyncio
from collections.abc import Sequence
from typing import Final

from core.domain.commitments import HONEST, Reading
from core.ports import Embedder
from core.understanding.head import COMMITMENTS_FILE, Head

SURELY_HONEST: Final = 0.25
"""What the letters alone think less likely to commit than this is worth no embedding: it would hardly change
what commits, and is saved for most of what does not."""


class TrainedCommitmentReader:
    """At most one embedding a sentence; with an embedder that the head was not trained with, the letters alone tell."""

    def __init__(self, *, embedder: Embedder, head: Head) -> None:
        self._embedder = embedder
        self._head = head

    async def read(self, sentences: Sequence[str]) -> Sequence[Reading]:
        return await asyncio.gather(*(self._read(sentence) for sentence in sentences))

    async def _read(self, sentence: str) -> Reading:
        alone = _judge(self._head.predict(sentence))
        if alone.commits < SURELY_HONEST or self._head.embedder != self._embedder.name:
            return alone
        return _judge(self._head.predict(sentence, await self._embedder.embed_query(sentence)))


def build_commitment_reader(embedder: Embedder) -> TrainedCommitmentReader:
    """With the head that ships. Raises Unavailable when its file cannot be read."""
    return TrainedCommitmentReader(embedder=embedder, head=Head.load(COMMITMENTS_FILE))


def _judge(chances: dict[str, float]) -> Reading:
    honest = chances.pop(HONEST)
    return Reading(1.0 - honest, max(chances, key=chances.__getitem__))
