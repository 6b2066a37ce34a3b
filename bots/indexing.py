"""The firm's pages into the index at the start, and again later when the vector server was away then."""

import asyncio
from datetime import timedelta
from typing import Final

import structlog

from bots.brain import Brain, sync_knowledge
from bots.firms import FirmShelf
from bots.net import stop
from bots.progress import Bar
from core.errors import Unavailable

log = structlog.get_logger()

AGAIN_AFTER: Final = timedelta(seconds=15)


class Indexing:
    """Implements Service. Until the server is back, pages are found by their words alone."""

    def __init__(self, *, brain: Brain, firms: FirmShelf, server: str | None, again: timedelta = AGAIN_AFTER) -> None:
        self._brain = brain
        self._firms = firms
        self._server = server
        self._again = again
        self._is_late = False
        self._tasks: list[asyncio.Task[None]] = []

    async def take_in(self) -> None:
        """Raises SellerError for all that no waiting will mend, such as a missing model."""
        with Bar(f"Indexing the knowledge of {self._firms.firm.name}") as bar:
            try:
                await sync_knowledge(self._brain, self._firms.loaded, bar.show)
            except Unavailable as error:
                if error.where != self._server:
                    raise
                self._is_late = True
                log.warning("knowledge.not_indexed", reason=error.what, again_s=self._again.total_seconds())

    async def start(self) -> None:
        self._tasks = [asyncio.create_task(self._try_again())] if self._is_late else []

    async def stop(self) -> None:
        await stop(self._tasks)

    async def _try_again(self) -> None:
        while self._is_late:
            await asyncio.sleep(self._again.total_seconds())
            try:
                await sync_knowledge(self._brain, self._firms.loaded)
            except Unavailable as error:
                log.warning("knowledge.not_indexed", reason=error.what, again_s=self._again.total_seconds())
                continue
            self._is_late = False
            log.info("knowledge.indexed")
