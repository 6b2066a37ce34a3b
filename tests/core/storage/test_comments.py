"""Public comments: stored once, in the talk with their author, permission for one private message each."""

from datetime import timedelta
from typing import Any
from unittest.mock import ANY

import pytest
import sqlalchemy as sa

from core.domain.messages import COMMENT_EVENT, InboundKind, InboundMessage
from core.storage.arrivals import store_arrivals
from core.storage.comments import know_as
from core.storage.database import Database
from core.storage.inbox import Arrival
from core.storage.linking import reject
from core.storage.saving import Saved, save_turn
from core.storage.tables import (
    CommentRow,
    ContactLinkRow,
    ConversationRow,
    LeadRow,
    MessageRow,
    OutboxRow,
    table,
)
from core.storage.turns import load_turn
from tests.core.storage.samples import NOW, conversation, find, message, take_turn, turn_record

HOUR = timedelta(hours=1)


def comment(number: str = "c1", text: str = "Скільки коштує?", **parts: Any) -> InboundMessage:
    values: dict[str, Any] = {"kind": InboundKind.COMMENT, "external_id": number, "payload": "post-1", **parts}
    return message(f"{COMMENT_EVENT}{number}", text, **values)


async def store(database: Database, *arrived: InboundMessage) -> list[Arrival]:
    return await database.write(lambda conn: store_arrivals(conn, [(one, "messenger") for one in arrived], NOW))


async def rows(database: Database, wanted: type) -> list[Any]:
    found = table(wanted)
    return await database.read(lambda conn: list(conn.execute(sa.select(found).order_by(found.c.id)).all()))


async def test_a_comment_is_mail_and_a_permission_and_opens_nothing(database: Database) -> None:
    (arrival,) = await store(database, comment(at=NOW - HOUR))
    talk = await find(database, arrival.conversation_id)
    assert (arrival.is_new, arrival.has_mail) == (True, True)
    assert (talk.comment_id, talk.comment_at, talk.opened_at) == ("c1", NOW - HOUR, None)
    await take_turn(database, talk.id)
    after = await find(database, talk.id)
    assert (after.opened_at, after.last_inbound_at) == (None, None)


async def test_a_comment_that_comes_again_gives_no_second_permission_even_after_its_author_is_known_by_another_id(
    database: Database,
) -> None:
    (first,) = await store(database, comment())
    await database.write(lambda conn: know_as(conn, first.conversation_id, "psid-9", NOW))
    (again,) = await store(database, comment())
    assert (again.is_new, again.conversation_id) == (False, first.conversation_id)
    assert len(await rows(database, ConversationRow)) == len(await rows(database, LeadRow)) == 1


async def test_the_next_comment_and_the_answer_join_the_talk_with_their_author(database: Database) -> None:
    (first,) = await store(database, comment())
    await database.write(lambda conn: know_as(conn, first.conversation_id, "psid-9", NOW))
    (second,) = await store(database, comment("c2", at=NOW + HOUR))
    (answer,) = await store(database, message("m1", "так", chat="psid-9", sender="psid-9"))
    assert first.conversation_id == second.conversation_id == answer.conversation_id
    assert (await find(database, first.conversation_id)).comment_id == "c2"


async def test_who_wrote_to_us_before_comments_in_the_same_talk(database: Database) -> None:
    held = await conversation(database)
    (arrival,) = await store(database, comment())
    assert arrival.conversation_id == held.id


async def test_an_id_that_has_a_talk_already_is_left_alone(database: Database) -> None:
    await conversation(database)
    (other,) = await store(database, comment(chat="commenter", sender="commenter"))
    await database.write(lambda conn: know_as(conn, other.conversation_id, "chat-1", NOW))
    assert (await find(database, other.conversation_id)).chat == "commenter"


async def test_who_comments_under_another_id_is_the_person_to_whom_the_platform_brought_the_answer(
    database: Database,
) -> None:
    held = await conversation(database)
    await take_turn(database, held.id)
    (other,) = await store(database, comment(chat="commenter", sender="commenter"))
    for _ in range(2):
        await database.write(lambda conn: know_as(conn, other.conversation_id, "chat-1", NOW))
    talk = await find(database, other.conversation_id)
    assert (talk.chat, talk.linked) == ("commenter", (held.contact_id,))
    assert [row.proof for row in await rows(database, ContactLinkRow)] == ["platform"]
    (later,) = await store(database, comment("c2", chat="commenter", sender="commenter", at=NOW + HOUR))
    assert later.conversation_id == held.id


async def test_whom_people_have_parted_the_platform_does_not_join(database: Database) -> None:
    held = await conversation(database)
    (other,) = await store(database, comment(chat="commenter", sender="commenter"))
    theirs = (await find(database, other.conversation_id)).contact_id
    await database.write(lambda conn: reject(conn, held.contact_id, theirs, by="olia", now=NOW))
    await database.write(lambda conn: know_as(conn, other.conversation_id, "chat-1", NOW))
    assert (await find(database, other.conversation_id)).linked == ()


async def test_a_turn_answers_one_comment_and_knows_which(database: Database) -> None:
    (first, _, third) = await store(database, comment(), comment("c2"), comment("c3"))
    await store(database, message("m1", "ще одне", chat="chat-1"))
    taken = []
    for _ in range(4):
        loaded = await database.read(lambda conn: load_turn(conn, first.conversation_id))
        taken.append([one.text for one in loaded.messages])
        saved = await take_turn(database, first.conversation_id)
        assert saved.has_left == (len(taken) < 4)
    assert taken == [["ще одне"], ["Скільки коштує?"], ["Скільки коштує?"], ["Скільки коштує?"]]
    numbers = {row.id: row.comment_id for row in await rows(database, CommentRow)}
    assert [numbers.get(row.answers) for row in await rows(database, OutboxRow)] == [None, "c1", "c2", "c3"]
    assert third.message_id in [row.message_id for row in await rows(database, CommentRow)]


async def test_words_that_come_while_a_comment_is_answered_do_not_void_the_answer(database: Database) -> None:
    (first,) = await store(database, comment())
    loaded = await database.read(lambda conn: load_turn(conn, first.conversation_id))
    await store(database, message("m1", "ще одне", chat="chat-1"))
    record = turn_record(loaded.conversation, messages=loaded.messages)
    assert await database.write(lambda conn: save_turn(conn, record)) == Saved("stored", ANY, has_left=True)


@pytest.mark.parametrize("there_first", [False, True], ids=["a stranger", "talks already"])
async def test_the_echo_of_a_private_reply_tells_who_read_it_when_its_answer_never_came(
    database: Database, there_first: bool
) -> None:
    if there_first:
        await store(database, message("m0", "Добрий день", chat="psid-9", sender="psid-9"))
    (arrival,) = await store(database, comment(chat="commenter", sender="commenter"))
    await take_turn(database, arrival.conversation_id)
    (row,) = await rows(database, OutboxRow)
    doubt = sa.update(table(OutboxRow)).values(state="unconfirmed")
    await database.write(lambda conn: conn.execute(doubt))
    echo = message(
        "echo:m7", "", kind=InboundKind.RECEIPT, payload=str(row.id), external_id="m7", chat="psid-9", sender="psid-9"
    )
    await store(database, echo)
    assert [one.state for one in await rows(database, OutboxRow)] == ["sent"]
    talk = await find(database, arrival.conversation_id)
    assert (talk.chat, len(talk.linked)) == (("commenter", 1) if there_first else ("psid-9", 0))


async def test_a_comment_that_is_changed_or_taken_away_is_found_by_its_id(database: Database) -> None:
    (first,) = await store(database, comment(chat="commenter", sender="commenter"))
    lost = {"chat": "comment:c1", "sender": "comment:c1", "external_id": "c1"}
    await store(database, message("edit:1", "А для дому?", kind=InboundKind.EDIT, **lost))
    assert [row.text for row in await rows(database, MessageRow)] == ["А для дому?"]
    await store(database, message("unsent:1", "", kind=InboundKind.UNSENT, **lost))
    assert [row.text for row in await rows(database, MessageRow)] == [""]
    assert (await database.read(lambda conn: load_turn(conn, first.conversation_id))).messages == ()
