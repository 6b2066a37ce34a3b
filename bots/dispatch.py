"""Who works on which conversation when: one at a time each, mail only after its quiet window."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta

import structlog

from core.domain.ids import ConversationId

log = structlog.get_logger()

Work = Callable[[ConversationId, bool], Awaitable[timedelta | None]]
"""(conversation, take its mail) -> when to come back, or None."""

AT_ONCE = 16
AFTER_ERROR = timedelta(seconds=5)


@dataclass(slots=True)
class _Entry:
    first_mail: float | None = None
    due: float | None = None
    timer: asyncio.TimerHandle | None = None
    running: bool = False
    again: bool = False


class Dispatcher:
    """Implements Wakeups. Lives on one event loop; nothing here is durable, the database is asked at every start."""

    def __init__(self, *, work: Work, longest_quiet: timedelta, at_once: int = AT_ONCE) -> None:
        self._work = work
        self._longest = longest_quiet.total_seconds()
        self._entries: dict[ConversationId, _Entry] = {}
        self._slots = asyncio.Semaphore(at_once)
        self._tasks: set[asyncio.Task[None]] = set()
        self._closed = False

    def mail(self, conversation_id: ConversationId, quiet: timedelta) -> None:
        """A message came: take it after the quiet window, which every further message starts anew, within bounds."""
        now = asyncio.get_running_loop().time()
        entry = self._entries.setdefault(conversation_id, _Entry())
        if entry.first_mail is None:
            entry.first_mail = now
        entry.due = min(now + quiet.total_seconds(), max(now, entry.first_mail + self._longest))
        self._schedule(conversation_id, entry, entry.due - now)

    def wake(self, conversation_id: ConversationId) -> None:
        """There is something to send, or a retry is due."""
        self._schedule(conversation_id, self._entries.setdefault(conversation_id, _Entry()), 0)

    def nudge(self, conversation_id: ConversationId, after: timedelta = timedelta()) -> None:
        """The net under everything: take up what the database says is left, unless it is being taken care of."""
        if conversation_id not in self._entries:
            entry = self._entries[conversation_id] = _Entry()
            entry.due = asyncio.get_running_loop().time() + after.total_seconds()
            self._schedule(conversation_id, entry, after.total_seconds())

    @property
    def idle(self) -> bool:
        return not self._tasks and not any(entry.timer for entry in self._entries.values())

    async def close(self) -> None:
        """Let running work finish its hop; what is left stands in the database."""
        self._closed = True
        for entry in self._entries.values():
            if entry.timer:
                entry.timer.cancel()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _schedule(self, conversation_id: ConversationId, entry: _Entry, delay: float) -> None:
        if self._closed:
            return
        if entry.running:
            entry.again = entry.again or delay <= 0
            return
        if entry.timer:
            entry.timer.cancel()
        if delay <= 0:
            entry.timer = None
            self._start(conversation_id, entry)
        else:
            entry.timer = asyncio.get_running_loop().call_later(delay, self._ring, conversation_id, entry)

    def _ring(self, conversation_id: ConversationId, entry: _Entry) -> None:
        entry.timer = None
        self._start(conversation_id, entry)

    def _start(self, conversation_id: ConversationId, entry: _Entry) -> None:
        entry.running = True
        task = asyncio.create_task(self._run(conversation_id, entry))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _run(self, conversation_id: ConversationId, entry: _Entry) -> None:
        later: timedelta | None = None
        try:
            async with self._slots:
                ripe = entry.due is not None and entry.due <= asyncio.get_running_loop().time() + 0.001
                if ripe:
                    entry.due = entry.first_mail = None
                later = await self._work(conversation_id, ripe)
        except Exception:
            log.exception("dispatch.work_failed", conversation_id=conversation_id)
            later = AFTER_ERROR
        finally:
            entry.running = False
        self._go_on(conversation_id, entry, later)

    def _go_on(self, conversation_id: ConversationId, entry: _Entry, later: timedelta | None) -> None:
        """Come back for newer mail, for whatever is left (unsent rows, mail whose turn failed), or not at all."""
        now = asyncio.get_running_loop().time()
        again, entry.again = entry.again, False
        if entry.due is None and later is not None:
            entry.due = now + later.total_seconds()
        if again:
            self._schedule(conversation_id, entry, 0)
        elif entry.due is not None:
            self._schedule(conversation_id, entry, entry.due - now)
        else:
            self._entries.pop(conversation_id, None)
