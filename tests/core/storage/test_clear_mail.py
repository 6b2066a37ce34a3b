import asyncio

from core.storage.database import Database
from core.storage.inbox import store_arrival
from core.storage.turns import clear_mail
from tests.core.storage.samples import NOW, conversation, message, take_turn, with_mail


async def test_mail_that_is_being_stored_while_the_flag_is_taken_off_keeps_its_flag(database: Database) -> None:
    """One SQLite writer cannot race with itself: there the two simply come one after the other."""
    held = await conversation(database)
    await take_turn(database, held.id)
    if database.dialect == "sqlite":
        cleared = asyncio.create_task(database.write(lambda conn: clear_mail(conn, held.id)))
        await database.write(lambda conn: store_arrival(conn, message("2"), "telegram", NOW))
    else:
        with database.engine.begin() as conn:
            store_arrival(conn, message("2"), "telegram", NOW)
            cleared = asyncio.create_task(database.write(lambda conn: clear_mail(conn, held.id)))
            await asyncio.sleep(0.2)
            assert not cleared.done(), "it waits for the conversation's row"
    await cleared
    assert await database.read(with_mail) == [held.id]
