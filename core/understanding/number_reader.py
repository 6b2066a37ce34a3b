"""Embeds the numbers of a turn, each marked in its text, before the facts are found."""

import asyncio
from typing import Final

from core.ports import Embedder
from core.understanding.facts.marked_head import MarkedHead
from core.understanding.facts.number_head import NumberHead
from core.understanding.facts.number_judge import NumberJudge, TrainedNumberJudge

MOST: Final = 8
"""Numbers of one turn that are embedded, the first ones: a pasted price list is no order."""


class NumberReader:
    """At most one embedding a number, by the embedder that was trained together with `marked`; without them the words
    around a number tell alone."""

    def __init__(self, *, head: NumberHead, marked: MarkedHead | None = None, embedder: Embedder | None = None) -> None:
        self._head = head
        self._marked = marked
        self._embedder = embedder

    async def prepare(self) -> None:
        """Load the model before the first customer waits for it. Raises Unavailable."""
        if self._embedder:
            await self._embedder.embed_query("warm up")

    async def read(self, marked: list[str]) -> NumberJudge:
        """`marked` are the turn's numbers as number_marks.mark gives them. Raises Unavailable."""
        texts = list(dict.fromkeys(marked))[:MOST]
        if not texts or self._embedder is None:
            return TrainedNumberJudge(self._head)
        vectors = await asyncio.gather(*(self._embedder.embed_query(text) for text in texts))
        return TrainedNumberJudge(self._head, self._marked, dict(zip(texts, vectors, strict=True)))


def build_number_reader(embedder: Embedder | None) -> NumberReader:
    """With the heads that ship. Raises Unavailable when a file of theirs cannot be read."""
    marked = MarkedHead.load()
    fits = embedder is not None and embedder.name == marked.embedder
    return NumberReader(head=NumberHead.load(), marked=marked if fits else None, embedder=embedder if fits else None)
