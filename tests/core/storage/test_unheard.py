"""What was refused was never said: neither who is talking nor a question that a yes would answer."""

from dataclasses import replace
from datetime import datetime

import pytest
import sqlalchemy as sa

from core.domain.conversation import Memory
from core.domain.ids import OutboxId
from core.storage.conversations import save_memory
from core.storage.database import Database
from core.storage.outbox import next_entry
from core.storage.tables import OutboxRow, table
from core.storage.unheard import forget_unheard
from tests.core.storage.samples import NOW, conversation, find, queue

ASKED = Memory(turns=1, disclosed_at=NOW.isoformat(), last_move="answer", pending="erase", done=("greet",))


async def refuse(database: Database, *, position: int, memory: Memory = ASKED, replies: int = 1) -> Memory:
    """What the bot remembers after that part of its last reply was refused."""
    talk = await conversation(database)
    await database.write(lambda conn: save_memory(conn, talk.id, memory))
    for number in range(replies):
        await queue(database, talk, [f"{number} Я автоматичний помічник. Стерти все?", "файл"])
    entries = table(OutboxRow)
    last = sa.select(entries.c.id).where(entries.c.position == position).order_by(entries.c.id.desc()).limit(1)

    def forget(conn: sa.Connection) -> None:
        entry = next_entry(conn, talk.id)
        assert entry
        forget_unheard(conn, replace(entry, id=OutboxId(conn.execute(last).scalar_one())))

    await database.write(forget)
    return (await find(database, talk.id)).memory


async def test_a_refused_reply_asked_nothing_and_did_not_say_who_is_talking(database: Database) -> None:
    assert await refuse(database, position=0) == Memory(turns=1, done=("greet",))


async def test_a_refused_file_leaves_what_stood_before_it(database: Database) -> None:
    assert await refuse(database, position=1) == ASKED


@pytest.mark.parametrize("said", [NOW, None], ids=["by an earlier reply", "never"])
async def test_what_an_earlier_reply_has_said_stays_said(database: Database, said: datetime | None) -> None:
    memory = replace(ASKED, disclosed_at=said.isoformat() if said else None)
    left = await refuse(database, position=0, memory=memory, replies=2)
    assert (left.disclosed_at, left.pending) == (memory.disclosed_at, None)
