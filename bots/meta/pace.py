"""How fast one account may call: the platform's rates, and slower when it says that its limits are near."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Final

from bots.bucket import Bucket

LONGEST_S: Final = 5.0
"""A longer wait is given back, so that nobody's slot is held meanwhile."""
NEAR: Final = 80.0
"""Per cent of a limit from which on we slow down, and say nothing that may be left out."""
_STEPS: Final = ((100.0, 60.0), (95.0, 5.0), (90.0, 1.0), (NEAR, 0.25))
_OLD_S: Final = 300.0
"""What the platform said of its limits is forgotten after so long."""
PRIVATE_REPLIES: Final = Bucket(interval=3600 / 700, burst=50)
"""750 an hour for comments under posts, on both platforms: burst and steady flow together stay within."""


@dataclass(frozen=True, slots=True)
class Rates:
    """`source` and `as_of` say where the platform documents them."""

    text: Bucket
    media: Bucket
    private: Bucket
    """Private replies to comments."""
    source: str
    as_of: str


def slow_down(percent: float) -> float:
    """Seconds between two calls when so much of a limit is used; 0 = as fast as the rates allow."""
    return next((seconds for step, seconds in _STEPS if percent >= step), 0.0)


@dataclass
class Pace:
    """Of one account. Lives on one event loop."""

    rates: Rates
    usage: Callable[[], float] = lambda: 0.0
    now: Callable[[], float] = time.monotonic
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    _text_full_at: float = float("-inf")
    _media_full_at: float = float("-inf")
    _private_full_at: float = float("-inf")
    _last: float = float("-inf")
    _line: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def enter(self, *, media: bool, private: bool = False) -> float:
        """Wait for the turn, then 0; or at once the seconds to come back after, when they are many. A private reply
        has days: it is given back rather than waited for, so that nobody who talks with us stands behind it."""
        async with self._line:
            if private and (later := self.rates.private.wait(self._private_full_at, self.now())) > 0:
                return later
            while (wait := self._wait(media=media)) > 0:
                if wait > LONGEST_S:
                    return wait
                await self.sleep(wait)
            self._take(media=media, private=private)
        return 0.0

    @property
    def has_room(self) -> bool:
        """For what may be left out: only while nobody waits and no limit is near."""
        return not self._line.locked() and self._pressure() < NEAR and self._wait(media=False) <= 0

    def _wait(self, *, media: bool) -> float:
        now = self.now()
        waits = [self.rates.text.wait(self._text_full_at, now), self._last + slow_down(self._pressure()) - now]
        if media:
            waits.append(self.rates.media.wait(self._media_full_at, now))
        return max(0.0, *waits)

    def _take(self, *, media: bool, private: bool) -> None:
        now = self._last = self.now()
        self._text_full_at = self.rates.text.take(self._text_full_at, now)
        if media:
            self._media_full_at = self.rates.media.take(self._media_full_at, now)
        if private:
            self._private_full_at = self.rates.private.take(self._private_full_at, now)

    def _pressure(self) -> float:
        """Told with each answer: without calls it is old news."""
        return self.usage() if self.now() - self._last < _OLD_S else 0.0
