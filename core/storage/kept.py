"""Events that no talk can hold are kept as they came, for a while: whoever mends the door can read what it missed."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

import sqlalchemy as sa

from core.domain.messages import InboundMessage
from core.storage.database import per_dialect
from core.storage.tables import KeptEventRow, table

_kept = table(KeptEventRow)
_insert: Final = per_dialect(lambda insert: insert(_kept).on_conflict_do_nothing().returning(_kept.c.id))

KEPT_FOR: Final = timedelta(days=30)


def keep_event(conn: sa.Connection, message: InboundMessage, now: datetime) -> bool:
    """False when it is known. What is older than a month goes."""
    conn.execute(sa.delete(_kept).where(_kept.c.at < now - KEPT_FOR))
    values: Mapping[str, Any] = {
        "account_id": message.account,
        "event_id": message.event_id,
        "chat": message.chat,
        "kind": message.payload or "",
        "raw": message.raw,
        "at": now,
    }
    return conn.execute(_insert[conn.dialect.name], values).first() is not None
