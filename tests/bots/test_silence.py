"""When silence is an alarm."""

from datetime import UTC, datetime, timedelta

import pytest

from bots.silence import judge_silence

DAY0 = datetime(2026, 11, 2, tzinfo=UTC)  # a Monday
WEEKS = [
    DAY0 + timedelta(days=day, hours=hour) for day in range(14) if (DAY0 + timedelta(days=day)).weekday() < 5
    for hour in range(9, 18)
]  # fmt: skip
"""Weekdays from nine to five: the longest usual pause is a weekend of 64 hours."""
LAST = WEEKS[-1]


@pytest.mark.parametrize(
    ("arrivals", "silent", "is_alarm"),
    [
        (WEEKS, timedelta(hours=16), False),
        (WEEKS, timedelta(hours=64), False),
        (WEEKS, timedelta(hours=127), False),
        (WEEKS, timedelta(hours=129), True),
        ([LAST - timedelta(hours=hour) for hour in range(336, -1, -1)], timedelta(hours=5), False),
        ([LAST - timedelta(hours=hour) for hour in range(336, -1, -1)], timedelta(hours=7), True),
        (WEEKS[-20:], timedelta(days=13), False),
        ([LAST - timedelta(minutes=minute) for minute in range(300, -1, -1)], timedelta(days=13), False),
        ([], timedelta(days=13), False),
    ],
    ids=["night", "weekend", "nearly", "too long", "busy", "busy and gone", "few", "one day only", "none"],
)
def test_only_a_pause_that_is_not_usual_is_an_alarm(
    arrivals: list[datetime], silent: timedelta, is_alarm: bool
) -> None:
    found = judge_silence(arrivals, LAST + silent)
    assert (found is not None) == is_alarm
    assert found is None or (found.hint and str(round(silent.total_seconds() / 3600)) in found.what)
