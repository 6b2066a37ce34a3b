"""What platforms tell beside messages."""

from datetime import datetime
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlmodel import SQLModel

from core.storage.tables.columns import document, moment, number


class KeptEventRow(SQLModel, table=True):
    """An event that no talk can hold, as it came."""

    __tablename__: ClassVar[str] = "kept_events"
    __table_args__ = (sa.UniqueConstraint("account_id", "event_id"), sa.Index("ix_kept_events_chat", "chat"))
    id: int = number()
    account_id: str
    event_id: str
    chat: str = ""
    kind: str
    raw: dict[str, Any] | None = document()
    at: datetime = moment(index=True)
