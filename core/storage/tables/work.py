"""What happened, what is to be done, and which processes do it."""

from datetime import datetime
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from core.storage.tables.columns import document, moment, number, reference


class EventRow(SQLModel, table=True):
    __tablename__: ClassVar[str] = "events"
    id: int = number()
    kind: str
    version: int
    conversation_id: int | None = reference("conversations.id", nullable=True)
    contact_id: int | None = reference("contacts.id", index=False, nullable=True)
    data: dict[str, Any] | None = document()
    at: datetime = moment()


class JobRequestRow(SQLModel, table=True):
    __tablename__: ClassVar[str] = "job_requests"
    __table_args__ = (
        sa.Index(
            "ix_job_requests_due",
            "run_at",
            sqlite_where=sa.text("state = 'asked'"),
            postgresql_where=sa.text("state = 'asked'"),
        ),
    )
    id: int = number()
    name: str
    key: str = Field(unique=True)
    payload: dict[str, Any] | None = document()
    run_at: datetime = moment()
    conversation_id: int | None = reference("conversations.id", index=False, nullable=True)
    state: str = "asked"
    created_at: datetime = moment()


class HeartbeatRow(SQLModel, table=True):
    __tablename__: ClassVar[str] = "heartbeats"
    name: str = Field(primary_key=True)
    life: str
    started_at: datetime = moment()
    seen_at: datetime = moment()
