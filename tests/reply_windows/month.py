"""A month of one talk, played with the engine as delivery asks it, and judged by the rule book at every step."""

import heapq
import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import UTC, datetime, time, timedelta

from bots.console import window as console
from bots.instagram import window as instagram
from bots.messenger import window as messenger
from bots.telegram import window as telegram
from bots.webchat import window as webchat
from core.domain.quiet_hours import QuietHours
from core.domain.reply_window import (
    Answer,
    BotMessage,
    MayGoFrom,
    MayGoPrivately,
    MayGoTagged,
    MayNot,
    OperatorMessage,
    Standing,
    WindowRules,
    may_bot_send,
    may_operator_send,
    with_person_window,
)
from core.domain.send_time import MARGIN, plan_send
from tests.reply_windows.rule_book import (
    ADVERTISING,
    BUSINESS,
    DAY,
    MONTH,
    OPEN,
    OWN_PAGE,
    PAGE,
    REVIEWED,
    WRITES,
    Book,
    Happening,
    Month,
    Night,
    Verdict,
)


def with_ads(rules: WindowRules) -> WindowRules:
    """As if the platform had promised its longer window after an ad."""
    return replace(rules, ad=replace(rules.ad, is_granted=True)) if rules.ad else rules


CHANNELS: Mapping[str, tuple[WindowRules, Book]] = {
    "telegram": (telegram.CHAT, OPEN),
    "telegram_business": (telegram.BUSINESS, BUSINESS),
    "messenger": (messenger.WINDOW, PAGE),
    "messenger_reviewed": (with_person_window(messenger.WINDOW), REVIEWED),
    "messenger_ads": (with_ads(with_person_window(messenger.WINDOW)), ADVERTISING),
    "instagram": (instagram.WINDOW, PAGE),
    "instagram_reviewed": (with_person_window(instagram.WINDOW), REVIEWED),
    "webchat": (webchat.WINDOW, OWN_PAGE),
    "console": (console.WINDOW, OPEN),
}
NIGHTS = (
    None,
    Night(21 * 60, 8 * 60, "Europe/Kyiv"),
    Night(22 * 60 + 30, 7 * 60 + 15, "America/New_York"),
    Night(0, 6 * 60, "Asia/Kathmandu"),
    Night(13 * 60, 14 * 60, "Europe/Kyiv"),
    Night(23 * 60, 3 * 60 + 30, "Europe/Kyiv"),
)
STARTS = tuple(datetime(2026, month, 10, 10, tzinfo=UTC) for month in (1, 3, 10))
"""A month in winter, one in which summer time begins and one in which it ends."""
_KINDS = (
    *("message",) * 8, *("button",) * 2, "reaction", "link", "ad", "comment", "comment", "stop", "block", "unblock",
    "take", "give", "echo", "read", "delivery", "edit", "ad_click",
)  # fmt: skip
_WHO = ("reply", "start", "start", "person", "person")


@dataclass(frozen=True, slots=True)
class Schedule:
    channel: str
    night: Night | None
    start: datetime
    happenings: tuple[Happening, ...]
    wishes: tuple[tuple[int, str], ...]
    """Minute and who wants to send: reply and start are the bot's, person is a person's."""
    plans: tuple[tuple[int, int], ...]
    """Minute and for how many minutes later a follow-up is wished."""


@dataclass
class Tally:
    schedules: int = 0
    asked: int = 0
    sent: int = 0
    tagged: int = 0
    private: int = 0
    held: int = 0
    taken_back: int = 0
    """Held, and not wanted any more since the customer wrote first."""
    refused: int = 0
    planned: int = 0
    not_planned: int = 0
    illegal: int = 0
    """Sent although the rule book forbids it, then or in that way."""
    dropped: int = 0
    """Refused or made to wait although the rule book lets it go."""
    wrong_time: int = 0
    """Right, but with another end or another morning than the rule book's."""
    bot_tagged: int = 0
    badly_planned: int = 0
    examples: list[str] = field(default_factory=list)

    @property
    def faults(self) -> int:
        return self.illegal + self.dropped + self.wrong_time + self.bot_tagged + self.badly_planned

    def add(self, other: "Tally") -> None:
        for item in fields(self):
            setattr(self, item.name, getattr(self, item.name) + getattr(other, item.name))


def build_schedule(seed: int) -> Schedule:
    """Random, with a liking for the minutes at which something opens, closes or begins."""
    dice = random.Random(seed)
    channel, night, start = dice.choice(list(CHANNELS)), dice.choice(NIGHTS), dice.choice(STARTS)
    minutes = sorted(dice.sample(range(MONTH - 1), dice.randint(0, 14)))
    happenings = tuple(Happening(minute, dice.choice(_KINDS)) for minute in minutes)
    edges = [minute + step for minute in minutes for step in (0, 1, DAY - 1, DAY, 3 * DAY, 7 * DAY - 1, 7 * DAY)]
    wishes = [
        (_near(dice, edges) if edges and dice.random() < 0.7 else dice.randrange(MONTH), dice.choice(_WHO))
        for _ in range(dice.randint(5, 20))
    ]
    plans = [(dice.randrange(MONTH), dice.choice((60, 20 * 60, DAY, 2 * DAY, 3 * DAY))) for _ in range(2)]
    if minutes:
        plans.append((dice.choice(minutes), dice.choice((20 * 60, DAY, 30 * 60))))
    return Schedule(channel, night, start, happenings, tuple(sorted(wishes)), tuple(plans))


def _near(dice: random.Random, edges: list[int]) -> int:
    return min(max(dice.choice(edges) + dice.choice((-1, 0, 0, 1, dice.randint(-600, 600))), 0), MONTH - 1)


class Player:
    """Keeps the standing as the store does and asks as delivery does."""

    def __init__(self, schedule: Schedule, rules: WindowRules | None = None) -> None:
        own_rules, book = CHANNELS[schedule.channel]
        self.tally = Tally(schedules=1)
        self._schedule = schedule
        self._rules = rules or own_rules
        self._month = Month(book, schedule.night, schedule.start, schedule.happenings)
        self._quiet = _quiet(schedule.night)
        self._standing = Standing(None)
        self._held: list[tuple[int, str]] = []

    def play(self) -> Tally:
        for minute, order, what in self._steps():
            if order == 0:
                self._happen(minute, what)
            elif order == 1:
                self._ask(minute, what)
            else:
                self._plan(minute, int(what))
            while self._held and order != 0 and self._held[0][0] <= minute:
                self._ask(*heapq.heappop(self._held))
        return self.tally

    def _steps(self) -> Iterator[tuple[int, int, str]]:
        schedule = self._schedule
        known = [(happening.minute, 0, happening.kind) for happening in schedule.happenings]
        known += [(minute, 1, who) for minute, who in schedule.wishes]
        known += [(minute, 2, str(wait)) for minute, wait in schedule.plans]
        for step in sorted(known):
            while self._held and self._held[0][0] < step[0]:
                self._ask(*heapq.heappop(self._held))
            yield step
        while self._held:
            self._ask(*heapq.heappop(self._held))

    def _happen(self, minute: int, kind: str) -> None:
        at, old = self._at(minute), self._standing
        if kind in WRITES:
            self._standing = replace(old, opened_at=at, reachable=True, opted_out=False)
            if kind == "ad":
                self._standing = replace(self._standing, ad_entry_at=at)
        elif kind == "stop":
            self._standing = replace(old, opened_at=at, reachable=True, opted_out=True)
        elif kind == "reaction":
            self._standing = replace(old, opened_at=at)
        elif kind == "comment":
            self._standing = replace(old, comment_at=at, comment_id=str(minute), comment_answered=False)
        elif kind in ("block", "unblock"):
            self._standing = replace(old, reachable=kind == "unblock")
        elif kind in ("take", "give"):
            self._standing = replace(old, held_elsewhere=kind == "take")
        if kind in WRITES or kind == "stop":
            self._wake(minute)

    def _wake(self, minute: int) -> None:
        """The customer wrote: what the bot was about to start is not wanted any more, a person's words are answers."""
        held, self._held = self._held, []
        for _, who in held:
            if who == "start":
                self.tally.taken_back += 1
            else:
                self._ask(minute, who)

    def _ask(self, minute: int, who: str) -> None:
        answer, verdict, tally = self._answer(minute, who), self._month.verdict(minute, who), self.tally
        tally.asked += 1
        self._compare(minute, who, answer, verdict)
        if isinstance(answer, MayGoFrom):
            tally.held += 1
            heapq.heappush(self._held, (max(self._minute(answer.at), minute + 1), who))
        elif isinstance(answer, MayNot):
            tally.refused += 1
        else:
            tally.sent += 1
            tally.tagged += isinstance(answer, MayGoTagged)
            tally.bot_tagged += isinstance(answer, MayGoTagged) and who != "person"
            if isinstance(answer, MayGoPrivately):
                tally.private += 1
                self._standing = replace(self._standing, comment_answered=True)
                self._month.answered_privately(minute)

    def _compare(self, minute: int, who: str, answer: Answer, verdict: Verdict) -> None:
        word, tally = _WORDS.get(type(answer), "go"), self.tally
        before = tally.faults
        if word not in ("wait", "no") and word != verdict.word:
            tally.illegal += 1
        elif word != verdict.word:
            tally.dropped += 1
        elif isinstance(answer, MayGoFrom):
            tally.wrong_time += self._minute(answer.at) != verdict.morning
        elif not isinstance(answer, MayNot):
            end = None if answer.until is None else self._minute(answer.until)
            tally.wrong_time += not self._month.ends(minute, who, word, end)
        if tally.faults > before:
            tally.examples.append(f"{self._schedule.channel} {who} at {minute}: {answer}, the book says {verdict}")

    def _plan(self, minute: int, wait: int) -> None:
        now, half = self._at(minute), minute + wait // 2
        wished = self._at(minute + wait)
        at = plan_send(self._rules, self._standing, wished, now=now, quiet=self._quiet, not_before=self._at(half))
        if at is None:
            self.tally.not_planned += 1
            good = not any(self._may_start(minute, other) for other in range(half, minute + wait + 1, 5))
        else:
            self.tally.planned += 1
            planned = self._minute(at)
            good = planned >= half and self._month.may_start(minute, planned)
            good = good and (planned >= minute + wait or self._may_start(minute, planned))
        if not good:
            self.tally.badly_planned += 1
            self.tally.examples.append(f"{self._schedule.channel} planned at {minute} for {wait} minutes: {at}")

    def _may_start(self, known: int, minute: int) -> bool:
        """With the margin kept free."""
        last = minute + int(MARGIN.total_seconds()) // 60 - 1
        return self._month.may_start(known, minute) and self._month.may_start(known, last)

    def _answer(self, minute: int, who: str) -> Answer:
        at, quiet = self._at(minute), self._quiet
        if who == "person":
            return may_operator_send(self._rules, self._standing, OperatorMessage("olena"), now=at, quiet=quiet)
        return may_bot_send(self._rules, self._standing, BotMessage(who == "reply"), now=at, quiet=quiet)

    def _at(self, minute: int) -> datetime:
        return self._schedule.start + timedelta(minutes=minute)

    def _minute(self, at: datetime) -> int:
        return int((at - self._schedule.start).total_seconds()) // 60


_WORDS: Mapping[type, str] = {MayGoFrom: "wait", MayNot: "no", MayGoTagged: "tagged", MayGoPrivately: "private"}


def _quiet(night: Night | None) -> QuietHours | None:
    if night is None:
        return None
    return QuietHours(time(*divmod(night.begin, 60)), time(*divmod(night.end, 60)), night.zone)
