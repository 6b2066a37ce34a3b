"""What the database promises on SQLite and on PostgreSQL alike."""

import asyncio
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config

from core.domain.events import Event, EventKind
from core.storage.database import Database
from core.storage.inbox import store_arrival
from core.storage.migrate import MIGRATIONS, NEWEST, migrate
from core.storage.outbox import next_entry
from core.storage.tables import AuditRow, ConversationRow, MessageRow, OutboxRow, metadata, table
from core.storage.turns import load_turn
from tests.core.storage.samples import NOW, arrive, conversation, message, queue, take_turn

audit = table(AuditRow)
messages = table(MessageRow)


def note(conn: sa.Connection, action: str, **values: Any) -> None:
    row = {"user_name": "olena", "action": action, "object": "lead 1", "at": NOW, **values}
    conn.execute(sa.insert(audit), row)


async def write_note(database: Database, action: str) -> None:
    await database.write(lambda conn: note(conn, action))


async def actions(database: Database) -> list[str]:
    return await database.read(lambda conn: list(conn.scalars(sa.select(audit.c.action).order_by(audit.c.id))))


async def test_a_write_is_seen_by_the_next_read(database: Database) -> None:
    await database.write(lambda conn: note(conn, "edit"))
    assert await actions(database) == ["edit"]


async def test_what_the_work_returns_and_raises_comes_back(database: Database) -> None:
    def refuse(conn: sa.Connection) -> None:
        raise LookupError("no such lead")

    assert await database.write(lambda conn: 42) == 42
    with pytest.raises(LookupError, match="no such lead"):
        await database.write(refuse)
    with pytest.raises(LookupError, match="no such lead"):
        await database.read(refuse)


async def test_a_failed_unit_leaves_nothing_and_its_neighbours_stay(database: Database) -> None:
    def half(conn: sa.Connection) -> None:
        note(conn, "half")
        raise ValueError("in the middle")

    units = [database.write(half) if n % 3 == 1 else write_note(database, f"whole {n}") for n in range(12)]
    results = await asyncio.gather(*units, return_exceptions=True)
    assert [isinstance(result, ValueError) for result in results] == [n % 3 == 1 for n in range(12)]
    assert sorted(await actions(database)) == sorted(f"whole {n}" for n in range(12) if n % 3 != 1)


async def test_a_unit_that_breaks_a_rule_of_the_database_fails_alone(database: Database) -> None:
    def without_action(conn: sa.Connection) -> None:
        note(conn, "first half")
        conn.execute(sa.text("insert into audit (user_name) values ('olena')"))

    results = await asyncio.gather(
        database.write(lambda conn: note(conn, "before")),
        database.write(without_action),
        database.write(lambda conn: note(conn, "after")),
        return_exceptions=True,
    )
    assert [type(result) for result in results] == [type(None), sa.exc.IntegrityError, type(None)]
    assert sorted(await actions(database)) == ["after", "before"]


async def test_a_cancelled_caller_does_not_harm_its_neighbours(database: Database) -> None:
    tasks = [asyncio.create_task(write_note(database, str(n))) for n in range(6)]
    await asyncio.sleep(0)
    tasks[2].cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    await database.write(lambda conn: note(conn, "last"))
    assert {"0", "1", "3", "4", "5", "last"} <= set(await actions(database))


async def test_a_time_without_a_zone_is_refused(database: Database) -> None:
    naive = datetime(2026, 1, 5, 10, 0)  # noqa: DTZ001 - the point of the test
    with pytest.raises(sa.exc.StatementError, match="without a zone"):
        await database.write(lambda conn: note(conn, "edit", at=naive))
    assert await actions(database) == []


async def test_times_come_back_as_aware_utc(database: Database) -> None:
    kyiv = NOW.astimezone(timezone(timedelta(hours=2)))
    await database.write(lambda conn: note(conn, "edit", at=kyiv))
    at = await database.read(lambda conn: conn.scalar(sa.select(audit.c.at)))
    assert at == NOW
    assert at.utcoffset() == timedelta()


TEXTS = {
    "emoji": ("смайл 👩🏽‍🚀 і 🇺🇦", "смайл 👩🏽‍🚀 і 🇺🇦"),
    "nul": ("до\x00після", "допісля"),
    "half a surrogate pair": ("крапка \ud83d.", "крапка ?."),
    "an escape that is only typed": (r"C:\u0000 \\u0000", r"C:\u0000 \\u0000"),
    "right to left": ("ціна \u202e001\u202c грн", "ціна \u202e001\u202c грн"),
    "quotes": ("'; drop table messages; --", "'; drop table messages; --"),
    "long": ("слово " * 20_000, "слово " * 20_000),
}


@pytest.mark.parametrize(("text", "stored"), TEXTS.values(), ids=TEXTS)
async def test_any_text_goes_in_and_comes_out(database: Database, text: str, stored: str) -> None:
    arrival = await arrive(database, text=text, payload=text[:60], raw={"as it came": [text[:60]]})
    loaded = await database.read(lambda conn: load_turn(conn, arrival.conversation_id))
    assert loaded.messages[0].text == stored
    assert loaded.messages[0].payload == stored[:60]
    await queue(database, loaded.conversation, [text])
    entry = await database.read(lambda conn: next_entry(conn, arrival.conversation_id))
    assert entry is not None
    assert entry.message.text == stored
    await take_turn(database, arrival.conversation_id, trace={"blocked": [{"sentence": text}]})


@pytest.mark.parametrize("part", ["event_id", "chat", "sender", "external_id", "source"])
async def test_no_part_of_a_message_can_break_the_door(database: Database, part: str) -> None:
    first = await arrive(database, **{part: "a\x00b\ud83d"})
    again = await arrive(database, **{part: "a\x00b\ud83d"})
    assert (first.is_new, again.is_new) == (True, False)
    assert first.conversation_id == again.conversation_id


async def test_twenty_deliveries_of_one_event_at_once_are_stored_once(database: Database) -> None:
    arrivals = await asyncio.gather(*(arrive(database, "same") for _ in range(20)))
    assert sum(arrival.is_new for arrival in arrivals) == 1
    assert len({arrival.conversation_id for arrival in arrivals}) == 1
    assert await count(database, MessageRow) == 1
    assert await count(database, ConversationRow) == 1


async def test_first_messages_of_many_people_at_once_begin_one_conversation_each(database: Database) -> None:
    chats = [f"chat-{n % 10}" for n in range(40)]
    arrivals = await asyncio.gather(
        *(arrive(database, f"event-{n}", chat=chat, sender=chat) for n, chat in enumerate(chats))
    )
    assert all(arrival.is_new for arrival in arrivals)
    assert len({arrival.conversation_id for arrival in arrivals}) == 10
    assert await count(database, ConversationRow) == 10
    assert await count(database, MessageRow) == 40


async def test_a_rolled_back_arrival_can_come_again(database: Database) -> None:
    def store_and_fail(conn: sa.Connection) -> None:
        store_arrival(conn, message("1"), "telegram", NOW)
        raise OSError("the process stops here")

    with pytest.raises(OSError, match="stops here"):
        await database.write(store_and_fail)
    assert (await arrive(database, "1")).is_new


async def test_a_turn_that_fails_half_way_leaves_nothing(database: Database) -> None:
    held = await conversation(database)
    with pytest.raises((sa.exc.StatementError, TypeError)):
        await take_turn(database, held.id, events=[Event(EventKind.OPTED_OUT, {"not for JSON": object()})])
    assert await count(database, OutboxRow) == 0
    loaded = await database.read(lambda conn: load_turn(conn, held.id))
    assert len(loaded.messages) == 1


async def count(database: Database, row: Any) -> int | None:
    return await database.read(lambda conn: conn.scalar(sa.select(sa.func.count()).select_from(table(row))))


def test_the_migrations_make_exactly_the_tables(database: Database) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with database.engine.begin() as conn:
        config.attributes["connection"] = conn
        command.check(config)
        assert set(metadata.tables) <= set(sa.inspect(conn).get_table_names())


def test_a_migrated_database_is_left_alone(database: Database) -> None:
    from alembic.script import ScriptDirectory

    assert migrate(database.engine) is False
    assert ScriptDirectory(str(MIGRATIONS)).get_current_head() == NEWEST
