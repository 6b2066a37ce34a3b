"""The desk's words in each language, read from the message catalogues once."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

LANGUAGES: Final = {"en": "English", "uk": "Українська"}
DEFAULT: Final = "en"
FOLDER: Final = Path(__file__).parent / "locale"

_DAY_FORMAT: Final = "d MMM"
_FULL_FORMAT: Final = "d MMMM y, HH:mm"


@dataclass(frozen=True, slots=True)
class Catalogue:
    texts: Mapping[str, str | tuple[str, ...]]
    plural: Callable[[int], int]
    """Which of a text's forms goes with a number."""


class Words:
    """One language as templates use it: `words("leads.title")`, `words.count("leads.found", 3)`."""

    def __init__(self, language: str, catalogue: Catalogue, *, timezone: ZoneInfo) -> None:
        self.language = language
        self._catalogue = catalogue
        self._timezone = timezone

    def __call__(self, key: str, /, **values: object) -> str:
        found = self._catalogue.texts.get(key)
        text = found if isinstance(found, str) else _plain(key)
        return text.format(**values) if values else text

    def count(self, key: str, number: int, /, **values: object) -> str:
        forms = self._catalogue.texts[key]
        text = forms if isinstance(forms, str) else forms[self._catalogue.plural(number)]
        return text.format(n=self.number(number), **values)

    def has(self, key: str) -> bool:
        return key in self._catalogue.texts

    def why_held(self, reason: str) -> str:
        """Why somebody else than the bot has a talk; what could not be sent is a reason as well."""
        return self(f"reason.{reason}" if self.has(f"reason.{reason}") else f"why_not.{reason}")

    def keys(self, prefix: str) -> tuple[str, ...]:
        return tuple(key for key in self._catalogue.texts if key.startswith(prefix))

    def number(self, value: float) -> str:
        from babel.numbers import format_decimal

        return str(format_decimal(value, locale=self.language))

    def moment(self, at: datetime, now: datetime) -> str:
        """Short: the time of today, the day of this year, else the date."""
        from babel.dates import format_date, format_time

        local, today = at.astimezone(self._timezone), now.astimezone(self._timezone)
        if local.date() == today.date():
            return str(format_time(local, "HH:mm", locale=self.language))
        if local.year == today.year:
            return str(format_date(local, _DAY_FORMAT, locale=self.language))
        return str(format_date(local, "short", locale=self.language))

    def left(self, until: datetime, now: datetime) -> str:
        """In the two greatest units; the page's script goes on counting in the same way."""
        minutes = int((until - now).total_seconds()) // 60
        if minutes < 1:
            return f"< 1 {self('unit.minute')}"
        days, hours, rest = minutes // 1440, minutes % 1440 // 60, minutes % 60
        parts = [(days, "day"), (hours, "hour"), (0 if days else rest, "minute")]
        return " ".join(f"{number} {self(f'unit.{unit}')}" for number, unit in parts if number)

    def local(self, at: datetime) -> str:
        """As a field for a date and a time has it."""
        return f"{at.astimezone(self._timezone):%Y-%m-%dT%H:%M}"

    def due(self, at: datetime, now: datetime) -> str:
        """Like `moment`, and with the clock on other days: what is promised is promised for an hour."""
        local, today = at.astimezone(self._timezone), now.astimezone(self._timezone)
        told = self.moment(at, now)
        return told if local.date() == today.date() else f"{told}, {self.clock(at)}"

    def length(self, delta: timedelta) -> str:
        """How long something has lasted, in one unit: 14 minutes, 2 days."""
        from babel.dates import format_timedelta

        length = max(delta, timedelta(minutes=1))
        threshold = 1.0 if length < timedelta(minutes=1.5) else 1.2  # else a minute would be told as 60 seconds
        return str(format_timedelta(length, threshold=threshold, locale=self.language))

    def clock(self, at: datetime) -> str:
        from babel.dates import format_time

        return str(format_time(at.astimezone(self._timezone), "HH:mm", locale=self.language))

    def day(self, at: datetime) -> str:
        from babel.dates import format_date

        return str(format_date(at.astimezone(self._timezone), "full", locale=self.language))

    def full(self, at: datetime) -> str:
        from babel.dates import format_datetime

        return str(format_datetime(at.astimezone(self._timezone), _FULL_FORMAT, locale=self.language))


def load_catalogues(folder: Path = FOLDER) -> dict[str, Catalogue]:
    return {language: read_catalogue(folder / f"{language}.po") for language in LANGUAGES}


def read_catalogue(path: Path) -> Catalogue:
    from babel.messages.pofile import read_po

    with path.open("rb") as file:
        stored: Any = read_po(file)
    texts = {message.id if isinstance(message.id, str) else message.id[0]: message for message in stored if message.id}
    return Catalogue(
        {
            key: message.string if isinstance(message.string, str) else tuple(message.string)
            for key, message in texts.items()
        },
        _plural(stored),
    )


def _plural(stored: Any) -> Callable[[int], int]:
    from gettext import c2py

    chosen: Callable[[int], int] = c2py(stored.plural_expr)
    return chosen


def _plain(key: str) -> str:
    """A name that a playbook made up has no entry: it is shown as people would say it."""
    return re.sub(r"[_-]+", " ", key.rpartition(".")[2])
