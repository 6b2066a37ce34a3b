from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa

from core.domain.conversation import Conversation
from core.domain.messages import Attachment, AttachmentKind, Button, OutboundMessage
from core.domain.sending import OutboxState
from core.storage.database import Database
from core.storage.leases import fence
from core.storage.left import Left, list_with_unsent
from core.storage.outbox import (
    REPLY_LIFE,
    OutboxEntry,
    cancel_unsent,
    claim_entry,
    next_entry,
    queue_replies,
    settle_entry,
)
from core.storage.tables import MessageRow, table
from tests.core.storage.samples import NOW, arrive, conversation, find, queue

messages = table(MessageRow)


async def peek(database: Database, held: Conversation) -> OutboxEntry | None:
    return await database.read(lambda conn: next_entry(conn, held.id))


async def first(database: Database, held: Conversation) -> OutboxEntry:
    entry = await peek(database, held)
    assert entry is not None
    return entry


async def claim(database: Database, held: Conversation, entry: OutboxEntry) -> bool:
    return await database.write(lambda conn: claim_entry(conn, entry.id, epoch=held.lease_epoch, owner="me"))


async def settle(
    database: Database, entry: OutboxEntry, state: OutboxState, *, not_before: datetime | None = None
) -> None:
    platform_id = "p-1" if state is OutboxState.SENT else None
    await database.write(
        lambda conn: settle_entry(conn, entry, state, now=NOW, platform_id=platform_id, not_before=not_before)
    )


async def unsent(database: Database, held: Conversation) -> Left:
    return await database.read(lambda conn: list_with_unsent(conn, [held.account]))


async def test_replies_leave_in_the_order_in_which_they_are_read(database: Database) -> None:
    held = await conversation(database)
    await queue(database, held, ["один", "два", "три"])
    sent = []
    while entry := await peek(database, held):
        assert await claim(database, held, entry)
        sent.append(entry.message.text)
        await settle(database, entry, OutboxState.SENT)
    assert sent == ["один", "два", "три"]


async def test_a_reply_carries_all_that_a_channel_needs(database: Database) -> None:
    held = await conversation(database)
    buttons = (Button("Так", "yes"), Button("Сайт", url="https://example.com"), Button("Номер", contact=True))
    files = (Attachment(AttachmentKind.FILE, url="https://example.com/a.pdf", title="Прайс"),)
    reply = OutboundMessage("Оберіть", buttons, files)
    await database.write(lambda conn: queue_replies(conn, held, [reply], now=NOW, origin="olena", is_reply=False))
    entry = await first(database, held)
    assert entry.message == reply
    assert (entry.account, entry.origin, entry.is_reply, entry.attempt) == (held.account, "olena", False, 0)
    assert entry.deadline == NOW + REPLY_LIFE


async def test_a_row_is_claimed_once(database: Database) -> None:
    held = await conversation(database)
    await queue(database, held, ["один"])
    entry = await first(database, held)
    assert await claim(database, held, entry)
    assert not await claim(database, held, entry)
    claimed = await first(database, held)
    assert (claimed.state, claimed.attempt) == (OutboxState.SENDING, 1)


async def test_only_the_present_epoch_claims(database: Database) -> None:
    held = await conversation(database)
    await queue(database, held, ["один"])
    entry = await first(database, held)
    await database.write(lambda conn: fence(conn, held.id))
    assert not await claim(database, held, entry)
    assert await claim(database, await find(database, held.id), entry)


async def test_a_cancelled_row_is_never_claimed(database: Database) -> None:
    held = await conversation(database)
    await queue(database, held, ["один", "два"])
    entry = await first(database, held)
    assert await database.write(lambda conn: cancel_unsent(conn, held.id, "opted_out")) == 2
    assert not await claim(database, held, entry)
    assert await peek(database, held) is None
    states = await database.read(
        lambda conn: list(conn.scalars(sa.select(messages.c.state).where(messages.c.direction == "out")))
    )
    assert states == ["cancelled", "cancelled"]


async def test_what_is_being_sent_cannot_be_taken_back(database: Database) -> None:
    held = await conversation(database)
    await queue(database, held, ["один", "два"])
    await claim(database, held, await first(database, held))
    assert await database.write(lambda conn: cancel_unsent(conn, held.id, "opted_out")) == 1
    assert (await first(database, held)).state is OutboxState.SENDING


async def test_cancelling_touches_no_other_conversation(database: Database) -> None:
    held = await conversation(database)
    other = await find(database, (await arrive(database, "2", chat="chat-2", sender="person-2")).conversation_id)
    await queue(database, held, ["один"])
    await queue(database, other, ["два"])
    await database.write(lambda conn: cancel_unsent(conn, held.id, "opted_out"))
    assert (await first(database, other)).message.text == "два"


@pytest.mark.parametrize("state", [OutboxState.SENT, OutboxState.REFUSED, OutboxState.UNCONFIRMED])
async def test_a_settled_row_is_shown_on_its_message_and_never_comes_again(
    database: Database, state: OutboxState
) -> None:
    held = await conversation(database)
    await queue(database, held, ["один"])
    entry = await first(database, held)
    await claim(database, held, entry)
    await settle(database, entry, state)
    assert await peek(database, held) is None
    row = await database.read(lambda conn: conn.execute(sa.select(messages).where(messages.c.direction == "out")).one())
    assert row.state == state.value
    assert row.external_id == ("p-1" if state is OutboxState.SENT else None)


async def test_a_row_that_is_tried_again_keeps_its_place_and_counts(database: Database) -> None:
    held = await conversation(database)
    await queue(database, held, ["один", "два"])
    entry = await first(database, held)
    await claim(database, held, entry)
    again_at = NOW + timedelta(seconds=30)
    await settle(database, entry, OutboxState.QUEUED, not_before=again_at)
    waiting = await first(database, held)
    assert (waiting.id, waiting.state, waiting.not_before, waiting.attempt) == (
        entry.id, OutboxState.QUEUED, again_at, 1,
    )  # fmt: skip
    assert await unsent(database, held) == [(held.id, again_at)]


async def test_a_row_left_between_the_call_and_its_receipt_is_found(database: Database) -> None:
    held = await conversation(database)
    await queue(database, held, ["один"])
    await claim(database, held, await first(database, held))
    assert await unsent(database, held) == [(held.id, None)]
    assert (await first(database, held)).state is OutboxState.SENDING


async def test_only_conversations_with_open_rows_have_something_to_send(database: Database) -> None:
    held = await conversation(database)
    assert await unsent(database, held) == []
    await queue(database, held, ["один"])
    assert await unsent(database, held) == [(held.id, None)]
    entry = await first(database, held)
    await claim(database, held, entry)
    await settle(database, entry, OutboxState.SENT)
    assert await unsent(database, held) == []
