"""The middle: what a turn needs, in one short read, and what is noted around turns."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from core.domain.conversation import Conversation, Holder, Line, Memory
from core.domain.events import EVENT_VERSION, Event
from core.domain.facts import Fact
from core.domain.ids import AccountId, ContactId, ConversationId, InboxId, MessageId
from core.domain.messages import InboundKind
from core.domain.turn import TurnMessage
from core.storage.facts import load_known
from core.storage.inbox import read_attachments
from core.storage.partial import UNREAD
from core.storage.people import is_opted_out, members
from core.storage.prepared import Prepared
from core.storage.tables import ContactRow, ConversationRow, EventRow, InboxRow, MessageRow, TurnRow, table
from core.storage.users import is_all_away

_conversations = table(ConversationRow)
_contacts = table(ContactRow)
_inbox = table(InboxRow)
_messages = table(MessageRow)
_turns = table(TurnRow)
_events = table(EventRow)

HISTORY = 20


@dataclass(frozen=True, slots=True)
class Loaded:
    """One conversation with its unread messages; everything the engine is given but the firm and the playbook."""

    conversation: Conversation
    messages: tuple[TurnMessage, ...]
    history: tuple[Line, ...]
    facts: Mapping[str, Fact]
    attempts: int
    all_away: bool = False
    """Everybody who works at the desk has said to be away."""


_load_conversation = (
    sa.select(_conversations, _contacts.c.opted_out, _contacts.c.person_id)
    .join(_contacts, _contacts.c.id == _conversations.c.contact_id)
    .where(_conversations.c.id == sa.bindparam("c"))
)
_load_unread = (
    sa.select(
        _inbox.c.id.label("inbox_id"),
        _inbox.c.kind,
        _inbox.c.payload,
        _inbox.c.platform_at,
        _inbox.c.attempts,
        _inbox.c.turn_id,
        _messages.c.id,
        _messages.c.text,
        _messages.c.extra,
    )
    .join(_messages, _messages.c.id == _inbox.c.message_id)
    .where(_inbox.c.conversation_id == sa.bindparam("c"), UNREAD)
    .order_by(_inbox.c.id)
)
_load_history = (
    sa.select(_messages.c.id, _messages.c.role, _messages.c.text, _messages.c.at)
    .where(
        _messages.c.conversation_id == sa.bindparam("c"),
        _messages.c.id < sa.bindparam("before"),
        _messages.c.state.not_in(("cancelled", "refused")),
    )
    .order_by(_messages.c.id.desc())
    .limit(HISTORY)
)
_insert_events = Prepared(sa.insert(_events))


# Locked by a statement of its own: PostgreSQL looks for unread rows as of the moment when a statement began, and one
# that had waited for an arrival would not see it.
_lock_conversation = sa.select(_conversations.c.id).where(_conversations.c.id == sa.bindparam("c")).with_for_update()
_clear_mail = (
    sa.update(_conversations)
    .where(
        _conversations.c.id == sa.bindparam("c"),
        ~sa.exists().where(_inbox.c.conversation_id == sa.bindparam("c"), UNREAD),
    )
    .values(has_mail=False)
)


def follow_up_key(conversation_id: ConversationId) -> str:
    """A conversation has one timer: what comes next if the customer stays silent."""
    return f"follow_up:{conversation_id}"


def load_conversation(conn: sa.Connection, conversation_id: ConversationId) -> Conversation:
    """Raises LookupError when there is none."""
    row = conn.execute(_load_conversation, {"c": conversation_id}).first()
    if row is None:
        raise LookupError(f"no conversation {conversation_id}")
    conversation = _conversation(row)
    return conversation if row.person_id is None else _with_other_doors(conn, conversation)


def load_turn(conn: sa.Connection, conversation_id: ConversationId) -> Loaded:
    """Raises LookupError when there is no such conversation."""
    conversation = load_conversation(conn, conversation_id)
    rows = conn.execute(_load_unread, {"c": conversation_id}).all()
    messages = _for_one_turn(tuple(_turn_message(row) for row in rows))
    before = min((message.id for message in messages), default=2**62)
    lines = conn.execute(_load_history, {"c": conversation_id, "before": before}).all()
    return Loaded(
        conversation=conversation,
        messages=_in_spoken_order(messages),
        history=tuple(Line(MessageId(r.id), r.role, r.text, r.at) for r in reversed(lines)),
        facts=load_known(conn, conversation.contact_id, conversation.linked),
        attempts=max((row.attempts for row in rows), default=0),
        all_away=is_all_away(conn),
    )


def _for_one_turn(messages: tuple[TurnMessage, ...]) -> tuple[TurnMessage, ...]:
    """Each comment is answered by itself, one after the other, and after what was said to us alone."""
    return tuple(message for message in messages if message.kind is not InboundKind.COMMENT) or messages[:1]


def _in_spoken_order(messages: tuple[TurnMessage, ...]) -> tuple[TurnMessage, ...]:
    """Inside one quiet window the platform's time decides, then arrival."""
    return tuple(sorted(messages, key=lambda message: (message.at, message.inbox_id)))


def _turn_message(row: Any) -> TurnMessage:
    payload = row.payload or {}
    return TurnMessage(
        id=MessageId(row.id),
        inbox_id=InboxId(row.inbox_id),
        kind=InboundKind(row.kind),
        text=row.text,
        at=row.platform_at,
        payload=payload.get("payload"),
        attachments=read_attachments(row.extra),
        source=payload.get("source"),
        again=row.turn_id is not None,
    )


def _conversation(row: Any) -> Conversation:
    return Conversation(
        id=ConversationId(row.id),
        account=AccountId(row.account_id),
        channel=row.channel,
        chat=row.chat,
        contact_id=ContactId(row.contact_id),
        holder=Holder(row.holder),
        stage=row.stage,
        language=row.language,
        role=row.role,
        audience=row.audience,
        playbook_digest=row.playbook_digest,
        memory=Memory.from_json(row.memory),
        lease_epoch=row.lease_epoch,
        last_inbound_at=row.last_inbound_at,
        reachable=row.reachable,
        opted_out=row.opted_out,
        holder_reason=row.holder_reason,
        operator=row.operator,
        opened_at=row.opened_at,
        ad_entry_at=row.ad_entry_at,
        comment_id=row.comment_id,
        comment_at=row.comment_at,
        comment_answered_at=row.comment_answered_at,
        held_elsewhere=row.held_elsewhere,
    )


def _with_other_doors(conn: sa.Connection, conversation: Conversation) -> Conversation:
    mine = conversation.contact_id
    linked = tuple(member for member in members(conn, mine, proven=True) if member != mine)
    others = tuple(member for member in members(conn, mine) if member != mine)
    return replace(conversation, linked=linked, others=others, opted_out=is_opted_out(conn, mine))


def lock_conversation(conn: sa.Connection, conversation_id: ConversationId) -> None:
    """Until the transaction's end. On SQLite whoever writes is alone with the whole file."""
    if conn.dialect.name != "sqlite":
        conn.execute(_lock_conversation, {"c": conversation_id})


def record_events(
    conn: sa.Connection,
    conversation: Conversation,
    events: Sequence[Event],
    now: datetime,
    *,
    turn_id: int | None = None,
) -> None:
    """Without a turn: what belongs to none (a person took over, a message was sent)."""
    rows = [
        {
            "kind": event.kind.value,
            "version": EVENT_VERSION,
            "conversation_id": conversation.id,
            "contact_id": conversation.contact_id,
            "data": {**event.data, "turn_id": turn_id} if turn_id else dict(event.data),
            "at": now,
        }
        for event in events
    ]
    _insert_events.run_many(conn, rows)


def clear_mail(conn: sa.Connection, conversation_id: ConversationId) -> None:
    """Take the flag off a conversation without unread rows (a redelivery sets it for nothing)."""
    lock_conversation(conn, conversation_id)
    conn.execute(_clear_mail, {"c": conversation_id})


@dataclass(frozen=True, slots=True)
class LastTurn:
    move: str
    action: str
    trace: Mapping[str, Any]


def last_turn(conn: sa.Connection, conversation_id: ConversationId) -> LastTurn | None:
    newest = sa.select(_turns).where(_turns.c.conversation_id == conversation_id).order_by(_turns.c.id.desc()).limit(1)
    row = conn.execute(newest).first()
    return LastTurn(row.move, row.action, row.trace or {}) if row else None
