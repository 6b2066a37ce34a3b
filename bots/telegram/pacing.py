"""Send as fast as the platform allows and no faster: one bucket for all, one for each chat."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from bots.bucket import Bucket

Sleep = Callable[[float], Awaitable[None]]

_SWEEP_AT = 1024


@dataclass(frozen=True, slots=True)
class Pace:
    """The soft limits of the platform's FAQ: 30 a second in all, 1 a second in a chat, 20 a minute in a group."""

    overall: Bucket = field(default=Bucket(interval=1 / 30, burst=30))
    chat: Bucket = field(default=Bucket(interval=1.0, burst=3))
    group: Bucket = field(default=Bucket(interval=3.0, burst=3))
    longest_wait: float = 10.0
    """A longer wait is given back, so that nobody's slot is held meanwhile."""


@dataclass
class Pacer:
    """Waits, never drops. Lives on one event loop; forgets chats whose bucket is full."""

    pace: Pace = field(default_factory=Pace)
    now: Callable[[], float] = time.monotonic
    sleep: Sleep = asyncio.sleep
    _overall: float = float("-inf")
    _chats: dict[int, float] = field(default_factory=dict)
    _paused: dict[int, float] = field(default_factory=dict)
    """Chats that the platform told to wait, until when."""
    _all_paused: float = float("-inf")
    _line: asyncio.Lock = field(default_factory=asyncio.Lock)
    _sweep_at: int = _SWEEP_AT

    async def enter(self, chat: int) -> float:
        """Wait for this chat's turn, then 0; or at once the seconds to come back after, when they are many."""
        while True:
            wait = self._chat_wait(chat)
            if max(wait, self._all_paused - self.now()) > self.pace.longest_wait:
                return max(wait, self._all_paused - self.now())
            if wait > 0:
                await self.sleep(wait)
                continue
            # First come, first served among those whose chat is free.
            async with self._line:
                while (pause := self._overall_wait()) > 0:
                    await self.sleep(pause)
                if self._chat_wait(chat) == 0:
                    self._take(chat)
                    return 0.0

    def has_room(self, chat: int) -> bool:
        """For what may be left out: take from the common bucket only when nobody has to wait for it."""
        if self._line.locked() or self._overall_wait() > 0 or self._paused.get(chat, 0.0) > self.now():
            return False
        self._overall = self.pace.overall.take(self._overall, self.now())
        return True

    def punish(self, chat: int, seconds: float) -> None:
        """The platform said: not before so many seconds. Said to two chats at a time, it concerns everybody."""
        now = self.now()
        self._paused = {other: until for other, until in self._paused.items() if until > now}
        if any(other != chat for other in self._paused):
            self._all_paused = max(self._all_paused, now + seconds)
        self._paused[chat] = max(self._paused.get(chat, 0.0), now + seconds)

    def remembered(self) -> int:
        return len(self._chats) + len(self._paused)

    def _chat_wait(self, chat: int) -> float:
        now = self.now()
        bucket = self.pace.group if chat < 0 else self.pace.chat
        wait = bucket.wait(self._chats.get(chat, now), now)
        return max(wait, self._paused.get(chat, now) - now, 0.0)

    def _overall_wait(self) -> float:
        now = self.now()
        return max(self.pace.overall.wait(self._overall, now), self._all_paused - now, 0.0)

    def _take(self, chat: int) -> None:
        now = self.now()
        bucket = self.pace.group if chat < 0 else self.pace.chat
        self._chats[chat] = bucket.take(self._chats.get(chat, now), now)
        self._overall = self.pace.overall.take(self._overall, now)
        if len(self._chats) >= self._sweep_at:
            self._chats = {other: full_at for other, full_at in self._chats.items() if full_at > now}
            self._paused = {other: until for other, until in self._paused.items() if until > now}
            self._sweep_at = max(_SWEEP_AT, 2 * len(self._chats))
