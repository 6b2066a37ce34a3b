"""What several processes on one PostgreSQL may do to each other, and what they may not."""

import asyncio
import threading
from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from core.domain.messages import InboundMessage
from core.errors import InvalidSettings, SellerError, Unavailable
from core.storage.arrivals import store_arrivals
from core.storage.database import Database
from core.storage.inbox import Arrival
from core.storage.shared import alone, open_database
from core.storage.tables import ConversationRow, InboxRow, MessageRow, table
from tests.core.storage.samples import NOW, message
from tests.servers import fresh_postgres, migrated_postgres

SECRET = "hunter2-and-a-half"


@pytest.fixture
def two() -> Iterator[tuple[Database, Database]]:
    """As two processes see it: each with a pool of its own."""
    with fresh_postgres(migrated_postgres()) as url:
        databases = open_database(url), open_database(url)
        yield databases
        for database in databases:
            database.close()


async def store(database: Database, messages: list[InboundMessage]) -> list[Arrival]:
    return await database.write(lambda conn: store_arrivals(conn, [(one, "test") for one in messages], NOW))


def write_to(chats: list[int], event: str) -> list[InboundMessage]:
    return [message(f"{event}:{chat}", chat=f"chat-{chat}", sender=f"person-{chat}") for chat in chats]


@pytest.mark.parametrize("known", [True, False], ids=["known talks", "new talks"])
async def test_arrivals_over_the_same_talks_in_opposite_orders_are_all_stored(
    two: tuple[Database, Database], known: bool
) -> None:
    chats, rounds = list(range(6)), 12 if known else 3
    for number in range(rounds):
        if known and number == 0:
            await store(two[0], write_to(chats, "first"))
        fresh = chats if known else [10 * (number + 1) + chat for chat in chats]
        batches = [
            store(two[0], write_to(fresh, f"{number}-there")),
            store(two[1], write_to(fresh[::-1], f"{number}-back")),
            *(store(two[chat % 2], write_to([chat], f"{number}-alone")) for chat in fresh[::-1]),
        ]
        stored = [arrival for batch in await asyncio.gather(*batches) for arrival in batch]
        assert all(arrival.is_new for arrival in stored)
    inbox, talks = table(InboxRow), table(ConversationRow)
    count = sa.select(sa.func.count(), sa.func.count(inbox.c.message_id.distinct())).select_from(inbox)
    expected = 18 * rounds + (6 if known else 0)
    assert tuple(await two[0].read(lambda conn: conn.execute(count).one())) == (expected, expected)
    talk_count = await two[0].read(lambda conn: conn.scalar(sa.select(sa.func.count()).select_from(talks)))
    assert talk_count == (6 if known else 6 * rounds)


async def test_a_ring_of_locks_costs_a_moment_and_no_work(two: tuple[Database, Database]) -> None:
    """Deadlock for sure: each holds one row and then wants the other's."""
    arrivals = await store(two[0], write_to([1, 2], "first"))
    first, second = arrivals[0].conversation_id, arrivals[1].conversation_id
    both_hold_one = threading.Barrier(2)
    attempts: list[str] = []

    def lock(conn: sa.Connection, conversation_id: int) -> None:
        talks = table(ConversationRow)
        conn.execute(sa.update(talks).where(talks.c.id == conversation_id).values(stage=talks.c.stage + "."))

    async def cross(database: Database, mine: int, theirs: int) -> None:
        def work(conn: sa.Connection) -> None:
            attempts.append(database.dialect)
            lock(conn, mine)
            if len(attempts) <= 2:
                both_hold_one.wait(20)
            lock(conn, theirs)

        await database.write(work)

    await asyncio.gather(cross(two[0], first, second), cross(two[1], second, first))
    assert len(attempts) == 3, "one of the two was taken back and ran again"
    stages = await two[0].read(lambda conn: list(conn.scalars(sa.select(table(ConversationRow).c.stage))))
    assert [stage.count(".") for stage in stages] == [2, 2]


async def test_what_fails_for_another_reason_is_not_run_again(two: tuple[Database, Database]) -> None:
    attempts: list[int] = []

    def work(conn: sa.Connection) -> None:
        attempts.append(1)
        conn.execute(sa.text("select 1 / 0"))

    with pytest.raises(sa.exc.DBAPIError):
        await two[0].write(work)
    assert len(attempts) == 1


async def test_a_server_that_goes_away_is_told_as_such_and_found_again(two: tuple[Database, Database]) -> None:
    def die(conn: sa.Connection) -> None:
        conn.execute(sa.text("select pg_terminate_backend(pg_backend_pid())"))

    for ask in (two[0].read, two[0].write):
        with pytest.raises(Unavailable, match="does not answer"):
            await ask(die)
    messages = table(MessageRow)
    assert await two[0].read(lambda conn: conn.scalar(sa.select(sa.func.count()).select_from(messages))) == 0


async def test_one_at_a_time_is_inside_the_block_that_wants_to_be_alone(two: tuple[Database, Database]) -> None:
    inside: list[str] = []

    async def enter(database: Database, name: str) -> None:
        async with alone(database, "start"):
            inside.append(f"{name} in")
            await asyncio.sleep(0.1)
            inside.append(f"{name} out")

    await asyncio.gather(enter(two[0], "one"), enter(two[1], "two"))
    assert inside in (["one in", "one out", "two in", "two out"], ["two in", "two out", "one in", "one out"])


WRONG = {
    "": "database address",
    "nonsense": "database address",
    "127.0.0.1:5432/seller": "database address",
    f"mysql://seller:{SECRET}@127.0.0.1/seller": "mysql",
    f"http://seller:{SECRET}@127.0.0.1/seller": "http",
    f"postgresql://seller:{SECRET}@127.0.0.1:port/seller": "database address",
    f"postgresql://seller:{SECRET}@127.0.0.1:1/seller": "refused",
    f"postgres://seller:{SECRET}@127.0.0.1:1/seller": "refused",
    f"postgresql://seller:{SECRET}@/seller?host=/nowhere": "No such file",
    f"postgresql://seller:{SECRET}@127.0.0.1:1/seller?sslmode=sometimes": "sslmode",
    f"postgresql://seller:{SECRET}@127.0.0.1:1/seller?colour=red": "colour",
    "sqlite:////proc/nowhere/seller.db": "cannot be opened",
    "sqlite:////proc/version": "cannot be opened",
}


@pytest.mark.parametrize("url", WRONG)
def test_a_wrong_address_is_told_with_the_reason_and_without_the_password(url: str) -> None:
    with pytest.raises(SellerError) as told:
        open_database(url)
    assert WRONG[url] in told.value.what
    assert told.value.hint
    shown = f"{told.value} {told.value.__cause__!r}"
    assert SECRET not in shown
    assert "select" not in shown


async def test_a_database_or_a_user_that_is_not_there_is_told_with_its_own_remedy() -> None:
    with fresh_postgres() as url:
        address = sa.make_url(url)
        with pytest.raises(Unavailable) as told:
            open_database(address.set(database="nobody_made_it").render_as_string(hide_password=False))
        assert "createdb" in told.value.hint
        with pytest.raises(Unavailable, match="nobody"):
            open_database(address.set(username="nobody", password=SECRET).render_as_string(hide_password=False))


def test_an_address_of_a_kind_that_is_not_known_names_those_that_are() -> None:
    with pytest.raises(InvalidSettings) as told:
        open_database("oracle://scott:tiger@127.0.0.1/x")
    assert "postgresql://" in told.value.hint
