import asyncio
import itertools
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from core.domain.ids import ConversationId, InboxId
from core.domain.messages import Attachment, AttachmentKind, InboundKind, Profile
from core.storage.database import Database
from core.storage.inbox import count_attempt, store_arrival
from core.storage.tables import ChannelIdentityRow, ContactRow, InboxRow, LeadRow, MessageRow, table
from core.storage.turns import Loaded, clear_mail, load_turn
from tests.core.storage.samples import ACCOUNT, NOW, arrive, conversation, find, message, take_turn, with_mail

inbox = table(InboxRow)
messages = table(MessageRow)
identities = table(ChannelIdentityRow)


async def load(database: Database, conversation_id: ConversationId) -> Loaded:
    return await database.read(lambda conn: load_turn(conn, conversation_id))


async def column(database: Database, wanted: sa.ColumnElement[Any]) -> list[Any]:
    return await database.read(lambda conn: list(conn.scalars(sa.select(wanted))))


async def test_a_first_message_begins_a_conversation_with_a_contact_and_a_lead(database: Database) -> None:
    profile = Profile(name="Олена", username="olena", language="uk")
    arrival = await arrive(database, profile=profile, source="ad-7")
    held = await find(database, arrival.conversation_id)
    assert (held.account, held.chat, held.channel, held.stage) == (ACCOUNT, "chat-1", "telegram", "opening")
    assert held.reachable
    assert not held.opted_out
    assert await column(database, identities.c.name) == ["Олена"]
    assert await column(database, table(LeadRow).c.source) == ["ad-7"]
    assert await database.read(with_mail) == [held.id]


async def test_a_redelivered_event_is_known_and_changes_nothing(database: Database) -> None:
    first = await arrive(database, "1")
    again = await arrive(database, "1", text="something else")
    assert (again.is_new, again.message_id) == (False, None)
    assert again.conversation_id == first.conversation_id
    assert await column(database, messages.c.text) == ["Добрий день"]


async def test_an_event_is_known_only_within_its_account(database: Database) -> None:
    await arrive(database, "1")
    other = await arrive(database, "1", account="telegram:other")
    assert other.is_new
    assert len(await column(database, messages.c.id)) == 2


async def test_an_answered_message_delivered_again_is_not_answered_again(database: Database) -> None:
    held = await conversation(database)
    await take_turn(database, held.id)
    await arrive(database, "1")
    assert (await load(database, held.id)).messages == ()
    await database.write(lambda conn: clear_mail(conn, held.id))
    assert await database.read(with_mail) == []


async def test_clearing_mail_never_hides_an_unread_row(database: Database) -> None:
    held = await conversation(database)
    await database.write(lambda conn: clear_mail(conn, held.id))
    assert await database.read(with_mail) == [held.id]


async def test_inbox_ids_of_a_conversation_follow_the_order_of_arrival(database: Database) -> None:
    for n in range(5):
        await arrive(database, str(n), text=str(n))
    rows = await database.read(lambda conn: conn.execute(sa.select(inbox.c.id, inbox.c.event_id)).all())
    assert [row.event_id for row in sorted(rows)] == [str(n) for n in range(5)]


async def test_ids_seen_by_a_reader_only_grow_while_many_write(database: Database) -> None:
    """The order of ids is the order of commits: nobody who has read up to an id ever misses a smaller one."""
    await arrive(database, "first")
    seen: list[list[int]] = []
    done = asyncio.Event()

    async def watch() -> None:
        while not done.is_set():
            seen.append(await column(database, inbox.c.id))

    async def write() -> None:
        await asyncio.gather(*(arrive(database, f"event-{n}") for n in range(60)))
        done.set()

    await asyncio.gather(watch(), write())
    seen.append(await column(database, inbox.c.id))
    assert len(seen[-1]) == 61
    for before, after in itertools.pairwise(seen):
        missed = set(after) - set(before)
        assert all(new > max(before) for new in missed)


async def test_inside_a_burst_the_time_of_the_platform_decides(database: Database) -> None:
    second = await arrive(database, "b", text="second", at=NOW + timedelta(seconds=1))
    await arrive(database, "a", text="first", at=NOW)
    loaded = await load(database, second.conversation_id)
    assert [item.text for item in loaded.messages] == ["first", "second"]


async def test_a_person_in_two_chats_is_one_contact(database: Database) -> None:
    await arrive(database, "1", chat="private")
    await arrive(database, "2", chat="group")
    assert len(await column(database, table(ContactRow).c.id)) == 1
    assert len(await column(database, table(LeadRow).c.id)) == 1


async def test_an_edit_changes_the_message_and_asks_for_no_answer(database: Database) -> None:
    arrival = await arrive(database, "1", text="Хочу 2 штуки", external_id="m-1")
    await take_turn(database, arrival.conversation_id)
    edit = await arrive(database, "2", text="Хочу 3 штуки", kind=InboundKind.EDIT, external_id="m-1")
    assert (edit.is_new, edit.has_mail) == (True, False)
    assert await database.read(with_mail) == []
    rows = await database.read(
        lambda conn: conn.execute(sa.select(messages.c.text, messages.c.edited_at).order_by(messages.c.id)).all()
    )
    assert (rows[0].text, rows[0].edited_at) == ("Хочу 3 штуки", NOW)


async def test_an_edit_before_the_answer_is_what_gets_answered(database: Database) -> None:
    arrival = await arrive(database, "1", text="Хочу 2 штуки", external_id="m-1")
    await arrive(database, "2", text="Хочу 3 штуки", kind=InboundKind.EDIT, external_id="m-1")
    loaded = await load(database, arrival.conversation_id)
    assert [item.text for item in loaded.messages] == ["Хочу 3 штуки"]


async def test_an_edit_of_an_unknown_message_is_harmless(database: Database) -> None:
    held = await conversation(database)
    assert (await arrive(database, "2", text="?", kind=InboundKind.EDIT, external_id="m-9")).is_new
    assert len((await load(database, held.id)).messages) == 1


async def test_who_blocks_us_cannot_be_reached_until_they_unblock(database: Database) -> None:
    held = await conversation(database)
    blocked = await arrive(database, "2", kind=InboundKind.BLOCKED)
    assert not blocked.has_mail
    assert not (await find(database, held.id)).reachable
    await arrive(database, "3", kind=InboundKind.UNBLOCKED)
    assert (await find(database, held.id)).reachable


async def test_who_writes_after_blocking_can_be_reached_again(database: Database) -> None:
    held = await conversation(database)
    await arrive(database, "2", kind=InboundKind.BLOCKED)
    await arrive(database, "3")
    await take_turn(database, held.id)
    assert (await find(database, held.id)).reachable


async def test_a_stranger_who_blocks_us_leaves_no_mail(database: Database) -> None:
    await arrive(database, "1", kind=InboundKind.BLOCKED)
    assert await database.read(with_mail) == []


async def test_a_chat_that_moves_stays_the_same_conversation(database: Database) -> None:
    held = await conversation(database)
    await arrive(database, "2", kind=InboundKind.MIGRATED, payload="chat-2")
    assert (await find(database, held.id)).chat == "chat-2"
    assert (await arrive(database, "3", chat="chat-2")).conversation_id == held.id


async def test_a_chat_never_moves_onto_another_conversation(database: Database) -> None:
    held = await conversation(database)
    await arrive(database, "2", chat="chat-2", sender="person-2")
    await arrive(database, "3", kind=InboundKind.MIGRATED, payload="chat-2")
    assert (await find(database, held.id)).chat == "chat-1"


async def test_buttons_attachments_and_attribution_reach_the_turn(database: Database) -> None:
    file = Attachment(AttachmentKind.CONTACT, title="Олена", phone="+380501234567", trusted=True)
    arrival = await arrive(
        database, "1", kind=InboundKind.BUTTON, payload="yes", source="ad-7", attachments=(file,), group="album"
    )
    (item,) = (await load(database, arrival.conversation_id)).messages
    assert (item.kind, item.payload, item.source, item.attachments) == (InboundKind.BUTTON, "yes", "ad-7", (file,))


async def test_a_timer_speaks_as_the_system(database: Database) -> None:
    await arrive(database, "1", kind=InboundKind.FOLLOW_UP)
    assert await column(database, messages.c.role) == ["system"]


async def test_failed_turns_over_a_row_are_counted(database: Database) -> None:
    held = await conversation(database)
    (item,) = (await load(database, held.id)).messages
    for _ in range(2):
        await database.write(lambda conn: count_attempt(conn, (InboxId(item.inbox_id),)))
    assert (await load(database, held.id)).attempts == 2


async def test_nobody_has_mail_after_the_turn(database: Database) -> None:
    held = await conversation(database)
    await take_turn(database, held.id)
    assert await database.read(with_mail) == []
    assert (await load(database, held.id)).messages == ()


async def test_several_messages_in_one_transaction_are_all_stored(database: Database) -> None:
    def store(conn: sa.Connection) -> list[bool]:
        return [store_arrival(conn, message(str(n % 2)), "telegram", NOW).is_new for n in range(4)]

    assert await database.write(store) == [True, True, False, False]


async def test_an_unknown_conversation_is_told(database: Database) -> None:
    with pytest.raises(LookupError):
        await load(database, ConversationId(404))
