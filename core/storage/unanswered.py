"""What customers asked and the bot could not answer, and what people have settled of it since."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa

from core.domain.events import EventKind
from core.domain.ids import ConversationId
from core.storage.tables import AuditRow, EventRow, MessageRow, TurnRow, table

LOOKED_BACK: Final = 200_000
"""Events: old questions are left alone, so that the page stays quick however much is stored."""
LONGEST_QUESTION: Final = 500

_events, _messages, _turns, _audit = table(EventRow), table(MessageRow), table(TurnRow), table(AuditRow)


@dataclass(frozen=True, slots=True)
class Asked:
    """One turn whose question found no answer; `act` is what it was taken for."""

    turn_id: int
    conversation_id: ConversationId
    text: str
    language: str
    act: str
    at: datetime


def list_unanswered(conn: sa.Connection, limit: int) -> list[Asked]:
    """The newest first; what was erased since is left out."""
    newest = sa.select(sa.func.max(_events.c.id)).scalar_subquery()
    found = conn.execute(
        sa.select(_events.c.conversation_id, _events.c.data, _events.c.at)
        .where(_events.c.kind == EventKind.QUESTION_UNANSWERED.value, _events.c.id > newest - LOOKED_BACK)
        .order_by(_events.c.id.desc())
        .limit(limit)
    ).all()
    turns = {int(row.data["turn_id"]): row for row in found if row.data and row.data.get("turn_id")}
    texts = _texts(conn, turns)
    languages = _languages(conn, turns)
    return [
        Asked(
            turn_id,
            ConversationId(row.conversation_id),
            texts[turn_id],
            languages.get(turn_id, ""),
            str(row.data.get("act") or "other"),
            row.at,
        )
        for turn_id, row in turns.items()
        if texts.get(turn_id)
    ]


def list_settled(conn: sa.Connection, actions: Collection[str]) -> dict[str, datetime]:
    """When people last settled each object by one of these actions: the record of what they did is the truth."""
    latest = sa.select(_audit.c.object, sa.func.max(_audit.c.at).label("at")).where(_audit.c.action.in_(actions))
    return {row.object: row.at for row in conn.execute(latest.group_by(_audit.c.object))}


def _texts(conn: sa.Connection, turns: Mapping[int, Any]) -> dict[int, str]:
    """By turn, what the customer wrote in it."""
    said = _messages_of(conn, turns)
    wanted = sa.select(_messages.c.id, _messages.c.text).where(
        _messages.c.id.in_([n for ids in said.values() for n in ids])
    )
    texts = {row.id: row.text for row in conn.execute(wanted)}
    return {
        turn_id: "\n".join(texts.get(number, "") for number in ids).strip()[:LONGEST_QUESTION]
        for turn_id, ids in said.items()
    }


def _messages_of(conn: sa.Connection, turns: Mapping[int, Any]) -> dict[int, Sequence[int]]:
    if not turns:
        return {}
    received = conn.execute(
        sa.select(_events.c.data)
        .where(
            _events.c.conversation_id.in_({row.conversation_id for row in turns.values()}),
            _events.c.kind == EventKind.MESSAGE_RECEIVED.value,
            _events.c.at >= min(row.at for row in turns.values()),
        )
        .order_by(_events.c.id)
    )
    said: dict[int, list[int]] = {}
    for row in received:
        turn_id = int((row.data or {}).get("turn_id") or 0)
        if turn_id in turns:
            said.setdefault(turn_id, []).append(int(row.data["message_id"]))
    return {turn_id: tuple(ids) for turn_id, ids in said.items()}


def _languages(conn: sa.Connection, turns: Mapping[int, Any]) -> dict[int, str]:
    wanted = sa.select(_turns.c.id, _turns.c.language).where(_turns.c.id.in_(list(turns)))
    return {row.id: row.language for row in conn.execute(wanted)}
