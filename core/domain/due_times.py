"""By when something is promised: "завтра", "в пять", "within an hour", worked out in the firm's time zone."""

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from core.domain import review_rules as rules
from core.domain.claims import find_claims
from core.domain.dates_said import find_dates
from core.domain.duty import after_duty
from core.domain.firm import WEEKDAYS, Firm
from core.domain.hours_said import find_hours
from core.domain.visible import make_visible

USUAL_CLOSE = time(18)
LATEST = time(23, 59)
SOON = timedelta(hours=1)
"""What "right away" gives a person."""

_UNITS = {"minute": timedelta(minutes=1), "hour": timedelta(hours=1), "day": timedelta(days=1)} | {
    "week": timedelta(weeks=1), "month": timedelta(days=30), "year": timedelta(days=365),
}  # fmt: skip
_SOME = r"\b(?:кілька|декілька|пару|несколько|(?:a\s+)?(?:few|couple(?:\s+of)?))\s+"
_FEW = (
    (re.compile(r"\b(?:пів|пол|half)\s?(?:an\s+)?-?(?:годин|часа|hour)", re.I), timedelta(minutes=30)),
    (re.compile(r"\b(?:півтори|полтора|an\s+hour\s+and\s+a\s+half)\s*(?:годин|часа)?", re.I), timedelta(minutes=90)),
    (re.compile(rf"{_SOME}(?:хвилин|минут|min)", re.I), timedelta(minutes=15)),
    (re.compile(rf"{_SOME}(?:годин|часов|hours)", re.I), timedelta(hours=3)),
    (re.compile(rf"{_SOME}(?:дн|days)", re.I), timedelta(days=3)),
)
_COUNTS = {
    "два": 2, "две": 2, "три": 3, "четыре": 4, "пять": 5, "шесть": 6, "семь": 7, "восемь": 8, "девять": 9, "десять": 10,
}  # fmt: skip
_COUNTED = re.compile(rf"\b(через|за|спустя|течение)\s+({'|'.join(_COUNTS)})\b", re.I)
"""In other places these may be hours of the day."""
_NOW = re.compile(
    r"\b(?:зараз|одразу|сейчас|сразу|щас|right\s+now|in\s+a\s+(?:moment|minute|second)|shortly|soon)\b", re.I
)
_IN_THE_DAY = re.compile(
    r"\b(?:протягом|впродовж|упродовж|в\s+течение|within|during)\s+(?:(?:сьогоднішн|сегодняшн)\w+\s+|the\s+)"
    r"?(?:робоч\w+\s+|рабоч\w+\s+)?(?:дня|day)\b(?<!a\sday)",
    re.I,
)
_AFTER_TOMORROW = re.compile(r"післязавтра|послезавтра|day\s+after\s+tomorrow", re.I)
_NEXT_WEEK = re.compile(r"наступн|следующ|next", re.I)
_OTHER_END = re.compile(r"тиж|недел|week", re.I), re.compile(r"міс|мес|month", re.I), re.compile(r"рок|год|year", re.I)
_PARTS = (
    (re.compile(r"\b(?:до\s+обіду|до\s+обеда|before\s+(?:noon|lunch))", re.I), time(13)),
    (re.compile(r"\b(?:після\s+обіду|после\s+обеда|afternoon|after\s+lunch)", re.I), None),
    (re.compile(r"\b(?:вранці|зранку|уранці|утром|с\s+утра|morning)", re.I), time(12)),
    (re.compile(r"\b(?:ввечері|увечері|вечером|до\s+вечора|до\s+вечера|tonight|evening)", re.I),
     time(20)),
)  # fmt: skip
_SINCE = re.compile(r"\b(?:після|после|after)\s*$", re.I)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where and when something is said."""

    firm: Firm
    local: datetime

    def at(self, day: date, clock: time) -> datetime:
        return datetime.combine(day, clock, tzinfo=ZoneInfo(self.firm.timezone)).astimezone(UTC)

    def closing(self, day: date) -> time:
        hours = self.firm.on_duty.get(WEEKDAYS[day.weekday()])
        return hours[1] if hours and day not in self.firm.holidays else USUAL_CLOSE

    def is_worked(self, day: date) -> bool:
        return WEEKDAYS[day.weekday()] in self.firm.on_duty and day not in self.firm.holidays

    @property
    def today(self) -> date:
        return self.local.date()


def find_due(sentence: str, at: datetime, firm: Firm, *, soon: bool = True) -> datetime | None:
    """The latest moment that the words leave, in UTC; None when they name none. `soon`: "right away" names one."""
    seen = _COUNTED.sub(lambda match: f"{match[1]} {_COUNTS[match[2].lower()]}", make_visible(sentence).text)
    place = _Place(firm, at.astimezone(ZoneInfo(firm.timezone)))
    length = None if _IN_THE_DAY.search(seen) else _length(seen)
    if length is not None:
        return _after(place, at, length)
    day, clock = _day(seen, place), _clock(seen, place)
    if day is None and clock is None:
        return at.astimezone(UTC) + SOON if soon and _is_now(seen) else None
    if day is None:
        assert clock is not None
        due = place.at(place.today, clock)
        return due if due > at else place.at(place.today + timedelta(days=1), clock)
    due = place.at(day, clock or place.closing(day))
    if due > at:
        return due
    return place.at(day, LATEST) if day == place.today else due


def undated_due(at: datetime, firm: Firm, within: timedelta = timedelta(hours=8)) -> datetime:
    """For a promise without a time: so much working time later."""
    return after_duty(firm, at, within) or at + timedelta(days=1)


def _length(text: str) -> timedelta | None:
    for pattern, length in _FEW:
        if pattern.search(text):
            return length
    found = [
        _UNITS[unit] * float(most)
        for claim in find_claims(text)
        if claim.rule in (rules.TERM, rules.GUARANTEE) and isinstance(claim.value, tuple)
        for *_, most, unit in (claim.value,)
        if isinstance(most, Decimal) and unit in _UNITS
    ]
    return max(found, default=None)


def _after(place: _Place, at: datetime, length: timedelta) -> datetime:
    """Hours run by the clock; days end with the day's work."""
    if length < timedelta(days=1):
        return at.astimezone(UTC) + length
    day = place.today + length
    return place.at(day, place.closing(day))


def _is_now(text: str) -> bool:
    return _NOW.search(text) is not None or any(said.value == ("near", "now") for said in find_dates(text))


def _day(text: str, place: _Place) -> date | None:
    """The latest day that is named."""
    return max(_days(text, place), default=None)


def _days(text: str, place: _Place) -> Iterator[date]:
    today = place.today
    if _IN_THE_DAY.search(text):
        yield today
    for said in find_dates(text):
        words = text[said.start : said.end]
        match said.value:
            case ("date", int(day), int(month)):
                yield from _upcoming(today, day, month)
            case ("weekday", int(number)):
                yield today + timedelta(days=(number - today.weekday() - 1) % 7 + 1)
            case ("near", str(name)):
                yield _near(name, words, text, place)


def _near(name: str, words: str, text: str, place: _Place) -> date:
    today = place.today
    if name == "tomorrow":
        return today + timedelta(days=2 if _AFTER_TOMORROW.search(text) else 1)
    if name == "next":
        return next(day for day in _coming(today + timedelta(days=1)) if place.is_worked(day) or not place.firm.on_duty)
    if name == "week":
        return _last_worked(today + timedelta(days=7 if _NEXT_WEEK.search(words) else 0), place)
    if name == "end":
        week, month, year = (pattern.search(words) for pattern in _OTHER_END)
        if week:
            return _last_worked(today, place)
        if month:
            return today.replace(day=calendar.monthrange(today.year, today.month)[1])
        return today.replace(month=12, day=31) if year else today
    return today


def _coming(first: date) -> Iterator[date]:
    return (first + timedelta(days=ahead) for ahead in range(400))


def _last_worked(day: date, place: _Place) -> date:
    """The last day of this week on which somebody is there."""
    monday = day - timedelta(days=day.weekday())
    worked = [each for each in (monday + timedelta(days=n) for n in range(7)) if place.is_worked(each)]
    return max((each for each in worked if each >= place.today), default=monday + timedelta(days=6))


def _upcoming(today: date, day: int, month: int) -> Iterator[date]:
    for year in (today.year, today.year + 1):
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if found >= today:
            yield found
            return


def _clock(text: str, place: _Place) -> time | None:
    """Of a range its end; "after two" leaves the rest of the day."""
    hours = [said for said in find_hours(text) if not _SINCE.search(text[: said.start])]
    if hours:
        last = max(hours, key=lambda said: said.start)
        return _as_worked(last.minutes, is_sure=last.is_sure, place=place)
    for pattern, clock in _PARTS:
        if pattern.search(text):
            return clock
    return None


def _as_worked(minutes: int, *, is_sure: bool, place: _Place) -> time:
    """ "At five" is the five of the working day."""
    as_said = time(minutes // 60, minutes % 60)
    if is_sure or minutes >= 12 * 60 or not minutes:
        return as_said
    later = time(minutes // 60 + 12, minutes % 60)
    opens = min((hours[0] for hours in place.firm.on_duty.values()), default=time(8))
    return later if as_said < opens else as_said
