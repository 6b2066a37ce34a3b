"""The way in: store once, answer the door, wake the conversation."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta

import structlog

from bots.changes import Changes
from bots.channel import Channel
from bots.dispatch import Dispatcher
from bots.quiet import quiet_for
from bots.together import Together
from core.domain.messages import InboundMessage
from core.ports import Clock
from core.storage.arrivals import Addressed, store_arrivals
from core.storage.database import Database
from core.storage.inbox import NO_CONVERSATION, Arrival

log = structlog.get_logger()


class Intake:
    """Everything that people or timers send comes in here. Returning means: it is committed."""

    def __init__(
        self,
        *,
        database: Database,
        dispatcher: Dispatcher,
        channels: dict[str, Channel],
        changes: Changes,
        clock: Clock,
        quiet: tuple[timedelta, timedelta],
    ) -> None:
        self._database = database
        self._dispatcher = dispatcher
        self._channels = channels
        self._changes = changes
        self._clock = clock
        self._usual, self._longest = quiet
        self._writing = Together(self._write)
        self._acknowledging: set[asyncio.Task[None]] = set()
        self.received = 0
        self.duplicates = 0

    async def receive(self, messages: Sequence[InboundMessage]) -> int:
        """Store each message unless it is known; give the number of new ones. Raises when nothing could be stored,
        so that the platform sends it again."""
        return sum(arrival.is_new for arrival in await self.arrivals(messages))

    async def arrivals(self, messages: Sequence[InboundMessage]) -> list[Arrival]:
        """The same, with what each message became."""
        if not messages:
            return []
        addressed = [(message, self._channels[message.account].name) for message in messages]
        stored = list(await self._writing.add(addressed))
        for message, arrival in zip(messages, stored, strict=True):
            self._tell(message, arrival)
        return stored

    async def _write(self, arrivals: Sequence[Addressed]) -> list[Arrival]:
        now = self._clock.now()
        return await self._database.jot(lambda conn: store_arrivals(conn, arrivals, now))

    def _tell(self, message: InboundMessage, arrival: Arrival) -> None:
        if message.callback:
            task = asyncio.create_task(self._channels[message.account].acknowledge(message.callback))
            self._acknowledging.add(task)
            task.add_done_callback(self._acknowledging.discard)
        if not arrival.is_new:
            self.duplicates += 1
            return
        self.received += 1
        if arrival.conversation_id == NO_CONVERSATION:
            return
        if arrival.has_mail:
            quiet = quiet_for(message.kind, message.text, usual=self._usual, longest=self._longest)
            self._dispatcher.mail(arrival.conversation_id, quiet)
        self._changes.tell(arrival.conversation_id)
