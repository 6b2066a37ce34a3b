"""How often a password may be tried."""

import math
from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from core.ports import Clock

PER_NAME: Final = 5
"""Wrong passwords for one name from one address."""
PER_ADDRESS: Final = 30
"""Wrong passwords for any names from one address."""
WINDOW: Final = timedelta(minutes=15)
REMEMBERED: Final = 10_000


@dataclass(slots=True)
class _Count:
    failures: int
    until: datetime


class SignInAttempts:
    """Lives in memory: a restart forgives, which is no help to somebody who guesses."""

    def __init__(self, *, clock: Clock) -> None:
        self._clock = clock
        self._counts: OrderedDict[tuple[str, str | None], _Count] = OrderedDict()

    def wait_s(self, address: str, name: str) -> int:
        """Seconds before the next try; 0 = now."""
        now = self._clock.now()
        waits = [
            math.ceil((count.until - now).total_seconds())
            for key, limit in _limits(address, name)
            if (count := self._counts.get(key)) and count.failures >= limit and count.until > now
        ]
        return max(waits, default=0)

    def fail(self, address: str, name: str) -> None:
        """Counted before the password is checked, so that tries made at the same time count too."""
        now = self._clock.now()
        for key, _ in _limits(address, name):
            count = self._counts.get(key)
            if count is None or count.until <= now:
                count = self._counts[key] = _Count(0, now)
            count.failures += 1
            count.until = now + WINDOW
            self._counts.move_to_end(key)
        while len(self._counts) > REMEMBERED:
            self._counts.popitem(last=False)

    def succeed(self, address: str, name: str) -> None:
        """Forget the name's wrong tries, and that this one was counted for the address."""
        self._counts.pop((address, _fold(name)), None)
        if count := self._counts.get((address, None)):
            count.failures -= 1


def _limits(address: str, name: str) -> tuple[tuple[tuple[str, str | None], int], ...]:
    return (((address, _fold(name)), PER_NAME), ((address, None), PER_ADDRESS))


def _fold(name: str) -> str:
    return name.strip().casefold()[:100]
