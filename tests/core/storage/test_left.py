"""What waits for somebody: found by its own index, for the accounts that are ours, and only when nobody has it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from core.domain.ids import ConversationId
from core.storage.database import Database
from core.storage.left import list_with_mail, list_with_unsent, still_waiting
from core.storage.tables import ConversationRow, table
from tests.core.storage.samples import NOW, arrive, conversation, queue, take_turn

talks = table(ConversationRow)


async def account_of(database: Database, conversation_id: ConversationId) -> str:
    wanted = sa.select(talks.c.account_id).where(talks.c.id == conversation_id)
    return str(await database.read(lambda conn: conn.execute(wanted).scalar_one()))


async def test_mail_is_found_once_it_is_old_enough_and_until_it_is_answered(database: Database) -> None:
    arrival = await arrive(database, "1")
    ours = [await account_of(database, arrival.conversation_id)]
    later = NOW + timedelta(seconds=1)
    found = [(arrival.conversation_id, None)]
    assert await database.read(lambda conn: list_with_mail(conn, ours, NOW - timedelta(seconds=1))) == []
    assert await database.read(lambda conn: list_with_mail(conn, ours, later)) == found
    assert await database.read(lambda conn: still_waiting(conn, [arrival.conversation_id], ours)) == found
    assert await database.read(lambda conn: list_with_mail(conn, ["another"], later)) == []
    await take_turn(database, arrival.conversation_id)
    assert await database.read(lambda conn: list_with_mail(conn, ours, later)) == []


async def test_unsent_rows_are_found_with_their_time_and_in_our_accounts_only(database: Database) -> None:
    held = await conversation(database)
    assert await database.read(lambda conn: list_with_unsent(conn, [held.account])) == []
    await queue(database, held, ["one", "two"])
    assert await database.read(lambda conn: list_with_unsent(conn, [held.account])) == [(held.id, None)]
    assert await database.read(lambda conn: list_with_unsent(conn, ["another"])) == []


async def test_what_somebody_holds_is_left_to_them_until_the_lease_is_over(database: Database) -> None:
    if database.dialect != "postgresql":
        pytest.skip("on a file the one process holds its leases in memory")
    held = await conversation(database)
    await queue(database, held, ["one"])

    def hold(seconds: int) -> Callable[[sa.Connection], Any]:
        until = sa.func.now() + sa.literal(timedelta(seconds=seconds), sa.Interval)
        return lambda conn: conn.execute(sa.update(talks).values(lease_owner="other", lease_until=until))

    await database.write(hold(30))
    assert await database.read(lambda conn: list_with_unsent(conn, [held.account])) == []
    await database.write(hold(-1))
    assert await database.read(lambda conn: list_with_unsent(conn, [held.account])) == [(held.id, None)]
