"""The time on an emulated platform."""

import threading
import time


class MovingClock:
    """Seconds since 1970: standing still at `at`, or going with this machine when there is none. Moves on by hand."""

    def __init__(self, at: float | None = None) -> None:
        self._at = at
        self._moved = 0.0
        self._lock = threading.Lock()

    def now(self) -> float:
        return (time.time() if self._at is None else self._at) + self._moved

    def advance(self, seconds: float) -> None:
        with self._lock:
            self._moved += seconds
