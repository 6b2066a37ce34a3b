"""What a visitor of the web chat sees."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from core.domain.ids import ConversationId
from core.domain.messages import Attachment, Button
from core.storage.inbox import read_attachments
from core.storage.outbox import read_buttons
from core.storage.tables import MessageRow, table

_messages = table(MessageRow)
MOST_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Shown:
    id: int
    direction: str
    role: str
    text: str
    at: datetime
    buttons: tuple[Button, ...]
    attachments: tuple[Attachment, ...]


def list_shown(conn: sa.Connection, conversation_id: ConversationId, after: int) -> Sequence[Shown]:
    """Messages with a larger id, oldest first, up to the first one that is not sent yet: a reader who asks again after
    the last id it saw can so never miss one."""
    mine = _messages.c.conversation_id == conversation_id
    unsent = sa.select(sa.func.min(_messages.c.id)).where(mine, _messages.c.state.in_(("queued", "sending")))
    first_unsent = conn.execute(unsent).scalar()
    wanted = sa.select(_messages).where(
        mine,
        _messages.c.id > after,
        _messages.c.state.in_(("received", "sent", "unconfirmed")),
        _messages.c.role != "system",
    )
    if first_unsent is not None:
        wanted = wanted.where(_messages.c.id < first_unsent)
    rows = conn.execute(wanted.order_by(_messages.c.id).limit(MOST_SHOWN))
    return [
        Shown(r.id, r.direction, r.role, r.text, r.at, read_buttons(r.extra), read_attachments(r.extra)) for r in rows
    ]
