from typing import Any

import pytest
import sqlalchemy as sa

from core.domain.messages import InboundKind, InboundMessage
from core.storage.arrivals import store_arrivals
from core.storage.database import Database
from core.storage.inbox import Arrival, store_arrival
from core.storage.tables import InboxRow, MessageRow, table
from tests.core.storage.samples import NOW, message

CHANNEL = "telegram"
_inbox, _messages = table(InboxRow), table(MessageRow)


def from_chat(chat: int, event: int, **more: Any) -> InboundMessage:
    return message(str(event), f"text {event}", chat=f"chat-{chat}", sender=f"person-{chat}", **more)


async def store_together(database: Database, *arrivals: InboundMessage) -> list[Arrival]:
    return await database.write(lambda conn: store_arrivals(conn, [(one, CHANNEL) for one in arrivals], NOW))


async def stored(database: Database) -> list[tuple[str, str, str]]:
    """(event, state, text of its message), in the order of the inbox."""
    joined = sa.select(_inbox.c.event_id, _inbox.c.state, _messages.c.text).join(
        _messages, _messages.c.id == _inbox.c.message_id
    )
    rows = await database.read(lambda conn: conn.execute(joined.order_by(_inbox.c.id)).all())
    return [(row[0], row[1], row[2]) for row in rows]


async def test_those_who_come_together_are_stored_in_their_order(database: Database) -> None:
    await store_together(database, from_chat(1, 1), from_chat(2, 2))
    known = [from_chat(2, 3), from_chat(1, 4), from_chat(2, 5), from_chat(1, 6)]
    arrivals = await store_together(database, *known)
    assert [arrival.is_new and arrival.has_mail for arrival in arrivals] == [True] * 4
    assert await stored(database) == [(str(n), "unread", f"text {n}") for n in range(1, 7)]
    assert len({arrival.conversation_id for arrival in arrivals}) == 2
    assert arrivals[0].conversation_id == arrivals[2].conversation_id


async def test_what_is_known_or_comes_twice_at_once_is_stored_once(database: Database) -> None:
    await store_together(database, from_chat(1, 1), from_chat(2, 2))
    arrivals = await store_together(database, from_chat(1, 1), from_chat(1, 3), from_chat(1, 3), from_chat(2, 4))
    assert [arrival.is_new for arrival in arrivals] == [False, True, False, True]
    assert [arrival.message_id is None for arrival in arrivals] == [True, False, True, False]
    assert [event for event, _, _ in await stored(database)] == ["1", "2", "3", "4"]
    count = sa.select(sa.func.count()).select_from(_messages)
    assert await database.read(lambda conn: conn.execute(count).scalar()) == 4, "no message without an arrival"


@pytest.mark.parametrize("other", [from_chat(3, 9), from_chat(1, 9, kind=InboundKind.BLOCKED)])
async def test_newcomers_and_silent_ones_among_them_change_nothing(database: Database, other: InboundMessage) -> None:
    await store_together(database, from_chat(1, 1), from_chat(2, 2))
    arrivals = await store_together(database, from_chat(1, 3), other, from_chat(2, 4))
    assert [arrival.is_new for arrival in arrivals] == [True] * 3
    assert {"3", "4"} <= {event for event, _, _ in await stored(database)}


async def test_letters_that_cannot_be_stored_do_no_harm_in_company(database: Database) -> None:
    await store_together(database, from_chat(1, 1))
    odd = message("2", "a\0b\ud800", chat="chat-1", sender="person-1")
    arrivals = await store_together(database, odd, from_chat(1, 3))
    assert all(arrival.is_new for arrival in arrivals)
    assert (await stored(database))[1][2] == "ab?"


async def test_alone_or_together_the_same_is_stored(database: Database) -> None:
    first = [from_chat(1, 1), from_chat(2, 2)]
    await database.write(lambda conn: [store_arrival(conn, one, CHANNEL, NOW) for one in first])
    button = from_chat(1, 3, kind=InboundKind.BUTTON, payload="yes", source="ad")
    await database.write(lambda conn: store_arrival(conn, button, CHANNEL, NOW))
    again = from_chat(1, 4, kind=InboundKind.BUTTON, payload="yes", source="ad")
    await store_together(database, again, from_chat(2, 5))
    rows = await database.read(lambda conn: conn.execute(sa.select(_inbox).order_by(_inbox.c.id)).mappings().all())
    alone, together = dict(rows[2]), dict(rows[3])
    for ids in (alone, together):
        for name in ("id", "event_id", "message_id"):
            del ids[name]
    assert alone == together
