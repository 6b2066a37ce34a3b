"""One conversation as people read it: messages and their fate, why the bot said what, facts with their words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from core.domain.conversation import Holder
from core.domain.ids import ConversationId, MessageId
from core.domain.messages import Attachment, Button
from core.domain.reply_window import Standing
from core.storage import materials
from core.storage.inbox import read_attachments
from core.storage.lead_table import get_lead, said_name
from core.storage.marks import read_mark
from core.storage.outbox import read_buttons
from core.storage.people import is_opted_out, members
from core.storage.promises import PromiseEntry, list_promises
from core.storage.standing import read_standing
from core.storage.tables import (
    ChannelIdentityRow,
    ContactRow,
    ConversationRow,
    LeadRow,
    MessageRow,
    OutboxRow,
    TurnRow,
    table,
)
from core.storage.witnessed import WitnessedFact, load_witnessed

_conversations = table(ConversationRow)
_contacts = table(ContactRow)
_identities = table(ChannelIdentityRow)
_leads = table(LeadRow)
_messages = table(MessageRow)
_outbox = table(OutboxRow)
_turns = table(TurnRow)

PAGE = 100
"""Messages shown at once."""


@dataclass(frozen=True, slots=True)
class Held:
    holder: Holder
    operator: str | None


@dataclass(frozen=True, slots=True)
class TalkHead:
    """What stands above a conversation and beside it."""

    id: ConversationId
    channel: str
    account: str
    name: str | None
    username: str | None
    holder: Holder
    holder_reason: str | None
    operator: str | None
    stage: str
    language: str | None
    role: str
    reachable: bool
    opted_out: bool
    lead_id: int | None
    score: int
    reasons: tuple[str, ...]
    owner: str | None
    source: str | None
    outcome: str | None
    created_at: datetime
    chat: str
    standing: Standing
    holder_since: datetime | None
    contact_id: int


@dataclass(frozen=True, slots=True)
class TalkMessage:
    """`state` is received, queued, sending, sent, refused, unconfirmed or cancelled; `reason` says why it failed."""

    id: int
    direction: str
    role: str
    author: str | None
    """The operator who wrote it, when a person did."""
    text: str
    state: str
    reason: str | None
    at: datetime
    edited_at: datetime | None
    turn_id: int | None
    buttons: tuple[Button, ...]
    attachments: tuple[Attachment, ...]
    mark: tuple[str, str | None] | None = None
    """What happened here and by whom, where nobody said anything."""


@dataclass(frozen=True, slots=True)
class TalkTurn:
    id: int
    move: str
    stage_from: str
    stage_to: str
    action: str
    language: str
    trace: Mapping[str, Any]
    latency_ms: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Talk:
    head: TalkHead
    messages: Sequence[TalkMessage]
    turns: Mapping[int, TalkTurn]
    materials: Sequence[materials.MaterialSent]
    facts: Mapping[str, WitnessedFact]
    has_earlier: bool
    promises: Sequence[PromiseEntry] = ()


def find_holder(conn: sa.Connection, conversation_id: ConversationId) -> Held | None:
    mine = _conversations.c.id == conversation_id
    row = conn.execute(sa.select(_conversations.c.holder, _conversations.c.operator).where(mine)).first()
    return None if row is None else Held(Holder(row.holder), row.operator)


@dataclass(frozen=True, slots=True)
class Written:
    """One message as it was written."""

    conversation_id: ConversationId
    message_id: MessageId
    text: str
    has_attachment: bool


def find_said(conn: sa.Connection, message_id: MessageId) -> Written | None:
    row = conn.execute(sa.select(_messages).where(_messages.c.id == message_id)).first()
    if row is None:
        return None
    return Written(ConversationId(row.conversation_id), message_id, row.text, bool(read_attachments(row.extra)))


def load_talk(conn: sa.Connection, conversation_id: ConversationId, before: int | None = None) -> Talk:
    """The last messages, or those before one. Raises LookupError when there is no such conversation."""
    head, contact_id = _head(conn, conversation_id)
    head = _of_whole_person(conn, head, contact_id)
    wanted = _messages.c.conversation_id == conversation_id
    if before is not None:
        wanted = sa.and_(wanted, _messages.c.id < before)
    rows = conn.execute(_select_messages.where(wanted).order_by(_messages.c.id.desc()).limit(PAGE + 1)).all()
    messages = [_message(row) for row in reversed(rows[:PAGE])]
    facts = load_witnessed(conn, [contact_id]).get(contact_id, {})
    return Talk(
        head=head if head.name else replace(head, name=said_name(facts)),
        messages=messages,
        materials=materials.list_materials_sent(conn, conversation_id),
        turns=_load_turns(conn, conversation_id, messages, is_newest=before is None),
        facts=facts,
        has_earlier=len(rows) > PAGE,
        promises=list_promises(conn, conversation_id),
    )


_select_head = (
    sa.select(
        _conversations,
        _contacts.c.opted_out,
        _identities.c.name,
        _identities.c.username,
        _leads.c.id.label("lead_id"),
        _leads.c.score,
        _leads.c.score_reasons,
        _leads.c.owner,
        _leads.c.source,
        _leads.c.outcome,
    )
    .join(_contacts, _contacts.c.id == _conversations.c.contact_id)
    .join(
        _identities,
        sa.and_(
            _identities.c.contact_id == _conversations.c.contact_id,
            _identities.c.account_id == _conversations.c.account_id,
        ),
        isouter=True,
    )
    .join(_leads, _leads.c.contact_id == _conversations.c.contact_id, isouter=True)
)
_select_messages = sa.select(_messages, _outbox.c.reason, _outbox.c.origin).join(
    _outbox, _outbox.c.message_id == _messages.c.id, isouter=True
)


def _head(conn: sa.Connection, conversation_id: ConversationId) -> tuple[TalkHead, int]:
    row = conn.execute(_select_head.where(_conversations.c.id == conversation_id)).first()
    if row is None:
        raise LookupError(f"no conversation {conversation_id}")
    head = TalkHead(
        id=ConversationId(row.id),
        channel=row.channel,
        account=row.account_id,
        name=row.name,
        username=row.username,
        holder=Holder(row.holder),
        holder_reason=row.holder_reason,
        operator=row.operator,
        stage=row.stage,
        language=row.language,
        role=row.role,
        reachable=row.reachable,
        opted_out=row.opted_out,
        lead_id=row.lead_id,
        score=row.score or 0,
        reasons=tuple(row.score_reasons or ()),
        owner=row.owner,
        source=row.source,
        outcome=row.outcome,
        created_at=row.created_at,
        chat=row.chat,
        standing=read_standing(row),
        holder_since=row.holder_since,
        contact_id=row.contact_id,
    )
    return head, row.contact_id


def _of_whole_person(conn: sa.Connection, head: TalkHead, contact_id: int) -> TalkHead:
    """What belongs to the lead is the person's, at whichever door it was decided."""
    if head.lead_id is None or len(members(conn, contact_id)) == 1:
        return head
    lead = get_lead(conn, head.lead_id)
    return replace(
        head, score=lead.score, reasons=lead.reasons, owner=lead.owner, source=lead.source, outcome=lead.outcome,
        opted_out=is_opted_out(conn, contact_id),
    )  # fmt: skip


def _message(row: Any) -> TalkMessage:
    kind, _, author = (row.origin or "").partition(":")
    return TalkMessage(
        id=row.id,
        direction=row.direction,
        role=row.role,
        author=author if kind == "operator" and author else None,
        text=row.text,
        state=row.state,
        reason=row.reason,
        at=row.at,
        edited_at=row.edited_at,
        turn_id=row.turn_id,
        buttons=read_buttons(row.extra),
        attachments=read_attachments(row.extra),
        mark=read_mark(row.extra),
    )


def _load_turns(
    conn: sa.Connection, conversation_id: ConversationId, messages: Sequence[TalkMessage], *, is_newest: bool
) -> dict[int, TalkTurn]:
    """The turns of these messages, and those in which the bot said nothing meanwhile."""
    if not messages:
        return {}
    meanwhile = _turns.c.at >= messages[0].at
    if not is_newest:
        meanwhile = sa.and_(meanwhile, _turns.c.at <= messages[-1].at)
    named = _turns.c.id.in_({message.turn_id for message in messages if message.turn_id})
    mine = _turns.c.conversation_id == conversation_id
    wanted = sa.select(_turns).where(mine, sa.or_(named, meanwhile)).order_by(_turns.c.id)
    return {
        row.id: TalkTurn(
            row.id, row.move, row.stage_from, row.stage_to, row.action, row.language, row.trace or {}, row.latency_ms,
            row.at,
        )
        for row in conn.execute(wanted)
    }  # fmt: skip
