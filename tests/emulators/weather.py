"""How badly a platform delivers: twice, out of order, several things in one body, several bodies at once."""

import random
from collections import Counter
from dataclasses import dataclass, field


@dataclass
class Weather:
    """Shares of what is to be delivered. Fair weather by default: once, in order, one by one."""

    doubled: float = 0.0
    held: float = 0.0
    """Held back for a moment, so that what comes after it overtakes it."""
    longest_hold: float = 0.05
    """Seconds, of what is held back and of second copies."""
    most_in_one: int = 1
    at_once: int = 1
    dice: random.Random = field(default_factory=lambda: random.Random(0))
    counts: Counter[str] = field(default_factory=Counter)

    def holds(self) -> list[float]:
        """For one thing to deliver: after how many seconds each of its copies leaves."""
        first = self._moment("held") if self._happens("held", self.held) else 0.0
        return [first, self._moment("doubled")] if self._happens("doubled", self.doubled) else [first]

    def how_many(self) -> int:
        return self.dice.randint(1, self.most_in_one)

    def _happens(self, name: str, share: float) -> bool:
        happened = share > 0 and self.dice.random() < share
        self.counts[name] += happened
        return happened

    def _moment(self, name: str) -> float:
        return self.longest_hold * (0.2 + 0.8 * self.dice.random())
