"""What happens in a talk beside words: reactions, reading, and another application that holds it for a while."""

from dataclasses import replace
from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa

from core.domain.conversation import ANOTHER_APP, HOLD_REQUESTED, Holder
from core.domain.events import EVENT_VERSION, EventKind
from core.domain.ids import ConversationId
from core.domain.messages import InboundKind, InboundMessage
from core.storage.conversations import set_holder
from core.storage.inbox import insert_arrival, message_values, open_conversation
from core.storage.leases import fence
from core.storage.outbox import cancel_unsent
from core.storage.standing import note_opener, note_other_holder
from core.storage.tables import ConversationRow, EventRow, MessageRow, table

_conversations = table(ConversationRow)
_events = table(EventRow)
_messages = table(MessageRow)


def apply_reaction(
    conn: sa.Connection, conversation_id: ConversationId, message: InboundMessage, now: datetime
) -> None:
    """Shown beside the message that it is for."""
    same = sa.and_(_messages.c.conversation_id == conversation_id, _messages.c.external_id == message.external_id)
    for row in conn.execute(sa.select(_messages.c.id, _messages.c.extra).where(same)).all():
        extra = {name: value for name, value in (row.extra or {}).items() if name != "reaction"}
        if message.payload:
            extra["reaction"] = message.payload
        conn.execute(sa.update(_messages).where(_messages.c.id == row.id).values(extra=extra or None))


def apply_read(conn: sa.Connection, message: InboundMessage) -> ConversationId | None:
    """Everything up to a moment was seen. Told again and again, so it is noted and not stored; None = known already."""
    here = sa.and_(_conversations.c.account_id == message.account, _conversations.c.chat == message.chat)
    earlier = sa.or_(_conversations.c.read_at.is_(None), _conversations.c.read_at < message.at)
    noted = sa.update(_conversations).where(here, earlier).values(read_at=message.at).returning(_conversations.c.id)
    found = conn.execute(noted).scalar()
    return None if found is None else ConversationId(found)


def store_overheard(
    conn: sa.Connection, message: InboundMessage, channel: str, now: datetime
) -> tuple[ConversationId, bool]:
    """What a person wrote while another application holds the talk: kept for people to read, and nobody's to answer."""
    conversation_id = open_conversation(conn, message, channel, now)
    if not insert_arrival(conn, replace(message, source=None), conversation_id, now):
        return conversation_id, False
    conn.execute(sa.insert(_messages).values(**message_values(message, conversation_id, now)))
    note_opener(conn, conversation_id, min(message.at, now))
    apply_taken(conn, conversation_id, message, now)
    return conversation_id, True


def apply_taken(conn: sa.Connection, conversation_id: ConversationId, message: InboundMessage, now: datetime) -> None:
    """Nothing more is said until the talk is ours again. Whoever of the firm holds it keeps it. A mere request for it
    (`payload` says so) calls a person: only they know who wants to answer, and why."""
    asked = message.payload == HOLD_REQUESTED
    if not asked:
        note_other_holder(conn, conversation_id, True)
    if _holder(conn, conversation_id)[0] == Holder.OPERATOR.value:
        return
    reason = HOLD_REQUESTED if asked else ANOTHER_APP
    fence(conn, conversation_id)
    cancel_unsent(conn, conversation_id, reason)
    set_holder(conn, conversation_id, Holder.WAITING if asked else Holder.OPERATOR, reason=reason)
    kind, data = (EventKind.HANDED_OFF, {"reason": reason}) if asked else (EventKind.TAKEN_OVER, {"by": reason})
    _record(conn, conversation_id, kind, data, now)


def apply_given(conn: sa.Connection, conversation_id: ConversationId, message: InboundMessage, now: datetime) -> None:
    """The bot goes on with the next message; what was written meanwhile was not for it."""
    note_other_holder(conn, conversation_id, False)
    if _holder(conn, conversation_id) != (Holder.OPERATOR.value, ANOTHER_APP):
        return
    fence(conn, conversation_id)
    set_holder(conn, conversation_id, Holder.BOT)
    _record(conn, conversation_id, EventKind.HANDED_BACK, {"by": ANOTHER_APP}, now)


def _holder(conn: sa.Connection, conversation_id: ConversationId) -> tuple[str, str | None]:
    query = sa.select(_conversations.c.holder, _conversations.c.holder_reason)
    row = conn.execute(query.where(_conversations.c.id == conversation_id)).one()
    return row.holder, row.holder_reason


def _record(
    conn: sa.Connection, conversation_id: ConversationId, kind: EventKind, data: dict[str, Any], now: datetime
) -> None:
    whose = sa.select(_conversations.c.contact_id).where(_conversations.c.id == conversation_id).scalar_subquery()
    event = {"kind": kind.value, "version": EVENT_VERSION, "conversation_id": conversation_id, "data": data}
    conn.execute(sa.insert(_events).values(**event, contact_id=whose, at=now))


NEWS: Final = {
    InboundKind.REACTION: apply_reaction,
    InboundKind.TAKEN_ELSEWHERE: apply_taken,
    InboundKind.GIVEN_BACK: apply_given,
}
