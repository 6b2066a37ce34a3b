"""What was promised to customers."""

from datetime import datetime
from typing import ClassVar

import sqlalchemy as sa
from sqlmodel import SQLModel

from core.storage.tables.columns import moment, number, reference


class PromiseRow(SQLModel, table=True):
    __tablename__: ClassVar[str] = "promises"
    __table_args__ = (
        sa.Index("ix_promises_conversation", "conversation_id", "id"),
        sa.Index(
            "ix_promises_living",
            "due_at",
            sqlite_where=sa.text("state in ('open', 'overdue')"),
            postgresql_where=sa.text("state in ('open', 'overdue')"),
        ),
    )
    id: int = number()
    conversation_id: int = reference("conversations.id", index=False)
    message_id: int = reference("messages.id", index=False)
    start: int
    end: int
    kind: str
    made_by: str
    owner: str | None = None
    state: str = "open"
    due_at: datetime = moment()
    made_at: datetime = moment()
    closed_at: datetime | None = moment(nullable=True)
    closed_by: str | None = None
