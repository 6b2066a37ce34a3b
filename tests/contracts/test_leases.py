"""What a lease promises: in one process on SQLite, and between processes on PostgreSQL."""

import asyncio
import shutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from core.domain.ids import ConversationId
from core.ports import Leases
from core.storage.database import Database, build_engine
from core.storage.leases import MemoryLeases, SqlLeases, fence
from core.storage.outbox import claim_entry, next_entry
from tests.core.storage.samples import arrive, conversation, find, queue, take_turn
from tests.servers import fresh_postgres, migrated_postgres, migrated_sqlite

BUILDERS: dict[str, Callable[[Database], Leases]] = {
    "memory": MemoryLeases,
    "sql": lambda database: SqlLeases(database, owner="one"),
}


@pytest.fixture
def sqlite(tmp_path: Path) -> Iterator[Database]:
    database = Database(build_engine(f"sqlite:///{shutil.copy(migrated_sqlite(), tmp_path / 'seller.db')}"))
    yield database
    database.close()


@pytest.fixture
def postgres() -> Iterator[Database]:
    with fresh_postgres(migrated_postgres()) as url:
        database = Database(build_engine(url))
        yield database
        database.close()


@pytest.fixture(params=BUILDERS)
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def database(kind: str, request: pytest.FixtureRequest) -> Database:
    """Each kind of lease on the database that it is for."""
    found: Database = request.getfixturevalue("sqlite" if kind == "memory" else "postgres")
    return found


@pytest.fixture
def leases(kind: str, database: Database) -> Leases:
    return BUILDERS[kind](database)


async def is_free(leases: Leases, conversation_id: ConversationId) -> bool:
    async with leases.hold(conversation_id) as epoch:
        return epoch is not None


async def test_a_holder_keeps_everybody_else_out_until_it_leaves(leases: Leases, database: Database) -> None:
    held = await conversation(database)
    async with leases.hold(held.id) as epoch:
        assert epoch is not None
        assert not await is_free(leases, held.id)
        assert not await is_free(leases, held.id)
    assert await is_free(leases, held.id)


async def test_of_many_who_ask_at_once_one_gets_it(leases: Leases, database: Database) -> None:
    held = await conversation(database)
    all_answered = asyncio.Barrier(8)

    async def ask() -> bool:
        async with leases.hold(held.id) as epoch:
            await all_answered.wait()
            return epoch is not None

    assert sum(await asyncio.gather(*(ask() for _ in range(8)))) == 1


async def test_conversations_do_not_keep_each_other_out(leases: Leases, database: Database) -> None:
    held = await conversation(database)
    other = await arrive(database, "2", chat="chat-2", sender="person-2")
    async with leases.hold(held.id):
        assert await is_free(leases, other.conversation_id)


async def test_a_holder_that_fails_lets_go(leases: Leases, database: Database) -> None:
    held = await conversation(database)

    async def fail() -> None:
        async with leases.hold(held.id):
            raise RuntimeError("the engine failed")

    with pytest.raises(RuntimeError, match="the engine failed"):
        await fail()
    assert await is_free(leases, held.id)


async def test_a_cancelled_holder_lets_go(leases: Leases, database: Database) -> None:
    held = await conversation(database)
    inside = asyncio.Event()

    async def work() -> None:
        async with leases.hold(held.id):
            inside.set()
            await asyncio.sleep(60)

    task = asyncio.create_task(work())
    await inside.wait()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert await is_free(leases, held.id)


async def test_under_its_epoch_the_holder_saves_and_claims(leases: Leases, database: Database) -> None:
    held = await conversation(database)
    async with leases.hold(held.id) as epoch:
        assert epoch is not None
        assert (await take_turn(database, held.id, epoch=epoch)).status == "stored"
        entry = await database.read(lambda conn: next_entry(conn, held.id))
        assert entry is not None
        assert await database.write(lambda conn: claim_entry(conn, entry.id, epoch=epoch, owner="one"))


async def test_a_fence_makes_the_holders_commits_and_claims_fail(leases: Leases, database: Database) -> None:
    held = await conversation(database)
    await queue(database, held, ["один"])
    async with leases.hold(held.id) as epoch:
        assert epoch is not None
        await database.write(lambda conn: fence(conn, held.id))
        assert (await take_turn(database, held.id, epoch=epoch)).status == "stale"
        entry = await database.read(lambda conn: next_entry(conn, held.id))
        assert entry is not None
        assert not await database.write(lambda conn: claim_entry(conn, entry.id, epoch=epoch, owner="one"))
        assert not await is_free(leases, held.id)


async def test_after_a_fence_the_next_holder_works_at_once(leases: Leases, database: Database) -> None:
    held = await conversation(database)
    async with leases.hold(held.id):
        await database.write(lambda conn: fence(conn, held.id))
    async with leases.hold(held.id) as epoch:
        assert epoch is not None
        assert (await take_turn(database, held.id, epoch=epoch)).status == "stored"


async def test_every_claim_of_a_row_raises_the_epoch(postgres: Database) -> None:
    held = await conversation(postgres)
    epochs = []
    for owner in ("one", "two", "one"):
        async with SqlLeases(postgres, owner=owner).hold(held.id) as epoch:
            epochs.append(epoch)
    assert epochs == [1, 2, 3]


async def die(database: Database, conversation_id: ConversationId) -> None:
    """Make the present holder look like a process that has been dead for longer than its lease."""
    past = sa.text("update conversations set lease_until = now() - interval '1 second' where id = :id")
    await database.write(lambda conn: conn.execute(past, {"id": conversation_id}))


async def test_an_expired_lease_lets_another_in_and_shuts_the_old_holder_out(postgres: Database) -> None:
    held = await conversation(postgres)
    async with SqlLeases(postgres, owner="dead").hold(held.id) as old:
        await die(postgres, held.id)
        async with SqlLeases(postgres, owner="alive").hold(held.id) as new:
            assert old is not None
            assert new == old + 1
            assert (await take_turn(postgres, held.id, epoch=old)).status == "stale"
            assert (await take_turn(postgres, held.id, epoch=new)).status == "stored"


async def test_the_old_holder_does_not_let_go_of_the_new_ones_lease(postgres: Database) -> None:
    """Not even in the same process, under the same owner."""
    held = await conversation(postgres)
    leases = SqlLeases(postgres, owner="one")
    old = leases.hold(held.id)
    await old.__aenter__()
    await die(postgres, held.id)
    async with leases.hold(held.id) as epoch:
        assert epoch is not None
        await old.__aexit__(None, None, None)
        assert not await is_free(SqlLeases(postgres, owner="two"), held.id)


async def test_a_holder_that_works_longer_than_the_lease_keeps_it(postgres: Database) -> None:
    held = await conversation(postgres)
    others = SqlLeases(postgres, owner="two")
    async with SqlLeases(postgres, owner="one", life=timedelta(seconds=0.3)).hold(held.id):
        for _ in range(8):
            await asyncio.sleep(0.1)
            assert not await is_free(others, held.id)
    assert await is_free(others, held.id)


async def test_nobody_holds_what_does_not_exist(postgres: Database) -> None:
    async with SqlLeases(postgres, owner="one").hold(ConversationId(404)) as epoch:
        assert epoch is None


async def test_the_epoch_of_a_conversation_is_the_one_it_was_claimed_with(leases: Leases, database: Database) -> None:
    held = await conversation(database)
    async with leases.hold(held.id) as epoch:
        assert (await find(database, held.id)).lease_epoch == epoch
