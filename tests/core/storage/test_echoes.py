from typing import Any

import pytest
import sqlalchemy as sa

from core.domain.conversation import Conversation, Holder
from core.domain.ids import OutboxId
from core.domain.messages import InboundKind
from core.domain.sending import OutboxState
from core.storage.database import Database
from core.storage.echoes import apply_echo, apply_receipt, shown_as
from core.storage.tables import EventRow, MessageRow, OutboxRow, table
from tests.core.storage.samples import NOW, conversation, find, message, queue

outbox = table(OutboxRow)
messages = table(MessageRow)


async def rows(database: Database, wanted: type) -> list[Any]:
    found = table(wanted)
    return await database.read(lambda conn: list(conn.execute(sa.select(found).order_by(found.c.id)).all()))


async def in_state(database: Database, held: Conversation, state: OutboxState) -> int:
    """A reply of ours whose row is in that state."""
    await queue(database, held, ["18 900 грн"])
    (row,) = await rows(database, OutboxRow)
    await database.write(lambda conn: conn.execute(sa.update(outbox).values(state=state.value)))
    return int(row.id)


async def receive_receipt(database: Database, held: Conversation, payload: str) -> bool:
    echo = message("echo:m1", kind=InboundKind.RECEIPT, payload=payload, external_id="m1")
    return await database.write(lambda conn: apply_receipt(conn, held.id, echo, NOW))


async def test_an_echo_settles_a_reply_in_doubt(database: Database) -> None:
    held = await conversation(database)
    row_id = await in_state(database, held, OutboxState.UNCONFIRMED)
    assert await receive_receipt(database, held, str(row_id))
    (row,) = await rows(database, OutboxRow)
    assert (row.state, row.platform_id) == ("sent", "m1")
    assert [event.kind for event in await rows(database, EventRow)] == ["message_sent"]
    assert (
        await database.read(
            lambda conn: conn.scalar(sa.select(messages.c.external_id).where(messages.c.id == row.message_id))
        )
        == "m1"
    )


async def test_an_echo_before_the_answer_is_remembered_and_settles_nothing_yet(database: Database) -> None:
    held = await conversation(database)
    row_id = await in_state(database, held, OutboxState.SENDING)
    assert await database.read(lambda conn: shown_as(conn, OutboxId(row_id))) is None
    assert await receive_receipt(database, held, str(row_id))
    assert [row.state for row in await rows(database, OutboxRow)] == ["sending"]
    assert await database.read(lambda conn: shown_as(conn, OutboxId(row_id))) == "m1"


@pytest.mark.parametrize("state", [OutboxState.SENT, OutboxState.REFUSED, OutboxState.CANCELLED, OutboxState.QUEUED])
async def test_an_echo_of_a_settled_reply_changes_nothing(state: OutboxState, database: Database) -> None:
    held = await conversation(database)
    row_id = await in_state(database, held, state)
    assert await receive_receipt(database, held, str(row_id))
    assert [row.state for row in await rows(database, OutboxRow)] == [state.value]
    assert await rows(database, EventRow) == []


@pytest.mark.parametrize("payload", ["", "0", "999", "x", "１", "-1"])
async def test_metadata_that_names_no_row_of_this_talk_is_not_ours(payload: str, database: Database) -> None:
    held = await conversation(database)
    await in_state(database, held, OutboxState.UNCONFIRMED)
    assert not await receive_receipt(database, held, payload)
    assert [row.state for row in await rows(database, OutboxRow)] == ["unconfirmed"]


async def test_a_person_who_writes_in_the_native_app_takes_over_and_the_bot_falls_silent(database: Database) -> None:
    held = await conversation(database)
    await queue(database, held, ["one", "two"])
    echo = message("echo:m2", "Вітаю, це Оля", kind=InboundKind.ECHO, external_id="m2")
    await database.write(lambda conn: apply_echo(conn, held.id, echo, NOW))
    now = await find(database, held.id)
    assert now.holder is Holder.OPERATOR
    assert now.lease_epoch > held.lease_epoch
    assert {row.state for row in await rows(database, OutboxRow)} == {"cancelled"}
    assert [(row.role, row.text) for row in await rows(database, MessageRow)][-1] == ("operator", "Вітаю, це Оля")
    assert [event.kind for event in await rows(database, EventRow)] == ["taken_over"]


async def test_a_second_message_of_that_person_takes_over_nothing_again(database: Database) -> None:
    held = await conversation(database)
    for number in ("1", "2"):
        echo = message(f"echo:{number}", number, kind=InboundKind.ECHO, external_id=number)
        await database.write(lambda conn, echo=echo: apply_echo(conn, held.id, echo, NOW))  # type: ignore[misc]
    assert [event.kind for event in await rows(database, EventRow)] == ["taken_over"]
    assert [row.text for row in await rows(database, MessageRow) if row.role == "operator"] == ["1", "2"]
