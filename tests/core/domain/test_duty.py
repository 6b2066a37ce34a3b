from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from core.domain.dates_said import find_dates
from core.domain.duty import after_duty, next_duty, say_back, say_moment
from core.domain.firm import Firm
from tests.core.engine.situations import build_firm

KYIV = ZoneInfo("Europe/Kyiv")
WEEK = {day: (time(9), time(18)) for day in ("mon", "tue", "wed", "thu", "fri")}


def firm(hours: Mapping[str, tuple[time, time]] | None = None, **more: object) -> Firm:
    return replace(build_firm(), on_duty=WEEK if hours is None else hours, **more)  # type: ignore[arg-type]


def kyiv(text: str) -> datetime:
    """`2026-11-23 10:00` on the wall in Kyiv."""
    return datetime.fromisoformat(text).replace(tzinfo=KYIV)


@pytest.mark.parametrize(
    ("now", "back"),
    [
        ("2026-11-23 08:59", "2026-11-23 09:00"),  # Monday
        ("2026-11-23 09:00", "2026-11-23 09:00"),
        ("2026-11-23 17:59", "2026-11-23 17:59"),
        ("2026-11-23 18:00", "2026-11-24 09:00"),
        ("2026-11-27 20:00", "2026-11-30 09:00"),  # Friday evening
        ("2026-11-29 12:00", "2026-11-30 09:00"),
        ("2026-12-31 19:00", "2027-01-04 09:00"),  # with the two holidays below
    ],
)
def test_people_are_back_at_the_next_opening(now: str, back: str) -> None:
    closed = frozenset({date(2027, 1, 1), date(2026, 12, 25)})
    assert next_duty(firm(holidays=closed), kyiv(now)) == kyiv(back)


@pytest.mark.parametrize(
    ("now", "opens"),
    [
        # Clocks go forward on 28 March 2027 and back on 31 October 2027, both on a Sunday.
        ("2027-03-27 20:00", datetime(2027, 3, 28, 6, 0, tzinfo=UTC)),
        ("2027-03-26 20:00", datetime(2027, 3, 27, 7, 0, tzinfo=UTC)),
        ("2027-10-30 20:00", datetime(2027, 10, 31, 7, 0, tzinfo=UTC)),
        ("2027-10-29 20:00", datetime(2027, 10, 30, 6, 0, tzinfo=UTC)),
    ],
)
def test_the_opening_is_the_walls_when_clocks_are_changed_at_night(now: str, opens: datetime) -> None:
    every_day = {day: (time(9), time(18)) for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")}
    assert next_duty(firm(every_day), kyiv(now)) == opens


def test_an_opening_in_the_hour_that_is_left_out_is_the_first_moment_after_it() -> None:
    night = firm({"sun": (time(3, 30), time(12))})
    assert next_duty(night, kyiv("2027-03-28 01:00")) == datetime(2027, 3, 28, 1, 30, tzinfo=UTC)


def test_a_shift_over_the_change_is_as_long_as_it_is() -> None:
    night = firm({"sun": (time(1), time(6)), "mon": (time(9), time(18))})
    four_hours = after_duty(night, kyiv("2027-03-27 23:00"), timedelta(hours=4, minutes=30))
    assert four_hours == kyiv("2027-03-29 09:30")
    assert after_duty(night, kyiv("2027-10-30 23:00"), timedelta(hours=6)) == kyiv("2027-10-31 06:00")


@pytest.mark.parametrize(
    ("now", "within", "due"),
    [
        ("2026-11-23 10:00", timedelta(hours=1), "2026-11-23 11:00"),
        ("2026-11-23 17:30", timedelta(hours=1), "2026-11-24 09:30"),
        ("2026-11-27 17:30", timedelta(hours=1), "2026-11-30 09:30"),
        ("2026-11-28 12:00", timedelta(hours=2), "2026-11-30 11:00"),
        ("2026-11-23 17:00", timedelta(hours=1), "2026-11-23 18:00"),
        ("2026-11-23 09:00", timedelta(hours=20), "2026-11-25 11:00"),
    ],
)
def test_an_hour_promised_at_closing_time_is_an_hour_of_the_next_morning(now: str, within: timedelta, due: str) -> None:
    assert after_duty(firm(), kyiv(now), within) == kyiv(due)


def test_a_firm_without_hours_is_never_back() -> None:
    closed = firm({})
    assert next_duty(closed, kyiv("2026-11-23 10:00")) is None
    assert after_duty(closed, kyiv("2026-11-23 10:00"), timedelta(hours=1)) is None
    assert say_back(closed, kyiv("2026-11-23 10:00"), "en") is None


def test_a_holiday_is_no_day_of_duty() -> None:
    monday = kyiv("2026-11-23 10:00")
    assert firm().is_on_duty(monday)
    assert not firm(holidays=frozenset({monday.date()})).is_on_duty(monday)


@pytest.mark.parametrize(
    ("now", "uk", "ru", "en"),
    [
        ("2026-11-23 07:00", "сьогодні о 9:00", "сегодня в 9:00", "today at 9:00"),
        ("2026-11-23 19:00", "завтра о 9:00", "завтра в 9:00", "tomorrow at 9:00"),
        ("2026-11-23 00:30", "сьогодні о 9:00", "сегодня в 9:00", "today at 9:00"),
        ("2026-11-27 19:00", "у понеділок о 9:00", "в понедельник в 9:00", "on Monday at 9:00"),
        ("2026-12-31 19:00", "8 січня о 9:00", "8 января в 9:00", "on 8 January at 9:00"),
    ],
)
def test_people_are_told_when_somebody_is_back(now: str, uk: str, ru: str, en: str) -> None:
    long_break = firm(holidays=frozenset(date(2027, 1, day) for day in range(1, 8)))
    assert [say_back(long_break, kyiv(now), each) for each in ("uk", "ru", "en")] == [uk, ru, en]


def test_nothing_is_told_while_somebody_is_there() -> None:
    assert say_back(firm(), kyiv("2026-11-23 10:00"), "uk") is None


@pytest.mark.parametrize("day", range(7))
@pytest.mark.parametrize("language", ["uk", "ru", "en"])
def test_whatever_is_told_is_read_back_as_a_day_and_a_time(day: int, language: str) -> None:
    """Review traces days and times by their values: it has to find them in our own words."""
    now = kyiv("2026-11-22 12:00")
    said = say_moment(kyiv(f"2026-11-{24 + day} 11:30"), now, "Europe/Kyiv", language)
    kinds = {value[0] for date in find_dates(said) if isinstance(value := date.value, tuple)}
    assert kinds in ({"weekday", "clock"}, {"date", "clock"}), said


def test_eleven_is_said_as_ukrainians_say_it() -> None:
    assert say_moment(kyiv("2026-11-24 11:00"), kyiv("2026-11-23 12:00"), "Europe/Kyiv", "uk") == "завтра об 11:00"
