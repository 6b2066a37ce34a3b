"""The middle: what a turn needs in one short read, and all that it made in one short write."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from core.domain.conversation import Conversation, Holder, Line, Memory
from core.domain.events import EVENT_VERSION, Event
from core.domain.facts import Fact, FoundFact
from core.domain.ids import AccountId, ContactId, ConversationId, InboxId, MessageId
from core.domain.messages import InboundKind, OutboundMessage
from core.domain.turn import JobRequest, TurnMessage
from core.storage.erase import erase_contact
from core.storage.facts import load_facts, record_facts
from core.storage.inbox import read_attachments
from core.storage.jobs import ask_for_jobs, take_back
from core.storage.leads import touch_lead
from core.storage.outbox import cancel_unsent, queue_replies
from core.storage.partial import UNREAD
from core.storage.prepared import Prepared
from core.storage.tables import ContactRow, ConversationRow, EventRow, InboxRow, MessageRow, TurnRow, table

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


@dataclass(frozen=True, slots=True)
class TurnRecord:
    """All that one turn leaves behind."""

    conversation: Conversation
    messages: Sequence[TurnMessage]
    epoch: int
    now: datetime
    move: str
    stage: str
    action: str
    language: str
    holder: Holder
    memory: Memory
    role: str
    audience: str
    playbook_digest: str
    replies: Sequence[OutboundMessage]
    facts: Sequence[FoundFact]
    events: Sequence[Event]
    jobs: Sequence[JobRequest]
    trace: Mapping[str, Any]
    latency_ms: int
    score: tuple[int, Sequence[str]]
    outcome: str | None = None
    reason: str | None = None
    opted_out: bool = False
    opted_in: bool = False
    """Wrote again after having asked us to stop."""
    erases: bool = False
    """All that is known of the contact goes, and then what this turn made is written."""
    refuse_newer: bool = True
    origin: str = "bot"
    inbox_state: str = "done"
    source: str | None = None
    extra_events: Sequence[Event] = field(default_factory=tuple)


@dataclass(frozen=True, slots=True)
class Saved:
    """`stored`, `newer` (unread rows came meanwhile, nothing was stored) or `stale` (somebody else took over)."""

    status: str
    conversation: Conversation | None = None
    """As the turn left it."""


_load_conversation = (
    sa.select(_conversations, _contacts.c.opted_out)
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
        _messages.c.state != "cancelled",
    )
    .order_by(_messages.c.id.desc())
    .limit(HISTORY)
)
_newer = sa.exists().where(_inbox.c.conversation_id == sa.bindparam("c"), UNREAD, _inbox.c.id > sa.bindparam("last"))
_any_newer = Prepared(
    sa.select(_newer).where(
        _conversations.c.id == sa.bindparam("c"), _conversations.c.lease_epoch == sa.bindparam("epoch")
    )
)
_insert_turn = Prepared(sa.insert(_turns).returning(_turns.c.id))
_insert_events = Prepared(sa.insert(_events))
_finish_inbox = sa.update(_inbox).where(_inbox.c.id.in_(sa.bindparam("read", expanding=True)))
_finish_conversation = Prepared(sa.update(_conversations).where(_conversations.c.id == sa.bindparam("c")))
_finish_contact = Prepared(sa.update(_contacts).where(_contacts.c.id == sa.bindparam("c")))


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
    return _conversation(row)


def load_turn(conn: sa.Connection, conversation_id: ConversationId) -> Loaded:
    """Raises LookupError when there is no such conversation."""
    conversation = load_conversation(conn, conversation_id)
    rows = conn.execute(_load_unread, {"c": conversation_id}).all()
    messages = tuple(_turn_message(row) for row in rows)
    before = min((message.id for message in messages), default=2**62)
    lines = conn.execute(_load_history, {"c": conversation_id, "before": before}).all()
    return Loaded(
        conversation=conversation,
        messages=_in_spoken_order(messages),
        history=tuple(Line(MessageId(r.id), r.role, r.text, r.at) for r in reversed(lines)),
        facts=load_facts(conn, conversation.contact_id),
        attempts=max((row.attempts for row in rows), default=0),
    )


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
    )


def save_turn(conn: sa.Connection, record: TurnRecord) -> Saved:
    """State, facts, events, job requests and outbox rows together, under the lease's epoch, or nothing at all."""
    conversation = record.conversation
    newer = _find_newer(conn, record)
    if newer is None:
        return Saved("stale")
    if newer and record.refuse_newer:
        return Saved("newer")
    after = _after(record)
    if record.erases:
        last = max((message.id for message in record.messages), default=MessageId(0))
        erase_contact(conn, conversation.contact_id, last, record.now)
    turn_id = _insert_turn.get(conn, _turn_values(record))
    if record.opted_out:
        cancel_unsent(conn, conversation.id, "opted_out")
        _finish_contact.run(conn, {"c": conversation.contact_id, "opted_out": True})
    elif record.opted_in:
        _finish_contact.run(conn, {"c": conversation.contact_id, "opted_out": False})
    if not record.jobs:
        take_back(conn, follow_up_key(conversation.id))
    fact_events = record_facts(conn, conversation, record.facts, record.now)
    queue_replies(
        conn, conversation, record.replies, now=record.now, origin=record.origin, turn_id=turn_id,
        is_reply=not _is_own_initiative(record),
    )  # fmt: skip
    ask_for_jobs(conn, conversation.id, record.jobs, record.now)
    _insert(conn, conversation, (*record.events, *fact_events, *record.extra_events), turn_id, record.now)
    _finish(conn, record, after, turn_id, newer)
    touch_lead(
        conn, conversation, stage=record.stage, score=record.score, outcome=record.outcome, source=record.source,
        now=record.now,
    )  # fmt: skip
    return Saved("stored", after)


def _find_newer(conn: sa.Connection, record: TurnRecord) -> bool | None:
    """Whether something came after the turn's messages; None when somebody else took the conversation over."""
    _lock(conn, record.conversation.id)
    last = max((message.inbox_id for message in record.messages), default=0)
    wanted = {"c": record.conversation.id, "epoch": record.epoch, "last": last}
    found = _any_newer.find(conn, wanted)
    return None if found is None else bool(found)


def _lock(conn: sa.Connection, conversation_id: ConversationId) -> None:
    """On SQLite whoever writes is alone with the whole file."""
    if conn.dialect.name != "sqlite":
        conn.execute(_lock_conversation, {"c": conversation_id})


def _is_own_initiative(record: TurnRecord) -> bool:
    return bool(record.messages) and all(m.kind is InboundKind.FOLLOW_UP for m in record.messages)


def _turn_values(record: TurnRecord) -> dict[str, Any]:
    return {
        "conversation_id": record.conversation.id,
        "move": record.move,
        "stage_from": record.conversation.stage,
        "stage_to": record.stage,
        "action": record.action,
        "language": record.language,
        "trace": dict(record.trace),
        "latency_ms": record.latency_ms,
        "at": record.now,
    }


def _insert(
    conn: sa.Connection, conversation: Conversation, events: Sequence[Event], turn_id: int | None, now: datetime
) -> None:
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


def record_events(conn: sa.Connection, conversation: Conversation, events: Sequence[Event], now: datetime) -> None:
    """Events that belong to no turn (a person took over, a message was sent)."""
    _insert(conn, conversation, events, None, now)


def _after(record: TurnRecord) -> Conversation:
    """The conversation as the turn leaves it."""
    before = record.conversation
    spoken = [message.at for message in record.messages if message.kind is not InboundKind.FOLLOW_UP]
    return replace(
        before,
        holder=record.holder,
        stage=record.stage,
        language=record.language,
        role=record.role,
        audience=record.audience,
        playbook_digest=record.playbook_digest,
        memory=record.memory,
        last_inbound_at=max(spoken, default=before.last_inbound_at),
        reachable=before.reachable or bool(spoken),
        opted_out=record.opted_out or (before.opted_out and not record.opted_in),
    )


def _finish(conn: sa.Connection, record: TurnRecord, after: Conversation, turn_id: int, newer: bool) -> None:
    ids = [message.inbox_id for message in record.messages]
    conn.execute(_finish_inbox, {"read": ids, "state": record.inbox_state, "turn_id": turn_id})
    changes: dict[str, Any] = {
        "c": after.id,
        "holder": after.holder.value,
        "stage": after.stage,
        "language": after.language,
        "role": after.role,
        "audience": after.audience,
        "playbook_digest": after.playbook_digest,
        "memory": after.memory.to_json(),
        "has_mail": newer,
        "last_inbound_at": after.last_inbound_at,
        "reachable": after.reachable,
    }
    if record.reason or after.holder is Holder.BOT:
        # A turn in which the bot stays silent says nothing new of why a person holds the talk.
        changes["holder_reason"] = record.reason if after.holder is not Holder.BOT else None
    _finish_conversation.run(conn, changes)
    if after.language != record.conversation.language:
        _finish_contact.run(conn, {"c": after.contact_id, "language": after.language})


def clear_mail(conn: sa.Connection, conversation_id: ConversationId) -> None:
    """Take the flag off a conversation without unread rows (a redelivery sets it for nothing)."""
    _lock(conn, conversation_id)
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
