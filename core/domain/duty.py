"""When somebody of the firm is there: next, after so much working time, and how that is told."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from core.domain.firm import WEEKDAYS, Firm

LOOK_AHEAD = 400
"""Days: a firm that is closed for longer is never back."""

_MONTHS = {
    "uk": ("січня", "лютого", "березня", "квітня", "травня", "червня", "липня", "серпня", "вересня", "жовтня",
           "листопада", "грудня"),
    "ru": ("января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября",
           "ноября", "декабря"),
    "en": ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
           "November", "December"),
}  # fmt: skip
_DAYS = {
    "uk": ("у понеділок", "у вівторок", "у середу", "у четвер", "у п'ятницю", "у суботу", "у неділю"),
    "ru": ("в понедельник", "во вторник", "в среду", "в четверг", "в пятницу", "в субботу", "в воскресенье"),
    "en": ("on Monday", "on Tuesday", "on Wednesday", "on Thursday", "on Friday", "on Saturday", "on Sunday"),
}
_NEAR = {"uk": ("сьогодні", "завтра"), "ru": ("сегодня", "завтра"), "en": ("today", "tomorrow")}


def next_duty(firm: Firm, now: datetime) -> datetime | None:
    """When somebody is there: now, the next opening, or None for a firm that is never open. Aware UTC."""
    for opens, closes in _shifts(firm, now):
        if now < closes:
            return max(now, opens)
    return None


def after_duty(firm: Firm, now: datetime, within: timedelta) -> datetime | None:
    """When people have been there for as long as `within` from now on: an hour promised at closing time is an hour of
    the next morning. None for a firm that is never open."""
    left = within
    for opens, closes in _shifts(firm, now):
        begins = max(now, opens)
        if closes - begins >= left:
            return begins + left
        left -= max(timedelta(), closes - begins)
    return None


def say_back(firm: Firm, now: datetime, language: str) -> str | None:
    """`tomorrow at 9:00`; None while somebody is there, and for a firm that is never open."""
    back = next_duty(firm, now)
    return None if back is None or back <= now else say_moment(back, now, firm.timezone, language)


def say_moment(at: datetime, now: datetime, timezone: str, language: str) -> str:
    """A coming moment as people of the firm's time zone say it: the nearest name of its day, and the clock."""
    zone = ZoneInfo(timezone)
    local, today = at.astimezone(zone), now.astimezone(zone).date()
    clock = f"{local.hour}:{local:%M}"
    at_clock = {"uk": f"{'об' if local.hour == 11 else 'о'} {clock}", "ru": f"в {clock}"}.get(language, f"at {clock}")
    return f"{_say_day(local.date(), today, language)} {at_clock}"


def _say_day(day: date, today: date, language: str) -> str:
    language = language if language in _DAYS else "en"
    ahead = (day - today).days
    if 0 <= ahead <= 1:
        return _NEAR[language][ahead]
    if 0 < ahead < 7:
        return _DAYS[language][day.weekday()]
    said = f"{day.day} {_MONTHS[language][day.month - 1]}"
    return f"on {said}" if language == "en" else said


def _shifts(firm: Firm, now: datetime) -> Iterator[tuple[datetime, datetime]]:
    """(opens, closes) in UTC from the present day on: the clock on the wall decides, however it was set at night."""
    if not firm.on_duty:
        return
    zone = ZoneInfo(firm.timezone)
    first = now.astimezone(zone).date()
    for ahead in range(LOOK_AHEAD):
        day = first + timedelta(days=ahead)
        hours = firm.on_duty.get(WEEKDAYS[day.weekday()])
        if hours is None or day in firm.holidays:
            continue
        opens, closes = (datetime.combine(day, moment, tzinfo=zone).astimezone(UTC) for moment in hours)
        yield opens, closes
