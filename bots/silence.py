"""Whether an account has been silent for longer than it ever is: the sign of webhooks that got lost on their way."""

import itertools
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from bots.caretaker import Finding
from bots.channel import AccountState

LOOKED_AT: Final = timedelta(days=14)
_LEAST: Final = 30
"""Messages, and below that on how many days: with fewer nobody can say what is usual."""
_DAYS: Final = 5
_SHORTEST: Final = timedelta(hours=6)
_TIMES: Final = 2
_HINT: Final = (
    "write to the account yourself; if nothing comes, run `seller channels check` and look at your proxy's log "
    "for calls of /webhooks"
)


def judge_silence(arrivals: Sequence[datetime], now: datetime) -> Finding | None:
    """`arrivals` of the last fourteen days, oldest first. Nights and weekends are pauses that are usual."""
    if len(arrivals) < _LEAST or len({at.date() for at in arrivals}) < _DAYS:
        return None
    longest = max(later - earlier for earlier, later in itertools.pairwise(arrivals))
    silent = now - arrivals[-1]
    if silent < max(_SHORTEST, longest * _TIMES):
        return None
    what = f"nothing has come for {_hours(silent)} hours, the longest pause of two weeks was {_hours(longest)}"
    return Finding(AccountState.DEAF, what, _HINT)


def _hours(span: timedelta) -> int:
    return round(span.total_seconds() / 3600)
