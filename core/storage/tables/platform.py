"""What platforms tell beside messages."""

from datetime import datetime
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlmodel import SQLModel

from core.storage.tables.columns import document, moment, number, words


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


class UploadRow(SQLModel, table=True):
    """A file that the platform keeps, by the address it came from."""

    __tablename__: ClassVar[str] = "uploads"
    __table_args__ = (sa.UniqueConstraint("account_id", "url"),)
    id: int = number()
    account_id: str
    url: str = words()
    file_id: str
    at: datetime = moment()
