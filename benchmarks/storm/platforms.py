"""A bad day on three platforms at once: what people write comes twice and out of order, what we send is throttled, lost
on the way back or refused for a moment, and echoes are there before their answers."""

import asyncio
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from benchmarks.storm.logbook import Seen, event_name
from benchmarks.storm.three_platforms import PATIENCE_S, connected
from benchmarks.storm.verify import Verdict, verify
from bots.meta.reader import METADATA
from core.storage.tables import MessageRow, OutboxRow, table
from tests.emulators.faults import Fault, cut_off, delivered_but_silent, server_error, too_many_requests
from tests.emulators.meta import MetaEmulator
from tests.emulators.meta_errors import FAULTS
from tests.emulators.telegram import TelegramEmulator
from tests.emulators.trio import Trio
from tests.emulators.weather import Weather

_outbox, _messages = table(OutboxRow), table(MessageRow)

BACKLOG = 300
"""So many messages may wait to be delivered before people pause."""


@dataclass(frozen=True, slots=True)
class Crowd:
    """`people` over all platforms, each of whom writes `messages`."""

    people: int
    messages: int
    slow: float = 0.004
    quiet: float = 0.05


@dataclass
class Mishaps:
    """Shares of the calls that send. The rest goes well. Each mishap comes once, however small the storm."""

    dice: random.Random
    delivered_without_answer: float = 0.02
    throttled: float = 0.02
    failed: float = 0.01
    counts: Counter[str] = field(default_factory=Counter)

    def throw(self, *, telegram: bool) -> Fault | None:
        silent = delivered_but_silent(2 * PATIENCE_S) if self.dice.random() < 0.5 else cut_off(delivered=True)
        throttled = too_many_requests(1) if telegram else FAULTS["call rate"]
        failed = self.dice.choice([server_error(502), FAULTS["delivered, bad gateway"], FAULTS["temporary"]])
        if telegram and failed is FAULTS["temporary"]:
            failed = server_error(500)
        thrown = self.dice.random()
        for name, share, fault in (
            ("delivered without answer", self.delivered_without_answer, silent),
            ("throttled", self.throttled, throttled),
            ("5xx", self.failed, failed),
        ):
            if thrown < share or name not in self.counts:
                self.counts[name] += 1
                return fault
            thrown -= share
        return None


@dataclass(frozen=True, slots=True)
class PlatformReport:
    messages: int
    duplicates: int
    reordered: int
    lost_answers: int
    early_echoes: int
    mishaps: dict[str, int]
    never_seen: int
    """Replies in doubt that the platform indeed did not show: nobody can know, so they are shown at the desk."""
    unconfirmed_on: dict[str, int]
    not_reconciled: int
    """Replies that stand in a chat whose platform echoes them, and are in doubt all the same."""
    told_after_the_end: int
    """Second replies to what was delivered once more when all was done."""
    verdict: Verdict

    @property
    def faults(self) -> int:
        return self.not_reconciled + self.told_after_the_end + self.verdict.faults


async def run_platform_storm(folder: Path, size: Crowd, *, seed: int, login: bool = False) -> PlatformReport:
    """`login`: Instagram is opened by its own login instead of by a page."""
    dice = random.Random(seed)
    weather = Weather(doubled=0.05, held=0.05, longest_hold=0.3, most_in_one=6, at_once=8, dice=dice)
    platforms, mishaps = Trio(weather, echo_first=0.3, login=login), Mishaps(dice)
    platforms.telegram.faults.by_chance("sendMessage", lambda: mishaps.throw(telegram=True))
    for meta in platforms.meta:
        meta.faults.by_chance("messages", lambda: mishaps.throw(telegram=False))
    async with connected(folder, platforms, dice=dice, slowest=size.slow, quiet=size.quiet, lost=0.01) as bot:
        said = await _talk(platforms, size, dice)
        await _until_quiet(platforms, bot.app)
        before = _count_seen(platforms)
        for meta in platforms.meta:
            meta.redeliver(seed=seed)
        await _until_quiet(platforms, bot.app)
        told_after = _count_seen(platforms) - before
        return await bot.app.database.read(
            lambda conn: _judge(conn, said, platforms, mishaps, bot.door.lost, told_after)
        )


async def _talk(platforms: Trio, size: Crowd, dice: random.Random) -> set[str]:
    """Everybody writes in turn, now and then twice at once; nobody waits for the other."""
    people = [(number, platforms.all[number % 3]) for number in range(size.people)]
    written = dict.fromkeys((number for number, _ in people), 0)
    said: set[str] = set()
    while any(count < size.messages for count in written.values()):
        for number, emulator in dice.sample(people, len(people)):
            for copy in range(2 if dice.random() < 0.2 else 1):
                await asyncio.sleep(0.002 * copy)  # nobody writes twice in one millisecond
                if written[number] < size.messages:
                    text = event_name(f"p{number}", written[number])
                    _write(emulator, number, text)
                    said.add(text)
                    written[number] += 1
            await asyncio.sleep(0.001)
            while platforms.waiting > BACKLOG:  # noqa: ASYNC110 - as people do
                await asyncio.sleep(0.02)
    return said


def _write(emulator: TelegramEmulator | MetaEmulator, number: int, text: str) -> None:
    if isinstance(emulator, TelegramEmulator):
        emulator.say(text, user_id=1_000 + number)
    else:
        emulator.say(text, person=str(7_000_000_000 + number))


async def _until_quiet(platforms: Trio, app: Any, *, limit: float = 600.0) -> None:
    """Until nothing is to be delivered, thought about or sent, twice in a row."""
    async with asyncio.timeout(limit):
        calm = 0
        while calm < 3:
            calm = calm + 1 if platforms.is_idle and app.dispatcher.idle else 0
            await asyncio.sleep(0.1)


def _count_seen(platforms: Trio) -> int:
    return sum(len(emulator.state.seen) for emulator in platforms.all)


def _judge(
    conn: sa.Connection, said: set[str], platforms: Trio, mishaps: Mishaps, lost_answers: int, told_after: int
) -> PlatformReport:
    rows = list(
        conn.execute(sa.select(_outbox, _messages.c.text).join(_messages, _messages.c.id == _outbox.c.message_id))
    )
    seen = _seen(platforms, rows)
    shown = {one.key for one in seen}
    doubt = [row for row in rows if row.state == "unconfirmed"]
    weathers = platforms.weathers
    return PlatformReport(
        messages=len(said),
        duplicates=sum(weather.counts["doubled"] for weather in weathers),
        reordered=sum(weather.counts["held"] for weather in weathers),
        lost_answers=lost_answers,
        early_echoes=platforms.messenger.early_echoes + platforms.instagram.early_echoes,
        mishaps=dict(mishaps.counts),
        never_seen=sum(row.id not in shown for row in doubt),
        unconfirmed_on=dict(Counter(row.account_id for row in doubt)),
        not_reconciled=sum(row.id in shown and row.account_id != "telegram" for row in doubt),
        told_after_the_end=told_after,
        verdict=verify(conn, said, seen, reordered=True, named_by_text=True),
    )


def _seen(platforms: Trio, rows: Sequence[Any]) -> list[Seen]:
    """In the order in which people saw them. Telegram gives back nothing of ours, so its texts, each of which names its
    messages, tell which row they are."""
    by_text = {row.text: row.id for row in rows}
    seen = [
        Seen(by_text.get(one.text, -1), f"telegram:{one.chat_id}", one.text) for one in platforms.telegram.state.seen
    ]
    for meta in platforms.meta:
        for shown in meta.state.seen:
            key = int(str(shown.message["metadata"]).removeprefix(METADATA))
            seen.append(Seen(key, f"{meta.name}:{shown.recipient}", shown.text))
    return seen


def as_figures(report: PlatformReport) -> dict[str, Any]:
    told = {name: value for name, value in asdict(report).items() if name != "verdict"}
    return {**told, **report.verdict.as_dict()}
