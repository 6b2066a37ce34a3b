"""A rung that failed rests for a while, so that the next customer does not wait for it too."""

from datetime import datetime, timedelta

from core.ports import Clock, Failure, LanguageModelFailed

FIRST_REST = timedelta(seconds=5)
LONGEST_REST = timedelta(minutes=5)
FIRST_RESTS = {Failure.REFUSED: timedelta(minutes=1), Failure.SLOW: timedelta(seconds=15)}
"""No waiting cures a wrong key or name; and a slow model has cost a customer much time already."""
FORGIVEN = 3
"""Unfit requests and unusable texts in a row: what one customer wrote may be the reason, not the rung."""

_FORGIVABLE = (Failure.UNFIT, Failure.UNUSABLE)


def rest_after(failure: LanguageModelFailed, in_a_row: int) -> timedelta | None:
    """How long to rest after the n-th failure in a row; None = go on."""
    if failure.kind in _FORGIVABLE and in_a_row < FORGIVEN:
        return None
    first = FIRST_RESTS.get(failure.kind, FIRST_REST)
    rest = min(first * (1 << min(in_a_row - 1, 10)), LONGEST_REST)
    return max(rest, timedelta(seconds=failure.retry_after or 0))


class Breaker:
    """Closed: everybody may ask. Resting: nobody. After the rest one may try; what happens to it decides."""

    def __init__(self, *, clock: Clock) -> None:
        self._clock = clock
        self._failures = 0
        self._rests_until: datetime | None = None
        self._is_tried = False
        self.reason = ""

    @property
    def rests_until(self) -> datetime | None:
        """None while everybody may ask."""
        return self._rests_until

    def admit(self) -> bool:
        """Ask before a call; who was let in says `leave` when it is over."""
        if self._rests_until is None:
            return True
        if self._is_tried or self._clock.now() < self._rests_until:
            return False
        self._is_tried = True
        return True

    def leave(self) -> None:
        self._is_tried = False

    def note_success(self) -> None:
        self._failures, self._rests_until, self.reason = 0, None, ""

    def note_failure(self, failure: LanguageModelFailed) -> None:
        """Calls that were under way when the rest began are the same failure, not further ones."""
        if self._rests_until and not self._is_tried:
            return
        self._failures += 1
        rest = rest_after(failure, self._failures)
        if rest:
            self._rests_until, self.reason = self._clock.now() + rest, str(failure)
