"""How often a platform may be called, as arithmetic: no clock and no waiting in here."""

from dataclasses import dataclass
from typing import Final

# After a wait the clock may stand a rounding error before the awaited moment.
_ROUNDING: Final = 1e-6


@dataclass(frozen=True, slots=True)
class Bucket:
    """One call every `interval` seconds, `burst` of them at once after a pause.

    All that must be remembered is when the bucket would be full again (`full_at`, seconds of the clock).
    """

    interval: float
    burst: int

    def wait(self, full_at: float, now: float) -> float:
        """Seconds until a call may be made; 0 = now."""
        missing = full_at - now - (self.burst - 1) * self.interval
        return missing if missing > _ROUNDING else 0.0

    def take(self, full_at: float, now: float) -> float:
        """The new `full_at` after a call."""
        return max(full_at, now) + self.interval
