"""A whole talk as it is judged afterwards: what was said after what, what was understood, what happened."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from core.domain.ids import ConversationId
from core.storage.facts import load_facts
from core.storage.inbox import read_attachments
from core.storage.tables import ConversationRow, EventRow, LeadRow, MessageRow, TurnRow, table

_conversations = table(ConversationRow)
_events = table(EventRow)
_leads = table(LeadRow)
_messages = table(MessageRow)
_turns = table(TurnRow)


@dataclass(frozen=True, slots=True)
class PlayedReply:
    """`after` is the index of the customer's message before it, from 0; a file alone shows its address as text."""

    text: str
    move: str
    stage: str
    action: str
    after: int


@dataclass(frozen=True, slots=True)
class PlayedTurn:
    """`led` is the move that followed an answer in the same reply."""

    move: str
    led: str | None
    action: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Played:
    """`events` are the names of what happened, in order."""

    replies: Sequence[PlayedReply]
    turns: Sequence[PlayedTurn]
    facts: Mapping[str, Any]
    outcome: str | None
    events: Sequence[str]
    holder: str
    stage: str
    audience: str


def load_played(conn: sa.Connection, conversation_id: ConversationId) -> Played:
    """Raises LookupError when there is no such conversation."""
    mine = _conversations.c.id == conversation_id
    row = conn.execute(sa.select(_conversations).where(mine)).first()
    if row is None:
        raise LookupError(f"no conversation {conversation_id}")
    turns = conn.execute(_of(_turns, conversation_id)).all()
    kinds = conn.execute(_of(_events, conversation_id)).all()
    outcome = conn.execute(sa.select(_leads.c.outcome).where(_leads.c.contact_id == row.contact_id)).scalar()
    return Played(
        replies=_replies(conn, conversation_id, {turn.id: turn for turn in turns}),
        turns=[_turn(turn) for turn in turns],
        facts={name: fact.value for name, fact in load_facts(conn, row.contact_id).items()},
        outcome=outcome,
        events=[event.kind for event in kinds],
        holder=row.holder,
        stage=row.stage,
        audience=row.audience,
    )


def _of(rows: sa.Table, conversation_id: ConversationId) -> sa.Select[Any]:
    return sa.select(rows).where(rows.c.conversation_id == conversation_id).order_by(rows.c.id)


def _replies(conn: sa.Connection, conversation_id: ConversationId, turns: Mapping[int, Any]) -> list[PlayedReply]:
    replies: list[PlayedReply] = []
    heard = -1
    for message in conn.execute(_of(_messages, conversation_id)):
        if message.role == "customer":
            heard += 1
        elif message.role == "bot" and message.state != "cancelled":
            turn = turns.get(message.turn_id)
            move, stage, action = (turn.move, turn.stage_to, turn.action) if turn else ("", "", "")
            shown = message.text or "\n".join(item.url or item.title or "" for item in read_attachments(message.extra))
            replies.append(PlayedReply(shown, move, stage, action, heard))
    return replies


def _turn(row: Any) -> PlayedTurn:
    trace = row.trace or {}
    hits = (trace.get("search") or {}).get("hits") or ()
    return PlayedTurn(row.move, trace.get("follow_move"), row.action, tuple(hit["source"] for hit in hits))
