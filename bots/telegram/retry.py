"""When to try again: pure."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Backoff:
    """Doubling pauses in seconds."""

    first: float = 1.0
    longest: float = 60.0

    def pause(self, failures: int) -> float:
        """After so many failures in a row, the first being 1."""
        return min(self.first * 2.0 ** min(failures - 1, 30), self.longest)
