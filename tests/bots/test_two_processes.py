"""Two applications on one PostgreSQL, each with a loop of tasks, a pool and a lease owner of its own."""

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from bots.bootstrap import Application, build_application, join_cluster, open_store
from core.domain.ids import ConversationId
from core.domain.sending import OutboxState
from core.engine.compose import TemplateComposer
from core.engine.engine import Engine
from core.jobs.memory import MemoryJobs
from core.settings import Settings
from core.storage.heartbeats import list_processes
from core.storage.inbox import store_arrival
from core.storage.tables import EventRow, HeartbeatRow, InboxRow, MessageRow, OutboxRow, table
from tests.servers import fresh_postgres, migrated_postgres
from tests.spine import ACCOUNT, CollectingChannel, NoKnowledge, ScriptedUnderstanding, build_message

FAR = timedelta(hours=1)


@pytest.fixture
def url() -> Iterator[str]:
    with fresh_postgres(migrated_postgres()) as url:
        yield url


class Pair:
    """Applications that come and go; `channel` is the platform that all of them send to."""

    def __init__(self, url: str, folder: Path) -> None:
        self.channel = CollectingChannel()
        self._url = url
        self._folder = folder
        self._running = AsyncExitStack()

    async def build(
        self, name: str, *, understanding: ScriptedUnderstanding | None = None, quiet: float = 0.0
    ) -> Application:
        """Not started yet."""
        settings = Settings(
            data_dir=self._folder / name, database_url=self._url, quiet_window_s=quiet, longest_quiet_s=quiet * 3
        )
        store = open_store(settings)
        await store.firms.load()
        engine = Engine(
            understanding=understanding or ScriptedUnderstanding(),
            knowledge=NoKnowledge(),
            composer=TemplateComposer(quote=lambda found, text, language: ("", ())),
        )
        return build_application(
            settings,
            store,
            engine=engine,
            jobs=MemoryJobs(clock=store.clock),
            channels=[(ACCOUNT, self.channel)],
            cluster=await join_cluster(store, life=f"machine-{name}:1:{name}"),
        )

    async def start(self, app: Application) -> Application:
        await app.start()
        self._running.push_async_callback(app.stop)
        assert app.share
        async with asyncio.timeout(10):
            await app.share.cluster.peers.is_listening.wait()
        return app

    async def close(self) -> None:
        await self._running.aclose()


@pytest.fixture
async def pair(url: str, tmp_path: Path) -> AsyncIterator[Pair]:
    pair = Pair(url, tmp_path)
    yield pair
    await pair.close()


async def until(look: object, *, limit: float = 20.0) -> None:
    """`look` is a function that says whether it is so by now."""
    assert callable(look)
    async with asyncio.timeout(limit):
        while True:
            seen = look()
            if await seen if asyncio.iscoroutine(seen) else seen:
                return
            await asyncio.sleep(0.01)


async def rows(app: Application, row: type) -> list[sa.Row[tuple[object, ...]]]:
    found = table(row)
    return await app.database.read(lambda conn: list(conn.execute(sa.select(found))))


async def test_each_message_is_answered_once_whoever_stored_it(pair: Pair) -> None:
    one, two = [await pair.start(await pair.build(name)) for name in ("one", "two")]
    messages = [build_message(f"hello {n}", chat=f"chat-{n}") for n in range(30)]
    for number, message in enumerate(messages):
        await (one if number % 2 else two).intake.receive([message])
        await (two if number % 2 else one).intake.receive([message])
    await until(lambda: len(pair.channel.seen) >= 30)
    await asyncio.sleep(0.3)
    assert sorted(chat for chat, _ in pair.channel.seen) == sorted(f"chat-{n}" for n in range(30))
    states = {row.state for row in await rows(one, OutboxRow)}
    assert states == {OutboxState.SENT.value}
    assert {row.state for row in await rows(one, InboxRow)} == {"done"}
    assert one.turns.counts.finished > 0
    assert two.turns.counts.finished > 0


async def test_messages_of_one_talk_that_reach_both_are_kept_in_order_and_answered(pair: Pair) -> None:
    one, two = [await pair.start(await pair.build(name)) for name in ("one", "two")]
    for number in range(10):
        await asyncio.gather(
            one.intake.receive([build_message(f"left {number}")]),
            two.intake.receive([build_message(f"right {number}")]),
        )

    async def all_done() -> bool:
        return {row.state for row in await rows(one, InboxRow)} == {"done"}

    await until(all_done)
    inbox = sorted((row.id, row.message_id, row.turn_id) for row in await rows(one, InboxRow))
    assert len(inbox) == 20
    for column in (1, 2):
        assert [row[column] for row in inbox] == sorted(row[column] for row in inbox), "read in the order of arrival"
    texts = [row.text for row in sorted(await rows(one, MessageRow), key=lambda row: row.id) if row.direction == "in"]
    assert [text for text in texts if "left" in text] == [f"left {n}" for n in range(10)]
    assert {row.state for row in await rows(one, OutboxRow)} == {"sent"}


async def test_a_burst_that_reaches_both_is_one_burst(pair: Pair) -> None:
    seen = ScriptedUnderstanding()
    one, two = [await pair.start(await pair.build(name, understanding=seen, quiet=0.5)) for name in ("one", "two")]
    await one.intake.receive([build_message("first")])
    await asyncio.sleep(0.3)
    await two.intake.receive([build_message("second")])
    await until(lambda: pair.channel.seen)
    await asyncio.sleep(1.0)
    assert seen.seen == [("first", "second")]
    assert len(pair.channel.seen) == 1


async def test_what_a_killed_process_stored_is_taken_over_at_once(pair: Pair) -> None:
    """It stored the message, told of it and never came to its turn."""
    dead, alive = await pair.build("dead"), await pair.start(await pair.build("alive"))
    assert dead.share
    dead.dispatcher._work = never
    telling = asyncio.create_task(dead.share.cluster.peers.keep_telling())
    stored = time.perf_counter()
    await dead.intake.receive([build_message("anybody there?")])
    await until(lambda: pair.channel.seen)
    assert time.perf_counter() - stored < 2.0, "by the note and not by the look that comes every two seconds"
    telling.cancel()
    await asyncio.sleep(0.3)
    assert len(pair.channel.seen) == 1
    assert alive.turns.counts.finished == 1
    await dead.stop()


async def never(_conversation: ConversationId, _mail: bool) -> timedelta | None:
    await asyncio.sleep(60)
    return None


async def test_mail_that_nobody_told_of_is_found_by_looking(pair: Pair) -> None:
    alive = await pair.start(await pair.build("alive"))
    now = alive.clock.now() - FAR
    await alive.database.write(lambda conn: store_arrival(conn, build_message("lost note"), "test", now))
    await until(lambda: pair.channel.seen)
    assert len(pair.channel.seen) == 1


async def test_mail_of_another_account_is_left_to_who_has_its_channel(pair: Pair) -> None:
    alive = await pair.build("alive")
    strange = build_message("not yours", account="another")
    now = alive.clock.now() - FAR
    await alive.database.write(lambda conn: store_arrival(conn, strange, "another", now))
    assert await alive._recover() == 0
    await alive.database.write(lambda conn: store_arrival(conn, build_message("yours"), "test", now))
    assert await alive._recover() == 1
    await alive.stop()


async def test_a_process_that_dies_in_its_turn_leaves_the_talk_to_the_others(pair: Pair) -> None:
    """Its lease ends with its heartbeat, and the late commit of a process that was only slow fails by its epoch."""
    slow = ScriptedUnderstanding(delay=1.5)
    dead = await pair.build("dead", understanding=slow)
    (arrival,) = await dead.intake.arrivals([build_message("hello")])
    await until(lambda: slow.seen)

    alive = await pair.build("alive")
    silent = sa.update(table(HeartbeatRow)).where(table(HeartbeatRow).c.life.contains("dead"))
    past = alive.clock.now() - FAR
    await alive.database.write(lambda conn: conn.execute(silent.values(seen_at=past)))
    await pair.start(alive)
    assert alive.share
    await alive.share.cluster.membership.beat(alive.jobs)
    alive.dispatcher.nudge(arrival.conversation_id)
    await until(lambda: pair.channel.seen)
    await asyncio.sleep(1.7)
    assert len(pair.channel.seen) == 1
    assert (alive.turns.counts.finished, dead.turns.counts.finished) == (1, 0)
    assert [process.name for process in await alive.database.read(list_processes)] == ["seller-2"]
    await dead.stop()


async def test_open_pages_of_one_process_learn_what_another_did(pair: Pair) -> None:
    one, two = [await pair.start(await pair.build(name)) for name in ("one", "two")]
    with one.changes.listen() as changed:
        (arrival,) = await two.intake.arrivals([build_message("hello")])
        async with asyncio.timeout(10):
            assert await changed.get() == arrival.conversation_id
            while not pair.channel.seen:
                await changed.get()


async def test_a_person_takes_over_in_one_process_while_the_other_thinks(pair: Pair) -> None:
    slow = ScriptedUnderstanding(delay=1.0)
    one, two = await pair.start(await pair.build("one", understanding=slow)), await pair.start(await pair.build("two"))
    (arrival,) = await one.intake.arrivals([build_message("hello")])
    await until(lambda: slow.seen)
    await two.operators.take_over(arrival.conversation_id, "olena")
    await two.operators.reply(arrival.conversation_id, "olena", "It is me, Olena")
    await until(lambda: pair.channel.seen)
    await asyncio.sleep(1.5)
    assert pair.channel.texts("anna") == ["It is me, Olena"]
    kinds = [row.kind for row in await rows(one, EventRow)]
    assert "taken_over" in kinds
    await two.operators.hand_back(arrival.conversation_id, "olena")
    await one.intake.receive([build_message("and now?")])
    await until(lambda: len(pair.channel.seen) >= 2)
    assert "It is me" not in pair.channel.texts("anna")[1]
