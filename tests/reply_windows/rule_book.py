"""The platforms' rules once more, minute by minute and by counting: written from their pages, not from our code.

A month is 43,200 minutes and some days after them. For each minute of it stands, as numbers, how long ago the person
did what opens the window, whether the firm sleeps, and so on; what is legal at a minute is looked up, never computed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt

MONTH = 30 * 24 * 60
AFTER = 5 * 24 * 60
"""Minutes kept behind the month, for what it leaves to the next morning."""
DAY = 24 * 60
LONG_AGO = -(10**8)

OPENS = frozenset({"message", "button", "reaction", "link", "ad", "stop"})
"""A message ("stop" is one), a button, a reaction, a link clicked in a talk, an ad clicked and then a message. Nothing
else does."""
WRITES = frozenset({"message", "button", "link", "ad"})

Numbers = npt.NDArray[np.int32]
_NEVER: Numbers = np.full(MONTH + AFTER, LONG_AGO, dtype=np.int32)
_NOT = np.zeros(MONTH + AFTER, dtype=np.bool_)


@dataclass(frozen=True, slots=True)
class Book:
    """One channel's rules in minutes; None = no such rule."""

    bot: int | None
    """After what opens the window anything may be sent for so long; None = for ever."""
    ad: int | None = None
    person: int | None = None
    tag: str | None = None
    comment: int | None = None


PAGE = Book(bot=DAY, comment=7 * DAY)
REVIEWED = Book(bot=DAY, person=7 * DAY, tag="HUMAN_AGENT", comment=7 * DAY)
ADVERTISING = Book(bot=DAY, ad=3 * DAY, person=7 * DAY, tag="HUMAN_AGENT", comment=7 * DAY)
OWN_PAGE = Book(bot=30 * DAY)
BUSINESS = Book(bot=DAY)
OPEN = Book(bot=None)


@dataclass(frozen=True, slots=True)
class Night:
    begin: int
    """Minutes after midnight, by the wall clock."""
    end: int
    zone: str


@dataclass(frozen=True, slots=True)
class Happening:
    minute: int
    kind: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """`word`: go, tagged, private, wait, no. `morning`: until when it waits."""

    word: str
    morning: int | None = None


class Month:
    """Everything that happens in one talk, known beforehand but for our own private replies."""

    def __init__(self, book: Book, night: Night | None, start: datetime, happenings: Sequence[Happening]) -> None:
        self.book = book
        self._asleep = asleep(night, start) if night else None
        self._opened = newest(happenings, OPENS)
        self._ad = newest(happenings, {"ad"})
        self._comment = newest(happenings, {"comment"})
        self._blocked = switched(happenings, on={"block"}, off={"unblock", "stop", *WRITES})
        self._stopped = switched(happenings, on={"stop"}, off=WRITES)
        self._taken = switched(happenings, on={"take"}, off={"give"})
        self._answered: set[int] = set()

    def answered_privately(self, minute: int) -> None:
        self._answered.add(int(self._comment[minute]))

    def verdict(self, minute: int, who: str) -> Verdict:
        """`who`: reply and start are the bot's, person is a person's."""
        if self._blocked[minute] or self._taken[minute]:
            return Verdict("no")
        if self._stopped[minute] and (who != "reply" or not self._is_fresh(minute, minute)):
            return Verdict("no")
        word = self._permission(minute, minute, who)
        if word is None:
            return Verdict("no")
        answers = who != "start" and self._is_fresh(minute, minute)
        if answers or not self.is_asleep(minute):
            return Verdict(word)
        morning = minute
        while self.is_asleep(morning):
            morning += 1
        if self._permission(minute, morning, who):
            return Verdict("wait", morning)
        return Verdict(word) if who == "person" else Verdict("no")

    def ends(self, minute: int, who: str, word: str, end: int | None) -> bool:
        """Whether a permission of that minute is over at `end`, and not a minute sooner; None = never."""
        if end is None:
            return self.book.bot is None
        return self._permission(minute, end - 1, who) == word != self._permission(minute, end, who)

    def _permission(self, known: int, minute: int, who: str) -> str | None:
        """By what a message may go at `minute` if nothing more happens after `known`."""
        book, opened, ad = self.book, int(self._opened[known]), int(self._ad[known])
        if book.bot is None or minute - opened < book.bot:
            return "go"
        if book.ad is not None and minute - ad < book.ad:
            return "go"
        if who != "start" and self._owes_reply(known, minute):
            return "private"
        if who == "person" and book.person is not None and minute - opened < book.person:
            return "tagged"
        return None

    def _owes_reply(self, known: int, minute: int) -> bool:
        comment = int(self._comment[known])
        return self.book.comment is not None and minute - comment < self.book.comment and comment not in self._answered

    def _is_fresh(self, known: int, minute: int) -> bool:
        """What is sent now answers the person's own words."""
        opened = int(self._opened[known])
        return opened == LONG_AGO or minute - opened < DAY or self._owes_reply(known, minute)

    def may_start(self, known: int, minute: int) -> bool:
        """Whether the bot may start something then, if nothing more happens after `known`."""
        barred = self._blocked[known] or self._taken[known] or self._stopped[known]
        return not barred and not self.is_asleep(minute) and self._permission(known, minute, "start") == "go"

    def is_asleep(self, minute: int) -> bool:
        return self._asleep is not None and bool(self._asleep[minute])


def newest(happenings: Sequence[Happening], kinds: frozenset[str] | set[str]) -> Numbers:
    """For each minute the minute of the newest of these."""
    minutes = [happening.minute for happening in happenings if happening.kind in kinds]
    if not minutes:
        return _NEVER
    at = np.full(MONTH + AFTER, LONG_AGO, dtype=np.int32)
    at[minutes] = minutes
    return np.maximum.accumulate(at)


def switched(happenings: Sequence[Happening], *, on: set[str], off: frozenset[str] | set[str]) -> npt.NDArray[np.bool_]:
    """For each minute whether the last word was `on`."""
    last_on = newest(happenings, on)
    return _NOT if last_on is _NEVER else last_on > newest(happenings, off)


@cache
def asleep(night: Night, start: datetime) -> npt.NDArray[np.bool_]:
    """For each minute whether the wall clock stands in the night."""
    zone, begin = ZoneInfo(night.zone), start.astimezone(UTC)
    walls = [(begin + timedelta(minutes=minute)).astimezone(zone) for minute in range(MONTH + AFTER)]
    clock = np.array([wall.hour * 60 + wall.minute for wall in walls])
    if night.begin <= night.end:
        return (clock >= night.begin) & (clock < night.end)
    return (clock >= night.begin) | (clock < night.end)
