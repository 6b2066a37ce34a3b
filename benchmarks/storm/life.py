"""One life of the program under test: it takes what the platform offers until it is killed, or until all is done."""

import asyncio
import os
import random
import signal
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from benchmarks.storm.echo import Watching, build_echo, offer
from benchmarks.storm.logbook import Logbook, event_name
from bots.bootstrap import Application
from core.domain.messages import OutboundMessage
from core.domain.sending import SendResult, Sent
from core.storage.left import list_with_mail, list_with_unsent
from tests.spine import CollectingChannel, settle

FOR_EVER = 10**9


@dataclass(frozen=True, slots=True)
class Life:
    """`messages` a chat; 0 = only what was offered before. `die_at` counts boundaries: before and after each commit
    and each call of the platform. `slow` are the longest pauses of the brain and of the platform, in seconds."""

    folder: str
    seed: int
    chats: int = 20
    messages: int = FOR_EVER
    at_once: int = 8
    duplicates: float = 0.05
    slow: float = 0.01
    die_at: int | None = None
    repeats: bool = False
    """A channel that claims that sending twice is harmless where it is not: shows that the storm sees doubles."""
    one_by_one: bool = False
    """Wait until a message is wholly done before the next is offered."""


class Fuse:
    """Kills the process at the n-th boundary. The signal cannot be caught, so nothing is tidied up."""

    def __init__(self, die_at: int | None) -> None:
        self._left = die_at

    def burn(self, boundary: str) -> None:
        if self._left is None:
            return
        self._left -= 1
        if self._left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    def watch_commits(self, engine: sa.Engine) -> None:
        @sa.event.listens_for(engine, "before_cursor_execute")
        def before(_conn: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
            if statement == "COMMIT":
                self.burn("before a commit")

        @sa.event.listens_for(engine, "after_cursor_execute")
        def after(_conn: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
            if statement == "COMMIT":
                self.burn("after a commit")


class LoggedChannel(CollectingChannel):
    """A platform that remembers beyond our death, and that takes its time on both sides of the delivery."""

    def __init__(self, log: Logbook, fuse: Fuse, dice: random.Random, slow: float) -> None:
        super().__init__()
        self._log = log
        self._fuse = fuse
        self._dice = dice
        self._slow = slow

    async def send(self, chat: str, message: OutboundMessage, *, key: str) -> SendResult:
        self._fuse.burn("before a call")
        await asyncio.sleep(self._dice.random() * self._slow)
        self._log.see(key, chat, message.text)
        await asyncio.sleep(self._dice.random() * self._slow)
        self._fuse.burn("after a call")
        return Sent(key)


async def live(life: Life, born: float) -> None:
    """`born` is the process's start by time.time()."""
    log, dice, fuse = Logbook(Path(life.folder)), random.Random(life.seed), Fuse(life.die_at)
    channel = LoggedChannel(log, fuse, dice, life.slow)
    channel.resend_is_harmless = life.repeats
    up = time.time()
    app = await build_echo(Path(life.folder), channel=channel, understanding=Watching(dice, life.slow))
    open_chats = await _chats_left_open(app)
    fuse.watch_commits(app.database.engine)
    with app.changes.listen() as visited:
        await app.start()
        log.note("lives", f"up {os.getpid()} {up - born:.3f}")
        if open_chats:
            await asyncio.wait_for(visited.get(), 30)
            now = time.time()
            log.note("lives", f"resumed {os.getpid()} {now - born:.3f} {now - up:.3f}")
    await _offer_all(app, log, life, dice)
    await settle(app, limit=60)
    await app.stop()
    log.note("lives", f"done {os.getpid()}")


async def _chats_left_open(app: Application) -> int:
    accounts, now = list(app.channels), datetime.now(UTC)
    mail = await app.database.read(lambda conn: list_with_mail(conn, accounts, now))
    unsent = await app.database.read(lambda conn: list_with_unsent(conn, accounts))
    return len({conversation for conversation, _ in (*mail, *unsent)})


async def _offer_all(app: Application, log: Logbook, life: Life, dice: random.Random) -> None:
    again, following = log.open_offers(), log.next_numbers()
    gate = asyncio.Semaphore(life.at_once)

    async def take(chat: str, number: int) -> None:
        event = event_name(chat, number)
        log.note("offered", event)
        await app.intake.receive([offer(chat, event, number)])
        log.note("accepted", event)
        if life.one_by_one:
            await settle(app, limit=60)

    async def talk(chat: str) -> None:
        for number in again.get(chat, []):
            await take(chat, number)
        for number in range(following.get(chat, 0), life.messages):
            async with gate:
                await take(chat, number)
                if dice.random() < life.duplicates:
                    await take(chat, dice.randint(0, number))
            await asyncio.sleep(dice.random() * life.slow)

    await asyncio.gather(*(talk(f"c{number}") for number in range(life.chats)))
