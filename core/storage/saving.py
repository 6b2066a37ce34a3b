"""All that a turn made, in one short write: state, facts, events, job requests and outbox rows, or nothing at all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from core.domain.conversation import Conversation, Holder, Memory
from core.domain.events import Event, EventKind
from core.domain.facts import FoundFact
from core.domain.hand_over import Assign
from core.domain.ids import MessageId
from core.domain.messages import InboundKind, OutboundMessage
from core.domain.promises import MadePromise
from core.domain.turn import JobRequest, TurnMessage, last_opened
from core.storage.erase import erase_person
from core.storage.facts import record_facts
from core.storage.follow_ups import end_follow_up
from core.storage.held import assign_lead
from core.storage.invitations import issue
from core.storage.jobs import ask_for_jobs, take_back
from core.storage.leads import touch_lead
from core.storage.linking import BOT
from core.storage.materials import plan_materials
from core.storage.outbox import cancel_started, cancel_unsent, queue_replies
from core.storage.partial import UNREAD
from core.storage.people import conversations_of, note_consent, note_stop
from core.storage.prepared import Prepared
from core.storage.promises import record_promises
from core.storage.standing import find_comment
from core.storage.tables import ContactRow, ConversationRow, InboxRow, TurnRow, table
from core.storage.turns import follow_up_key, lock_conversation, record_events

_conversations = table(ConversationRow)
_contacts = table(ContactRow)
_inbox = table(InboxRow)
_turns = table(TurnRow)


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
    invitation: str | None = None
    """The code of the one-time link that a reply holds."""
    extra_events: Sequence[Event] = field(default_factory=tuple)
    promises: Sequence[MadePromise] = ()
    assign: Assign | None = None
    """How to find an operator if a person is called by this turn; None = nobody is there to be given anything."""


@dataclass(frozen=True, slots=True)
class Saved:
    """`stored`, `newer` (unread rows came meanwhile, nothing was stored) or `stale` (somebody else took over)."""

    status: str
    conversation: Conversation | None = None
    """As the turn left it."""
    has_left: bool = False
    """Something unread is left for a turn of its own."""


_unread_here = sa.and_(_inbox.c.conversation_id == sa.bindparam("c"), UNREAD)
_newer = sa.exists().where(_unread_here, _inbox.c.id > sa.bindparam("last"), _inbox.c.kind != InboundKind.COMMENT.value)
_left = sa.select(sa.func.count()).select_from(_inbox).where(_unread_here).scalar_subquery() > sa.bindparam("taken")
_what_waits = Prepared(
    sa.select(sa.case((_newer, 1), else_=0) + sa.case((_left, 2), else_=0)).where(
        _conversations.c.id == sa.bindparam("c"), _conversations.c.lease_epoch == sa.bindparam("epoch")
    )
)
_insert_turn = Prepared(sa.insert(_turns).returning(_turns.c.id))
_finish_inbox = sa.update(_inbox).where(_inbox.c.id.in_(sa.bindparam("read", expanding=True)))
_finish_conversation = Prepared(sa.update(_conversations).where(_conversations.c.id == sa.bindparam("c")))
_finish_contact = Prepared(sa.update(_contacts).where(_contacts.c.id == sa.bindparam("c")))


def save_turn(conn: sa.Connection, record: TurnRecord) -> Saved:
    """State, facts, events, job requests and outbox rows together, under the lease's epoch, or nothing at all."""
    conversation = record.conversation
    waits = _find_waiting(conn, record)
    if waits is None:
        return Saved("stale")
    if waits.newer and record.refuse_newer:
        return Saved("newer")
    after = _after(record)
    if record.erases:
        last = max((message.id for message in record.messages), default=MessageId(0))
        erase_person(conn, conversation, last, record.now)
    turn_id = _insert_turn.get(conn, _turn_values(record))
    if record.opted_out:
        cancel_unsent(conn, conversation.id, "opted_out")
        note_stop(conn, conversation.contact_id, record.now)
    elif record.opted_in:
        note_consent(conn, conversation.contact_id, record.now)
    _end_what_was_planned(conn, record)
    _tell_other_doors(conn, record)
    fact_events = record_facts(conn, conversation, record.facts, record.now)
    message_ids = queue_replies(
        conn, conversation, record.replies, now=record.now, origin=record.origin, turn_id=turn_id,
        is_reply=not _is_own_initiative(record), answers=_commented(conn, record),
    )  # fmt: skip
    if record.invitation:
        issue(conn, conversation, record.invitation, issued_by=BOT, now=record.now)
    ask_for_jobs(conn, conversation.id, record.jobs, record.now)
    # A material counts as sent when its message is: delivery tells.
    materials = [event.data for event in record.events if event.kind is EventKind.MATERIAL_SENT]
    plan_materials(conn, record.replies, message_ids, materials)
    happened = (event for event in record.events if event.kind is not EventKind.MATERIAL_SENT)
    events = (*happened, *fact_events, *record.extra_events)
    record_events(conn, conversation, events, record.now, turn_id=turn_id)
    _promise(conn, record, message_ids)
    if record.assign and after.holder is Holder.WAITING and conversation.holder is not Holder.WAITING:
        assign_lead(conn, conversation, record.assign, record.now)
    _finish(conn, record, after, turn_id, waits.left)
    touch_lead(
        conn, conversation, stage=record.stage, score=record.score, outcome=record.outcome, source=record.source,
        now=record.now,
    )  # fmt: skip
    return Saved("stored", after, waits.left)


def _tell_other_doors(conn: sa.Connection, record: TurnRecord) -> None:
    """Whoever writes here is not silent there, and who is to be left alone is left alone everywhere."""
    for other in conversations_of(conn, record.conversation.others) if record.conversation.others else ():
        if not _is_own_initiative(record):
            end_follow_up(conn, other, _why_unplanned(record), record.now)
        if record.opted_out:
            cancel_unsent(conn, other, "opted_out")


def _end_what_was_planned(conn: sa.Connection, record: TurnRecord) -> None:
    conversation = record.conversation
    if not _is_own_initiative(record):
        cancel_started(conn, conversation.id, "the customer wrote")
        end_follow_up(conn, conversation.id, _why_unplanned(record), record.now)
    elif not any(job.key == follow_up_key(conversation.id) for job in record.jobs):
        take_back(conn, follow_up_key(conversation.id))


def _why_unplanned(record: TurnRecord) -> str:
    """What was planned for a customer's silence is planned anew with each turn, if at all."""
    if record.opted_out:
        return "opted_out"
    if record.holder is not Holder.BOT:
        return "handed_off"
    return "lead_closed" if record.stage in ("won", "lost") else "customer_wrote"


def _promise(conn: sa.Connection, record: TurnRecord, message_ids: Sequence[MessageId]) -> None:
    """What these replies promise is noted where it is said."""
    for promise in record.promises if message_ids else ():
        texts = [reply.text for reply in record.replies]
        place = next((at for at, text in enumerate(texts) if promise.words in text), 0)
        start = max(texts[place].find(promise.words), 0)
        said = replace(promise, start=start, end=start + len(promise.words))
        record_promises(conn, record.conversation, message_ids[place], [said], by="bot", now=record.now)


@dataclass(frozen=True, slots=True)
class _Waiting:
    newer: bool
    """Something that the answer would have to take in. No comment is, and no answer to a comment has to."""
    left: bool


def _find_waiting(conn: sa.Connection, record: TurnRecord) -> _Waiting | None:
    """What is unread beside the turn's messages; None when somebody else took the conversation over."""
    lock_conversation(conn, record.conversation.id)
    last = max((message.inbox_id for message in record.messages), default=0)
    wanted = {"c": record.conversation.id, "epoch": record.epoch, "last": last, "taken": len(record.messages)}
    found = _what_waits.find(conn, wanted)
    if found is None:
        return None
    return _Waiting(newer=bool(found & 1) and not _is_public(record), left=bool(found & 2))


def _is_public(record: TurnRecord) -> bool:
    return bool(record.messages) and all(message.kind is InboundKind.COMMENT for message in record.messages)


def _commented(conn: sa.Connection, record: TurnRecord) -> int | None:
    """The comment that the reply is for."""
    return find_comment(conn, [message.id for message in record.messages]) if _is_public(record) else None


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


def _after(record: TurnRecord) -> Conversation:
    """The conversation as the turn leaves it."""
    before = record.conversation
    unspoken = (InboundKind.FOLLOW_UP, InboundKind.COMMENT)
    spoken = [message.at for message in record.messages if message.kind not in unspoken]
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
        opened_at=last_opened(before.opened_at, record.messages, record.now),
        reachable=before.reachable or bool(spoken),
        opted_out=record.opted_out or (before.opted_out and not record.opted_in),
    )


def _finish(conn: sa.Connection, record: TurnRecord, after: Conversation, turn_id: int, has_left: bool) -> None:
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
        "has_mail": has_left,
        "last_inbound_at": after.last_inbound_at,
        "opened_at": after.opened_at,
        "reachable": after.reachable,
    }
    if after.holder is not record.conversation.holder:
        changes["holder_since"] = record.now
    if record.reason or after.holder is Holder.BOT:
        # A turn in which the bot stays silent says nothing new of why a person holds the talk.
        changes["holder_reason"] = record.reason if after.holder is not Holder.BOT else None
    _finish_conversation.run(conn, changes)
    if after.language != record.conversation.language:
        _finish_contact.run(conn, {"c": after.contact_id, "language": after.language})
