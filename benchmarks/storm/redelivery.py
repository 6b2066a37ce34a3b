"""A platform that did not hear our 200 sends again: no message may be answered twice for it."""

import asyncio
import random
from dataclasses import dataclass
from pathlib import Path

from benchmarks.storm.echo import Watching, build_echo, offer
from benchmarks.storm.logbook import Seen, event_name
from benchmarks.storm.recording import RecordingChannel
from benchmarks.storm.verify import Verdict, verify
from core.domain.messages import InboundMessage
from tests.spine import settle


@dataclass(frozen=True, slots=True)
class RedeliveryReport:
    updates: int
    redelivered: int
    second_replies: int
    verdict: Verdict


async def redeliver(
    folder: Path, *, updates: int, chats: int, seed: int, database_url: str | None = None
) -> RedeliveryReport:
    """Each update twice at the same moment, then all again at once, then all again one after the other."""
    dice = random.Random(seed)
    channel = RecordingChannel()
    app = await build_echo(folder, channel=channel, understanding=Watching(dice), database_url=database_url)
    await app.start()
    try:
        plan = [_update(number, chats) for number in range(updates)]
        await asyncio.gather(*(app.intake.receive([message]) for message in plan for _ in range(2)))
        await settle(app, limit=120)
        before = len(channel.record)
        await asyncio.gather(*(app.intake.receive([message]) for message in dice.sample(plan, len(plan))))
        for message in plan:
            await app.intake.receive([message])
        await settle(app, limit=120)
        await asyncio.sleep(2.5)  # the net under the dispatcher has looked once more by then
        await settle(app, limit=120)
        accepted = {message.event_id for message in plan}
        seen: list[Seen] = channel.record
        verdict = await app.database.read(lambda conn: verify(conn, accepted, seen))
        return RedeliveryReport(updates, 3 * updates, len(seen) - before, verdict)
    finally:
        await app.stop()


def _update(number: int, chats: int) -> InboundMessage:
    chat = f"c{number % chats}"
    return offer(chat, event_name(chat, number), number)
