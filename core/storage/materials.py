"""Who got which material, and when: told by the events of the turns whose words really went out."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from core.domain.events import EventKind
from core.domain.ids import ConversationId
from core.domain.sending import OutboxState
from core.storage.tables import EventRow, OutboxRow, table

_events = table(EventRow)
_outbox = table(OutboxRow)


@dataclass(frozen=True, slots=True)
class MaterialSent:
    title: str
    url: str
    at: datetime


def list_materials_sent(conn: sa.Connection, conversation_id: ConversationId) -> list[MaterialSent]:
    """The newest first, each material once. What was refused or is still on its way is not among them."""
    told = sa.and_(_events.c.conversation_id == conversation_id, _events.c.kind == EventKind.MATERIAL_SENT.value)
    rows = conn.execute(sa.select(_events.c.data, _events.c.at).where(told).order_by(_events.c.id.desc())).all()
    turns = {row.data.get("turn_id") for row in rows if row.data} - {None}
    sent = sa.and_(_outbox.c.turn_id.in_(turns), _outbox.c.state == OutboxState.SENT.value)
    arrived = set(conn.execute(sa.select(_outbox.c.turn_id).where(sent)).scalars()) if turns else set()
    found: dict[str, MaterialSent] = {}
    for row in rows:
        if row.data and row.data.get("turn_id") in arrived:
            url = str(row.data.get("url") or "")
            found.setdefault(url, MaterialSent(str(row.data.get("title") or url), url, row.at))
    return list(found.values())
