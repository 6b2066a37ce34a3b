"""A bad day: updates doubled and reordered, calls throttled, refused and left without an answer, people taking over."""

import asyncio
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.storm.echo import Watching, build_echo, offer
from benchmarks.storm.logbook import event_name
from benchmarks.storm.recording import Mishaps, RecordingChannel
from benchmarks.storm.verify import HONEST_ENDS, Verdict, verify
from bots.bootstrap import Application
from core.domain.messages import InboundMessage
from core.storage.conversations import find_conversation
from tests.spine import ACCOUNT, settle

NET_TRIES = 20
"""A second apart: several intervals of the net."""
ENDS = HONEST_ENDS | {"refused", "cancelled"}


@dataclass(frozen=True, slots=True)
class Size:
    """`slow` is the longest pause of the brain and of the platform, in seconds."""

    chats: int
    messages: int
    slow: float = 0.004


@dataclass(frozen=True, slots=True)
class FaultReport:
    calls: int
    duplicates: int
    operator_words: int
    operator_doubled: int
    overlaps: int
    verdict: Verdict

    @property
    def faults(self) -> int:
        return self.operator_doubled + self.overlaps + self.verdict.faults


async def run_fault_storm(
    folder: Path, size: Size, *, seed: int, database_url: str | None = None, processes: int = 1
) -> FaultReport:
    """`processes` are applications that share one PostgreSQL database and the platform."""
    dice = random.Random(seed)
    chats, slow = [f"c{number}" for number in range(size.chats)], size.slow
    channel = RecordingChannel(dice=dice, mishaps=Mishaps(), slowest=slow)
    folders = [folder / f"process-{number}" for number in range(processes)]
    apps = [
        await build_echo(own, channel=channel, understanding=Watching(dice, slow), database_url=database_url)
        for own in folders
    ]
    for app in apps:
        await app.start()
    accepted: set[str] = set()
    said: list[str] = []
    try:
        talks = [_talk(apps, _disordered(chat, size.messages, dice), dice, accepted, slow) for chat in chats]
        people = [_operate(dice.choice(apps), chat, dice, said, slow) for chat in chats[::5]]
        await asyncio.gather(*talks, *people)
        verdict = await _judge(apps, accepted, channel)
    finally:
        for app in apps:
            await app.stop()
    words = [one.text for one in channel.record if one.text in set(said)]
    doubled = len(words) - len(set(words))
    duplicates = sum(app.intake.duplicates for app in apps)
    return FaultReport(channel.calls, duplicates, len(said), doubled, channel.overlaps, verdict)


async def _judge(apps: Sequence[Application], accepted: set[str], channel: RecordingChannel) -> Verdict:
    """Once all is quiet. What a visit had to leave is taken up by the net within its interval: until then it is late
    and not lost."""
    for _ in range(NET_TRIES):
        for app in apps:
            await settle(app, limit=120)
        verdict = await apps[0].database.read(
            lambda conn: verify(conn, accepted, channel.record, ends=ENDS, reordered=True)
        )
        if not verdict.left_open:
            break
        await asyncio.sleep(1)
    return verdict


async def _talk(
    apps: Sequence[Application],
    plan: Sequence[InboundMessage],
    dice: random.Random,
    accepted: set[str],
    slow: float,
) -> None:
    for message in plan:
        await dice.choice(apps).intake.receive([message])
        accepted.add(message.event_id)
        if dice.random() < 0.7:
            await asyncio.sleep(dice.random() * 40 * slow)


def _disordered(chat: str, messages: int, dice: random.Random) -> list[InboundMessage]:
    """One in ten changes places with its neighbour, one in twenty comes twice."""
    numbers = list(range(messages))
    for place in range(messages - 1):
        if dice.random() < 0.1:
            numbers[place], numbers[place + 1] = numbers[place + 1], numbers[place]
    doubled = [number for n in numbers for number in ([n, n] if dice.random() < 0.05 else [n])]
    return [offer(chat, event_name(chat, number), number) for number in doubled]


async def _operate(app: Application, chat: str, dice: random.Random, said: list[str], slow: float) -> None:
    """A person takes over, says something, gives back; some visits only take over and give back."""
    for visit in range(6):
        await asyncio.sleep(dice.random() * 80 * slow)
        conversation_id = await app.database.read(lambda conn: find_conversation(conn, ACCOUNT, chat))
        if conversation_id is None:
            continue
        await app.operators.take_over(conversation_id, "olena")
        await asyncio.sleep(dice.random() * 4 * slow)
        if dice.random() < 0.7:
            said.append(f"{chat} operator {visit}")
            await app.operators.reply(conversation_id, "olena", said[-1])
            await asyncio.sleep(dice.random() * 4 * slow)
        await app.operators.hand_back(conversation_id, "olena")
