"""What a platform shows us of our own side: our messages come back, people write there."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from core.domain.conversation import NATIVE_APP, Holder
from core.domain.events import EVENT_VERSION, EventKind
from core.domain.ids import ConversationId, MessageId, OutboxId
from core.domain.messages import InboundMessage
from core.domain.sending import OutboxState
from core.domain.turn import JobRequest
from core.storage.conversations import set_holder
from core.storage.follow_ups import end_follow_up
from core.storage.jobs import ask_for_jobs
from core.storage.keeping import note_sent
from core.storage.leases import fence
from core.storage.marks import Mark, add_mark
from core.storage.materials import tell_sent
from core.storage.outbox import cancel_unsent, read_materials
from core.storage.tables import ConversationRow, EventRow, MessageRow, OutboxRow, table
from core.storage.turns import load_conversation

_conversations = table(ConversationRow)
_events = table(EventRow)
_messages = table(MessageRow)
_outbox = table(OutboxRow)

PERSON_WROTE = "person_wrote"
"""The job that reads what a person wrote elsewhere: what it promises, and what it keeps."""

_insert_message = sa.insert(_messages).returning(_messages.c.id)
_find_row = sa.select(_outbox).where(_outbox.c.id == sa.bindparam("o"), _outbox.c.conversation_id == sa.bindparam("c"))


def apply_receipt(conn: sa.Connection, conversation_id: ConversationId, message: InboundMessage, now: datetime) -> bool:
    """Our message stands in the chat: a row in doubt is sent. Gives whether the row is ours."""
    row = conn.execute(_find_row, {"o": row_of(message.payload), "c": conversation_id}).first()
    if row is None:
        return False
    mine = sa.update(_outbox).where(_outbox.c.id == row.id)
    if row.state == OutboxState.SENDING.value:
        # The answer is still on its way; should it never come, this is what tells that the row was sent.
        conn.execute(mine.values(platform_id=message.external_id))
    elif row.state == OutboxState.UNCONFIRMED.value:
        sent = OutboxState.SENT.value
        conn.execute(mine.values(state=sent, platform_id=message.external_id, sent_at=now))
        known = {"state": sent, "external_id": message.external_id}
        conn.execute(sa.update(_messages).where(_messages.c.id == row.message_id).values(known))
        data = {"message_id": row.message_id, "outbox_id": row.id}
        _record(conn, conversation_id, EventKind.MESSAGE_SENT, data, now)
        note_sent(conn, conversation_id, MessageId(row.message_id), now)
        extra = conn.execute(sa.select(_messages.c.extra).where(_messages.c.id == row.message_id)).scalar()
        if brought := read_materials(extra):
            tell_sent(conn, load_conversation(conn, conversation_id), brought, OutboxId(row.id), now)
    return True


def shown_as(conn: sa.Connection, outbox_id: OutboxId) -> str | None:
    """The platform's id of a row that it has shown us already, whatever became of its answer."""
    shown = conn.execute(sa.select(_outbox.c.platform_id).where(_outbox.c.id == outbox_id)).scalar()
    return str(shown) if shown is not None else None


def apply_echo(conn: sa.Connection, conversation_id: ConversationId, message: InboundMessage, now: datetime) -> None:
    """A person of the firm wrote in the platform's application, or another application did (`payload` says so): the
    words are kept and the bot stops at once."""
    reason = message.payload or NATIVE_APP
    written = {
        "conversation_id": conversation_id,
        "direction": "out",
        "role": "operator",
        "text": message.text,
        "external_id": message.external_id,
        "state": OutboxState.SENT.value,
        "at": message.at,
    }
    holder = conn.execute(sa.select(_conversations.c.holder).where(_conversations.c.id == conversation_id)).scalar()
    is_new = holder != Holder.OPERATOR.value
    if is_new:
        add_mark(conn, conversation_id, Mark.TAKEN_OVER_IN_APP, now)
    message_id = conn.execute(_insert_message, written).scalar_one()
    read = JobRequest(PERSON_WROTE, f"{PERSON_WROTE}:{message_id}", {"message_id": message_id})
    ask_for_jobs(conn, conversation_id, [read], now)
    if not is_new:
        return
    fence(conn, conversation_id)
    cancel_unsent(conn, conversation_id, reason)
    set_holder(conn, conversation_id, Holder.OPERATOR, reason=reason, now=now)
    end_follow_up(conn, conversation_id, "taken_over", now)
    _record(conn, conversation_id, EventKind.TAKEN_OVER, {"by": reason}, now)


def row_of(payload: str | None) -> int:
    """The outbox row that a receipt names; 0 for none."""
    return int(payload) if payload and payload.isascii() and payload.isdecimal() else 0


def _record(
    conn: sa.Connection, conversation_id: ConversationId, kind: EventKind, data: Mapping[str, Any], now: datetime
) -> None:
    whose = sa.select(_conversations.c.contact_id).where(_conversations.c.id == conversation_id).scalar_subquery()
    event = {"kind": kind.value, "version": EVENT_VERSION, "conversation_id": conversation_id, "data": dict(data)}
    conn.execute(sa.insert(_events).values(**event, contact_id=whose, at=now))
