"""Two messages of one conversation at the same moment: both kept, in order, and both seen by the brain."""

import asyncio
import random
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from benchmarks.storm.echo import Watching, build_echo, marks, offer
from benchmarks.storm.recording import RecordingChannel
from tests.spine import settle

AT_ONCE = 20


class Moment(StrEnum):
    """When the second message comes."""

    SAME = "at the same moment"
    THINKING = "while the first is being thought about"
    SENDING = "while the first is being answered"


@dataclass(frozen=True, slots=True)
class PairReport:
    pairs: int
    kept: int
    ordered: int
    seen: int
    """Pairs answered by one reply to both, or by a second turn whose history had the first message."""
    one_reply: int

    @property
    def faults(self) -> int:
        return 3 * self.pairs - self.kept - self.ordered - self.seen


async def send_pairs(
    folder: Path, moment: Moment, *, pairs: int, seed: int, slowest: float = 0.004, database_url: str | None = None
) -> PairReport:
    dice = random.Random(seed)
    channel, watching = RecordingChannel(dice=dice, slowest=slowest), Watching(dice, slowest)
    app = await build_echo(folder, channel=channel, understanding=watching, database_url=database_url, parts=1)
    await app.start()
    gate = asyncio.Semaphore(AT_ONCE)

    async def pair(number: int) -> None:
        chat = f"{moment.name.lower()}{number}"
        first, second = offer(chat, f"{chat}-1", 1), offer(chat, f"{chat}-2", 2)
        async with gate:
            if moment is Moment.SAME:
                await asyncio.gather(app.intake.receive([first]), app.intake.receive([second]))
                return
            await app.intake.receive([first])
            reached = watching.begun if moment is Moment.THINKING else channel.begun
            while chat not in reached:  # noqa: ASYNC110 - the moment itself is what is wanted
                await asyncio.sleep(0.001)
            await app.intake.receive([second])

    try:
        await asyncio.gather(*(pair(number) for number in range(pairs)))
        await settle(app, limit=120)
    finally:
        await app.stop()
    return _judge(channel, watching)


def _judge(channel: RecordingChannel, watching: Watching) -> PairReport:
    named: dict[str, list[list[str]]] = {}
    for one in channel.record:
        named.setdefault(one.chat, []).append(marks(one.text))
    shown: dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]] = {}
    for chat, texts, history in watching.turns:
        shown.setdefault(chat, []).append((texts, history))
    kept = ordered = seen = together = 0
    for chat in shown:
        wanted = [f"{chat}-1", f"{chat}-2"]
        answered = [mark for reply in named.get(chat, []) for mark in reply]
        kept += sorted(answered) == wanted
        ordered += answered == wanted
        texts, history = shown[chat][-1]
        seen += set(wanted) <= {*texts, *history} and wanted[1] in texts
        together += named.get(chat) == [wanted]
    return PairReport(len(shown), kept, ordered, seen, together)
