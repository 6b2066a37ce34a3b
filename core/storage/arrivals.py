"""Arrivals that come together are stored together: four statements for all of them instead of three for each."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

import sqlalchemy as sa

from core.domain.ids import ConversationId, MessageId
from core.domain.messages import InboundKind, InboundMessage
from core.storage import beside_words
from core.storage.comments import follow_receipt, store_comment
from core.storage.database import per_dialect
from core.storage.echoes import apply_echo, apply_receipt
from core.storage.inbox import (
    NO_CONVERSATION,
    SILENT,
    TAKEN_UP,
    Arrival,
    inbox_values,
    message_values,
    store_arrival,
)
from core.storage.kept import keep_event
from core.storage.tables import ConversationRow, InboxRow, MessageRow, table
from core.storage.unsaid import store_change

_inbox = table(InboxRow)
_messages = table(MessageRow)
_conversations = table(ConversationRow)

Addressed = tuple[InboundMessage, str]
"""A message and the name of its channel."""

_lock_all = (
    sa.select(_conversations.c.id, _conversations.c.account_id, _conversations.c.chat)
    .where(sa.tuple_(_conversations.c.account_id, _conversations.c.chat).in_(sa.bindparam("places", expanding=True)))
    .order_by(_conversations.c.id)
    .with_for_update()
)
_flag_all = (
    sa.update(_conversations).where(_conversations.c.id.in_(sa.bindparam("ids", expanding=True))).values(**TAKEN_UP)
)
_insert_messages = sa.insert(_messages).returning(_messages.c.id, sort_by_parameter_order=True)
_insert_arrivals = per_dialect(lambda insert: insert(_inbox).on_conflict_do_nothing().returning(_inbox.c.message_id))
_NEWS: Mapping[InboundKind, Callable[[sa.Connection, ConversationId, InboundMessage, datetime], object]] = {
    InboundKind.RECEIPT: apply_receipt,
    InboundKind.ECHO: apply_echo,
    **beside_words.NEWS,
}
_ALONE = SILENT | {InboundKind.COMMENT}
"""Kinds that are stored one by one."""
_delete_messages = sa.delete(_messages).where(_messages.c.id.in_(sa.bindparam("ids", expanding=True)))


def store_arrivals(conn: sa.Connection, arrivals: Sequence[Addressed], now: datetime) -> list[Arrival]:
    """The same as storing one after the other. Rows are locked in the order of their ids, so that two processes that
    store for the same conversations wait for each other and never in a ring."""
    if len(arrivals) > 1 and not any(message.kind in _ALONE or message.source for message, _ in arrivals):
        places = _lock(conn, arrivals)
        if all(_place(message) in places for message, _ in arrivals):
            return _store_together(conn, [message for message, _ in arrivals], places, now)
    return [_store_one(conn, message, channel, now) for message, channel in arrivals]


def _store_one(conn: sa.Connection, message: InboundMessage, channel: str, now: datetime) -> Arrival:
    match message.kind:
        case InboundKind.KEPT:
            return Arrival(NO_CONVERSATION, None, keep_event(conn, message, now), has_mail=False)
        case InboundKind.READ:
            seen = beside_words.apply_read(conn, message)
            return Arrival(seen or NO_CONVERSATION, None, seen is not None, has_mail=False)
        case InboundKind.OVERHEARD:
            heard, is_new = beside_words.store_overheard(conn, message, channel, now)
            return Arrival(heard, None, is_new, has_mail=False)
        case InboundKind.COMMENT:
            return store_comment(conn, message, channel, now)
        case InboundKind.RECEIPT:
            message = follow_receipt(conn, message, now)
        case InboundKind.EDIT | InboundKind.UNSENT:
            return store_change(conn, message, channel, now)
    arrival = store_arrival(conn, message, channel, now)
    apply = _NEWS.get(message.kind)
    if apply and arrival.is_new:
        apply(conn, arrival.conversation_id, message, now)
    return arrival


def _place(message: InboundMessage) -> tuple[str, str]:
    return message.account, message.chat


def _lock(conn: sa.Connection, arrivals: Sequence[Addressed]) -> dict[tuple[str, str], ConversationId]:
    wanted = list(dict.fromkeys(_place(message) for message, _ in arrivals))
    rows = conn.execute(_lock_all, {"places": wanted})
    return {(row.account_id, row.chat): ConversationId(row.id) for row in rows}


def _store_together(
    conn: sa.Connection,
    messages: Sequence[InboundMessage],
    places: Mapping[tuple[str, str], ConversationId],
    now: datetime,
) -> list[Arrival]:
    conn.execute(_flag_all, {"ids": list(places.values())})
    owners = [places[_place(message)] for message in messages]
    rows = [message_values(message, owner, now) for message, owner in zip(messages, owners, strict=True)]
    message_ids = list(conn.execute(_insert_messages, rows).scalars())
    pairs = zip(messages, owners, message_ids, strict=True)
    waiting = [inbox_values(message, owner, message_id, now) for message, owner, message_id in pairs]
    stored = set(conn.execute(_insert_arrivals[conn.dialect.name], waiting).scalars())
    known = [message_id for message_id in message_ids if message_id not in stored]
    if known:
        conn.execute(_delete_messages, {"ids": known})
    return [
        Arrival(owner, MessageId(message_id), is_new=True, has_mail=True)
        if message_id in stored
        else Arrival(owner, None, is_new=False, has_mail=False)
        for owner, message_id in zip(owners, message_ids, strict=True)
    ]
