"""Steps in for a process that told of mail and then did not take it: it was killed, or has too much to do."""

import asyncio
from collections.abc import Collection
from datetime import timedelta
from typing import Final

import structlog

from bots.peers import SharedChanges, SharedDispatcher
from core.domain.ids import ConversationId
from core.errors import SellerError
from core.storage.database import Database
from core.storage.left import still_waiting

log = structlog.get_logger()

GRACE: Final = timedelta(seconds=0.3)
"""The process that stored the message goes first."""


class Standby:
    """Implements Listener. Lives on one event loop."""

    def __init__(
        self, *, database: Database, dispatcher: SharedDispatcher, changes: SharedChanges, accounts: Collection[str]
    ) -> None:
        self._database = database
        self._dispatcher = dispatcher
        self._changes = changes
        self._accounts = accounts
        self._timers: dict[ConversationId, asyncio.TimerHandle] = {}
        self._due: list[ConversationId] = []
        self._looking: asyncio.Task[None] | None = None

    def hear_change(self, conversation_id: ConversationId) -> None:
        self._changes.hear(conversation_id)

    def hear_mail(self, conversation_id: ConversationId, quiet: timedelta) -> None:
        if self._dispatcher.hear(conversation_id, quiet):
            return
        if waiting := self._timers.pop(conversation_id, None):
            waiting.cancel()
        delay = (quiet + GRACE).total_seconds()
        self._timers[conversation_id] = asyncio.get_running_loop().call_later(delay, self._look_for, conversation_id)

    async def close(self) -> None:
        for timer in self._timers.values():
            timer.cancel()
        if self._looking:
            self._looking.cancel()
            await asyncio.gather(self._looking, return_exceptions=True)

    def _look_for(self, conversation_id: ConversationId) -> None:
        self._timers.pop(conversation_id, None)
        self._due.append(conversation_id)
        if self._looking is None or self._looking.done():
            self._looking = asyncio.create_task(self._look())

    async def _look(self) -> None:
        while self._due:
            due, self._due = self._due, []
            try:
                left = await self._database.read(lambda conn, due=due: still_waiting(conn, due, self._accounts))  # type: ignore[misc]
            except SellerError as error:
                log.warning("standby.cannot_look", error=error.what)
                return
            for conversation_id, _ in left:
                self._dispatcher.nudge(conversation_id)
