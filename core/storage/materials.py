"""Who got which material, and when: told when the message that brings it has really gone out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain

import sqlalchemy as sa

from core.domain.conversation import Conversation
from core.domain.events import Event, EventKind
from core.domain.ids import ConversationId, MessageId, OutboxId
from core.domain.messages import OutboundMessage
from core.domain.sending import OutboxState
from core.storage.outbox import OutboxEntry, shown
from core.storage.tables import EventRow, MessageRow, OutboxRow, table
from core.storage.turns import record_events
from core.storage.uploads import keep_upload

_events = table(EventRow)
_messages = table(MessageRow)
_outbox = table(OutboxRow)


def plan_materials(
    conn: sa.Connection,
    replies: Sequence[OutboundMessage],
    message_ids: Sequence[MessageId],
    materials: Sequence[Mapping[str, str]],
) -> None:
    """Note with each message which of a turn's materials it brings."""
    brought: dict[int, list[Mapping[str, str]]] = {}
    for material in materials if message_ids else ():
        url = str(material.get("url") or "")
        files = (n for n, reply in enumerate(replies) if any(item.url == url for item in reply.attachments))
        lines = (n for n, reply in enumerate(replies) if url and url in reply.text)
        brought.setdefault(next(chain(files, lines), len(message_ids) - 1), []).append(material)
    for place, found in brought.items():
        extra = {**(shown(replies[place]) or {}), "materials": [dict(material) for material in found]}
        conn.execute(sa.update(_messages).where(_messages.c.id == message_ids[place]).values(extra=extra))


def note_materials(
    conn: sa.Connection, conversation: Conversation, entry: OutboxEntry, file_id: str | None, now: datetime
) -> None:
    """A message has gone out: the customer has what it brings, and the platform may have kept its file."""
    tell_sent(conn, conversation, entry.materials, entry.id, now)
    attachment = entry.message.attachments[0] if entry.message.attachments else None
    if file_id and attachment and attachment.url:
        keep_upload(conn, conversation.account, attachment.url, file_id, now)


def tell_sent(
    conn: sa.Connection,
    conversation: Conversation,
    materials: Sequence[Mapping[str, str]],
    outbox_id: OutboxId,
    now: datetime,
) -> None:
    """One event for each."""
    events = [Event(EventKind.MATERIAL_SENT, {**material, "outbox_id": outbox_id}) for material in materials]
    record_events(conn, conversation, events, now)


@dataclass(frozen=True, slots=True)
class MaterialSent:
    title: str
    url: str
    at: datetime


def list_materials_sent(conn: sa.Connection, conversation_id: ConversationId) -> list[MaterialSent]:
    """The newest first, each material once. Of older rows, told with their turn, those whose turn was heard."""
    told = sa.and_(_events.c.conversation_id == conversation_id, _events.c.kind == EventKind.MATERIAL_SENT.value)
    rows = conn.execute(sa.select(_events.c.data, _events.c.at).where(told).order_by(_events.c.id.desc())).all()
    turns = {row.data.get("turn_id") for row in rows if row.data and not row.data.get("outbox_id")} - {None}
    sent = sa.and_(_outbox.c.turn_id.in_(turns), _outbox.c.state == OutboxState.SENT.value)
    arrived = set(conn.execute(sa.select(_outbox.c.turn_id).where(sent)).scalars()) if turns else set()
    found: dict[str, MaterialSent] = {}
    for row in rows:
        if row.data and (row.data.get("outbox_id") or row.data.get("turn_id") in arrived):
            url = str(row.data.get("url") or "")
            found.setdefault(url, MaterialSent(str(row.data.get("title") or url), url, row.at))
    return list(found.values())
