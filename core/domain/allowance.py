"""What one turn may still ask of language models: seconds and calls, shared by everything that the turn asks."""

import time
from collections import Counter
from collections.abc import Callable, Mapping

WORDING = "wording"
UNDERSTANDING = "understanding"
CALLS: Mapping[str, int] = {WORDING: 2, UNDERSTANDING: 1}
"""Calls a turn by purpose: a draft and one more try, or one reading of what the customer wrote and a draft."""
MOST_CALLS = 2
"""Of all purposes together: a customer waits for each of them."""
TURN_SECONDS = 10.0


class Allowance:
    """Opened when a turn begins. A call is one request to a model that may have been answered, whoever asked."""

    def __init__(
        self,
        *,
        seconds: float = TURN_SECONDS,
        calls: Mapping[str, int] = CALLS,
        most: int = MOST_CALLS,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._calls = calls
        self._most = most
        self._taken: Counter[str] = Counter()
        self._now = now
        self._until = now() + seconds

    @property
    def seconds_left(self) -> float:
        return max(0.0, self._until - self._now())

    def may_ask(self, purpose: str) -> bool:
        return self._taken[purpose] < self._calls.get(purpose, 0) and self._taken.total() < self._most

    def take(self, purpose: str) -> bool:
        """Count a call; False when there is none left."""
        if not self.may_ask(purpose):
            return False
        self._taken[purpose] += 1
        return True

    def give_back(self, purpose: str) -> None:
        """The request came to no model: it was refused at the door."""
        self._taken[purpose] -= 1
