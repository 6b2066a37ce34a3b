"""Small records that the storage's tests begin with; each test names only what it is about."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from core.domain.conversation import Conversation, Holder, Memory
from core.domain.ids import AccountId, ConversationId
from core.domain.messages import InboundKind, InboundMessage, OutboundMessage
from core.storage.arrivals import store_arrivals
from core.storage.database import Database
from core.storage.inbox import Arrival
from core.storage.outbox import queue_replies
from core.storage.saving import Saved, TurnRecord, save_turn
from core.storage.tables import ConversationRow, table
from core.storage.turns import load_conversation, load_turn

_conversations = table(ConversationRow)

NOW = datetime(2026, 1, 5, 10, 0, tzinfo=UTC)
ACCOUNT = AccountId("telegram:shop")


def message(event_id: str = "1", text: str = "Добрий день", **parts: Any) -> InboundMessage:
    values: dict[str, Any] = {
        "account": ACCOUNT,
        "event_id": event_id,
        "chat": "chat-1",
        "sender": "person-1",
        "kind": InboundKind.TEXT,
        "at": NOW,
        "text": text,
        **parts,
    }
    return InboundMessage(**values)


async def arrive(database: Database, event_id: str = "1", text: str = "Добрий день", **parts: Any) -> Arrival:
    inbound = message(event_id, text, **parts)
    (arrival,) = await database.write(lambda conn: store_arrivals(conn, [(inbound, "telegram")], NOW))
    return arrival


async def conversation(database: Database) -> Conversation:
    """The one that a first message begins."""
    arrival = await arrive(database)
    return await find(database, arrival.conversation_id)


async def find(database: Database, conversation_id: ConversationId) -> Conversation:
    return await database.read(lambda conn: load_conversation(conn, conversation_id))


async def queue(database: Database, held: Conversation, texts: Sequence[str]) -> None:
    replies = [OutboundMessage(text) for text in texts]
    await database.write(lambda conn: queue_replies(conn, held, replies, now=NOW, origin="bot"))


async def take_turn(database: Database, conversation_id: ConversationId, **parts: Any) -> Saved:
    """Load what is unread and save a turn over it."""
    loaded = await database.read(lambda conn: load_turn(conn, conversation_id))
    record = turn_record(loaded.conversation, messages=loaded.messages, **parts)
    return await database.write(lambda conn: save_turn(conn, record))


def with_mail(conn: sa.Connection) -> list[ConversationId]:
    """Conversations of which the database says that somebody has to look at them."""
    flagged = sa.select(_conversations.c.id).where(_conversations.c.has_mail).order_by(_conversations.c.id)
    return [ConversationId(found) for found in conn.scalars(flagged)]


def turn_record(held: Conversation, **parts: Any) -> TurnRecord:
    values: dict[str, Any] = {
        "conversation": held,
        "messages": (),
        "epoch": held.lease_epoch,
        "now": NOW,
        "move": "greet",
        "stage": "opening",
        "action": "reply",
        "language": "uk",
        "holder": Holder.BOT,
        "memory": Memory(),
        "role": "buyer",
        "audience": "buyers",
        "playbook_digest": "digest",
        "replies": (OutboundMessage("Вітаю!"),),
        "facts": (),
        "events": (),
        "jobs": (),
        "trace": {},
        "latency_ms": 5,
        "score": (0, ()),
        **parts,
    }
    return TurnRecord(**values)
