"""Reactions, reading, another application in the thread, and events that no talk can hold."""

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from core.domain.conversation import ANOTHER_APP, HOLD_REQUESTED, Conversation, Holder
from core.domain.messages import InboundKind, InboundMessage
from core.storage.arrivals import store_arrivals
from core.storage.database import Database
from core.storage.inbox import NO_CONVERSATION, Arrival
from core.storage.kept import KEPT_FOR
from core.storage.outbox import cancel_unsent
from core.storage.tables import ConversationRow, EventRow, InboxRow, KeptEventRow, MessageRow, table
from core.storage.turns import load_turn
from tests.core.storage.samples import NOW, conversation, find, message, queue

LATER = NOW + timedelta(hours=3)


async def store(database: Database, *arrived: InboundMessage) -> list[Arrival]:
    return await database.write(lambda conn: store_arrivals(conn, [(one, "telegram") for one in arrived], NOW))


async def rows(database: Database, wanted: type) -> list[Any]:
    found = table(wanted)
    return await database.read(lambda conn: list(conn.execute(sa.select(found).order_by(found.c.id)).all()))


async def answered(database: Database) -> Conversation:
    """A talk with one question and one reply that the platform calls m9."""
    held = await conversation(database)
    await queue(database, held, ["18 900 грн"])
    theirs = sa.update(table(MessageRow)).where(table(MessageRow).c.direction == "out")
    await database.write(lambda conn: conn.execute(theirs.values(external_id="m9")))
    return held


def react(event_id: str, sign: str | None, **parts: Any) -> InboundMessage:
    return message(event_id, "", kind=InboundKind.REACTION, external_id="m9", payload=sign, at=LATER, **parts)


async def test_a_reaction_stands_beside_its_message_until_it_is_taken_back(database: Database) -> None:
    held = await answered(database)
    await store(database, react("r1", "❤️"))
    assert [row.extra for row in await rows(database, MessageRow)] == [None, {"reaction": "❤️"}]
    await store(database, react("r2", None))
    assert [row.extra for row in await rows(database, MessageRow)] == [None, None]
    assert not (await database.read(lambda conn: load_turn(conn, held.id))).messages[1:]


async def test_a_reaction_opens_the_window_and_taking_it_back_does_not(database: Database) -> None:
    held = await answered(database)
    await store(database, react("r1", None))
    assert (await find(database, held.id)).standing.opened_at is None
    await store(database, react("r2", "👍"))
    assert (await find(database, held.id)).standing.opened_at == NOW


async def test_a_reaction_is_known_by_its_event_and_is_nothing_to_answer(database: Database) -> None:
    held = await answered(database)
    first, again = await store(database, react("r1", "❤️"), react("r1", "❤️"))
    assert (first.is_new, first.has_mail, again.is_new) == (True, False, False)
    unread = await database.read(lambda conn: load_turn(conn, held.id))
    assert [one.text for one in unread.messages] == ["Добрий день"]


async def test_reading_is_noted_and_never_goes_back(database: Database) -> None:
    await conversation(database)
    (new,) = await store(database, message("read:2", "", kind=InboundKind.READ, at=LATER))
    (old,) = await store(database, message("read:1", "", kind=InboundKind.READ, at=NOW))
    assert (new.is_new, old.is_new) == (True, False)
    assert [row.read_at for row in await rows(database, ConversationRow)] == [LATER]
    assert len(await rows(database, InboxRow)) == 1


async def test_what_is_told_another_application_is_kept_and_not_answered(database: Database) -> None:
    heard = message("s1", "а доставка є?", kind=InboundKind.OVERHEARD, external_id="s1")
    first, again = await store(database, heard, heard)
    assert (first.is_new, first.has_mail, again.is_new) == (True, False, False)
    assert [(row.text, row.role) for row in await rows(database, MessageRow)] == [("а доставка є?", "customer")]
    (talk,) = await rows(database, ConversationRow)
    assert (talk.holder, talk.holder_reason, talk.has_mail) == (Holder.OPERATOR.value, ANOTHER_APP, False)
    assert (talk.opened_at, talk.held_elsewhere) == (NOW, True)
    assert (await database.read(lambda conn: load_turn(conn, first.conversation_id))).messages == ()


async def test_another_application_that_takes_the_thread_stops_what_is_on_its_way(database: Database) -> None:
    held = await answered(database)
    await store(database, message("t1", "", kind=InboundKind.TAKEN_ELSEWHERE))
    talk = await find(database, held.id)
    assert (talk.holder, talk.lease_epoch > held.lease_epoch) == (Holder.OPERATOR, True)
    assert await database.write(lambda conn: cancel_unsent(conn, held.id, "again")) == 0
    assert [event.kind for event in await rows(database, EventRow)] == ["taken_over"]


async def test_the_thread_that_comes_back_is_the_bots_again(database: Database) -> None:
    held = await conversation(database)
    await store(database, message("t1", "", kind=InboundKind.TAKEN_ELSEWHERE))
    await store(database, message("t2", "", kind=InboundKind.GIVEN_BACK))
    back = await find(database, held.id)
    assert (back.holder, back.held_elsewhere) == (Holder.BOT, False)
    assert [event.kind for event in await rows(database, EventRow)] == ["taken_over", "handed_back"]


@pytest.mark.parametrize("count", [1, 2])
async def test_a_message_to_us_shows_that_no_other_application_holds_the_thread(count: int, database: Database) -> None:
    held = await conversation(database)
    await store(database, message("t1", "", kind=InboundKind.TAKEN_ELSEWHERE))
    await store(database, *(message(f"m{n}", "ви ще тут?") for n in range(count)))
    back = await find(database, held.id)
    assert (back.holder, back.held_elsewhere) == (Holder.BOT, False)


async def test_a_request_for_the_thread_calls_a_person(database: Database) -> None:
    await conversation(database)
    await store(database, message("t1", "", kind=InboundKind.TAKEN_ELSEWHERE, payload=HOLD_REQUESTED))
    (talk,) = await rows(database, ConversationRow)
    assert (talk.holder, talk.holder_reason) == (Holder.WAITING.value, HOLD_REQUESTED)
    await store(database, message("m2", "ви ще тут?"))
    assert [row.holder for row in await rows(database, ConversationRow)] == [Holder.WAITING.value]


async def test_who_of_the_firm_holds_a_talk_keeps_it_when_threads_change_hands(database: Database) -> None:
    held = await conversation(database)
    await store(database, message("e1", "Вітаю, це Оля", kind=InboundKind.ECHO))
    await store(database, message("t1", "", kind=InboundKind.TAKEN_ELSEWHERE))
    assert (await find(database, held.id)).held_elsewhere
    await store(database, message("t2", "", kind=InboundKind.GIVEN_BACK), message("m2", "дякую"))
    (talk,) = await rows(database, ConversationRow)
    assert (talk.id, talk.holder, talk.holder_reason) == (held.id, Holder.OPERATOR.value, "native_app")


@pytest.mark.parametrize("kind", [InboundKind.REACTION, InboundKind.READ, InboundKind.TAKEN_ELSEWHERE])
async def test_news_of_a_chat_that_never_wrote_to_us_begins_nothing(kind: InboundKind, database: Database) -> None:
    (arrival,) = await store(database, message("1", "", kind=kind))
    assert (arrival.conversation_id, arrival.is_new) == (NO_CONVERSATION, False)
    assert await rows(database, ConversationRow) == []


async def test_an_event_that_no_talk_can_hold_is_kept_once_and_for_a_month(database: Database) -> None:
    odd = message("odd:1", "", kind=InboundKind.KEPT, payload="odd", raw={"odd": {"a": 1}})
    first, again = await store(database, odd, odd)
    assert (first.is_new, again.is_new) == (True, False)
    (kept,) = await rows(database, KeptEventRow)
    assert (kept.kind, kept.raw, kept.chat) == ("odd", {"odd": {"a": 1}}, "chat-1")
    after = NOW + KEPT_FOR + timedelta(seconds=1)
    other = message("odd:2", "", kind=InboundKind.KEPT, raw={})
    await database.write(lambda conn: store_arrivals(conn, [(other, "telegram")], after))
    assert [row.event_id for row in await rows(database, KeptEventRow)] == ["odd:2"]


async def test_who_writes_after_an_ad_has_entered_by_it(database: Database) -> None:
    held = await conversation(database)
    await store(database, message("a1", "вітаю", source="ref=spring"), message("a2", "ще раз"))
    assert (await find(database, held.id)).ad_entry_at is None
    await store(database, message("a3", "вітаю", source="ad=120 post=7"), message("a4", "ще раз"))
    assert (await find(database, held.id)).ad_entry_at == NOW
