"""The firm's pages into the index: before serving what is new, beside it what only has to be looked after."""

import asyncio
from datetime import timedelta
from typing import Final

import structlog

from bots.bootstrap import Store
from bots.brain import Brain, sync_knowledge
from bots.net import stop
from bots.progress import Bar
from core.errors import SellerError, Unavailable
from rag.ingest import LEARNED
from rag.passages import list_sources
from rag.plan import document_digest, read_with

log = structlog.get_logger()

AGAIN_AFTER: Final = timedelta(seconds=15)
PAGE: Final = ".md"


class Indexing:
    """Implements Service. While the vector server is away, pages are found by their words alone."""

    def __init__(self, *, brain: Brain, store: Store, server: str | None, again: timedelta = AGAIN_AFTER) -> None:
        self._brain = brain
        self._store = store
        self._server = server
        self._again = again
        self._wait: timedelta | None = None
        """When the index is to be looked after beside serving; None = it is done."""
        self._tasks: list[asyncio.Task[None]] = []

    async def take_in(self) -> None:
        """Raises SellerError for all that no waiting will mend, such as a missing model."""
        if await self._is_stored():
            self._wait = timedelta()
            return
        with Bar(f"Indexing the knowledge of {self._store.firms.firm.name}") as bar:
            try:
                await sync_knowledge(self._brain, self._store.firms.loaded, bar.show)
            except Unavailable as error:
                if error.where != self._server:
                    raise
                self._wait = self._again
                log.warning("knowledge.not_indexed", reason=error.what, again_s=self._again.total_seconds())

    async def start(self) -> None:
        self._tasks = [asyncio.create_task(self._look_after())]

    async def stop(self) -> None:
        await stop(self._tasks)

    async def _look_after(self) -> None:
        while self._wait is not None:
            await asyncio.sleep(self._wait.total_seconds())
            try:
                await sync_knowledge(self._brain, self._store.firms.loaded)
                self._wait = None
            except SellerError as error:
                self._wait = self._again
                log.warning("knowledge.not_indexed", reason=error.what, again_s=self._again.total_seconds())

    async def _is_stored(self) -> bool:
        """Whether every page of the folder is in the database as it stands: opening the index takes seconds."""
        reading = read_with(self._brain.embedder.name)
        wanted = {page.source: document_digest(page, reading) for page in self._store.firms.loaded.documents}
        stored = {page.source: page.digest for page in await self._store.database.read(list_sources)}
        pages = {
            source: digest
            for source, digest in stored.items()
            if source in wanted or (source.endswith(PAGE) and not source.startswith(LEARNED))
        }
        return pages == wanted
