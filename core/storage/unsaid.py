"""Messages that their author changes or takes back, whenever the news of it comes."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from core.domain.events import EVENT_VERSION, EventKind
from core.domain.ids import ContactId, ConversationId, MessageId
from core.domain.likeness import key_of
from core.domain.messages import InboundKind, InboundMessage
from core.storage.comments import follow_comment
from core.storage.inbox import Arrival, insert_arrival, open_conversation, read_attachments, store_arrival
from core.storage.leases import fence
from core.storage.retract import keep_witnessed
from core.storage.tables import (
    ChannelIdentityRow,
    ConversationRow,
    EventRow,
    InboxRow,
    MessageRow,
    TurnRow,
    table,
)

_conversations = table(ConversationRow)
_events = table(EventRow)
_identities = table(ChannelIdentityRow)
_inbox = table(InboxRow)
_messages = table(MessageRow)
_turns = table(TurnRow)


def store_change(conn: sa.Connection, message: InboundMessage, channel: str, now: datetime) -> Arrival:
    """Platforms deliver in no certain order: news that is here before its message stands in the message's place, so
    that the message is a known one when it comes."""
    message = follow_comment(conn, message)
    if message.payload and not _is_known(conn, message.account, message.payload):
        return _store_before(conn, message, message.payload, channel, now)
    arrival = store_arrival(conn, replace(message, payload=None), channel, now)
    if arrival.is_new:
        apply = apply_edit if message.kind is InboundKind.EDIT else apply_unsent
        apply(conn, arrival.conversation_id, message, now)
    return arrival


def _store_before(conn: sa.Connection, message: InboundMessage, event_id: str, channel: str, now: datetime) -> Arrival:
    """What was edited is answered as it reads now, what was taken back never."""
    bare = replace(message, payload=None)
    if message.kind is InboundKind.EDIT:
        arrival = store_arrival(conn, replace(bare, kind=InboundKind.TEXT, event_id=event_id), channel, now)
        insert_arrival(conn, bare, arrival.conversation_id, now)
        edited = sa.update(_messages).where(_messages.c.id == arrival.message_id)
        conn.execute(edited.values(edited_at=min(message.at, now)))
        return arrival
    conversation_id = open_conversation(conn, bare, channel, now)
    is_new = insert_arrival(conn, bare, conversation_id, now)
    insert_arrival(conn, replace(bare, event_id=event_id), conversation_id, now)
    return Arrival(conversation_id, None, is_new, has_mail=False)


def apply_edit(conn: sa.Connection, conversation_id: ConversationId, message: InboundMessage, now: datetime) -> None:
    """The words are replaced, unless a later edit was here first. A turn that is made over the old ones is void."""
    at = min(message.at, now)
    rows = [row for row in _find(conn, conversation_id, message) if row.edited_at is None or row.edited_at <= at]
    for row in rows:
        conn.execute(sa.update(_messages).where(_messages.c.id == row.id).values(text=message.text, edited_at=at))
    changed = {MessageId(row.id): (str(row.text), message.text) for row in rows if row.text != message.text}
    _apply(conn, conversation_id, changed, EventKind.MESSAGE_EDITED, now)


def apply_unsent(conn: sa.Connection, conversation_id: ConversationId, message: InboundMessage, now: datetime) -> None:
    """Neither words nor media stay, nor what only these words said; nobody answers them, and no later news of the
    message finds it."""
    rows = _find(conn, conversation_id, message)
    changed = {MessageId(row.id): (str(row.text), "") for row in rows}
    _apply(conn, conversation_id, changed, EventKind.MESSAGE_UNSENT, now)
    for row in rows:
        _forget_cards(conn, conversation_id, row.extra)
    ids = list(changed)
    gone = {"text": "", "extra": None, "external_id": None, "edited_at": now}
    conn.execute(sa.update(_messages).where(_messages.c.id.in_(ids)).values(**gone))
    theirs = sa.update(_inbox).where(_inbox.c.message_id.in_(ids))
    conn.execute(theirs.values(payload=None))
    conn.execute(theirs.where(_inbox.c.state == "unread").values(state="done"))
    read_in = sa.select(_inbox.c.turn_id).where(_inbox.c.message_id.in_(ids), _inbox.c.turn_id.is_not(None))
    conn.execute(sa.update(_turns).where(_turns.c.id.in_(read_in)).values(trace=None))


def _find(conn: sa.Connection, conversation_id: ConversationId, message: InboundMessage) -> Sequence[Any]:
    same = sa.and_(_messages.c.conversation_id == conversation_id, _messages.c.external_id == message.external_id)
    return conn.execute(sa.select(_messages).where(same)).all()


def _apply(
    conn: sa.Connection,
    conversation_id: ConversationId,
    changed: Mapping[MessageId, tuple[str, str]],
    kind: EventKind,
    now: datetime,
) -> None:
    if not changed:
        return
    unread = sa.select(_inbox.c.id).where(_inbox.c.message_id.in_(changed), _inbox.c.state == "unread").limit(1)
    if conn.execute(unread).first():
        fence(conn, conversation_id)
    mine = sa.select(_conversations.c.contact_id).where(_conversations.c.id == conversation_id)
    contact_id = ContactId(conn.execute(mine).scalar_one())
    keep_witnessed(conn, contact_id, changed, now)
    told = {"kind": kind.value, "version": EVENT_VERSION, "conversation_id": conversation_id, "contact_id": contact_id}
    rows = [{**told, "data": {"message_id": message_id}, "at": now} for message_id in changed]
    conn.execute(sa.insert(_events), rows)


def _forget_cards(conn: sa.Connection, conversation_id: ConversationId, extra: Mapping[str, Any] | None) -> None:
    """A number or an address that the platform vouched for by this very message."""
    talk = conn.execute(sa.select(_conversations).where(_conversations.c.id == conversation_id)).one()
    mine = sa.and_(_identities.c.contact_id == talk.contact_id, _identities.c.account_id == talk.account_id)
    for card in read_attachments(extra):
        for name, said in (("phone", card.phone), ("email", card.email)):
            if card.trusted and said:
                same = _identities.c[name] == key_of(name, said)
                conn.execute(sa.update(_identities).where(mine, same).values({name: None, f"{name}_at": None}))


def _is_known(conn: sa.Connection, account: str, event_id: str) -> bool:
    same = sa.and_(_inbox.c.account_id == account, _inbox.c.event_id == event_id)
    return conn.execute(sa.select(_inbox.c.id).where(same)).first() is not None
