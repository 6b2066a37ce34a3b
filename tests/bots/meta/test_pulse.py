"""When refused webhooks are an alarm, and when they are over."""

from datetime import UTC, datetime, timedelta

import pytest

from bots.channel import AccountState
from bots.meta.pulse import Pulse
from core.clock import ManualClock

START = datetime(2026, 11, 21, tzinfo=UTC)


def told(*answers: tuple[float, int], at: float) -> str | None:
    """`answers` are (minute, status)."""
    clock = ManualClock(START)
    pulse = Pulse(clock)
    for minute, status in answers:
        clock.advance(START + timedelta(minutes=minute) - clock.now())
        pulse.note(status)
    clock.advance(START + timedelta(minutes=at) - clock.now())
    found = pulse.find()
    assert found is None or (found.state is AccountState.DEAF and found.hint)
    return found.what if found else None


@pytest.mark.parametrize(
    ("answers", "at", "is_alarm"),
    [
        ([], 60, False),
        ([(0, 200), (30, 200)], 60, False),
        ([(0, 403), (1, 403), (2, 403)], 9, False),
        ([(0, 403), (1, 403), (2, 403)], 10, True),
        ([(0, 503), (5, 503), (12, 503)], 12, True),
        ([(0, 403), (20, 403)], 30, False),
        ([(0, 403), (5, 403), (10, 403), (11, 200)], 30, False),
        ([(0, 403), (1, 403), (2, 403)], 120, False),
        ([(0, 403), (1, 200), (2, 403), (11, 403), (11.5, 403)], 11.9, False),
    ],
)
def test_ten_minutes_of_refusals_are_an_alarm_until_one_is_taken(
    answers: list[tuple[float, int]], at: float, is_alarm: bool
) -> None:
    assert (told(*answers, at=at) is not None) == is_alarm


def test_the_alarm_names_the_usual_answer_and_its_remedy() -> None:
    assert told((0, 403), (1, 403), (2, 503), (11, 403), at=11) == (
        "webhooks have been refused for 11 minutes (answered with 403)"
    )
