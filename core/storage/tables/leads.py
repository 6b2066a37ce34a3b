"""What is known of a lead, and how it ended."""

from datetime import datetime
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from core.storage.tables.columns import document, moment, number, reference
from core.storage.types import BigId


class FactRow(SQLModel, table=True):
    __tablename__: ClassVar[str] = "facts"
    __table_args__ = (
        sa.Index("ix_facts_contact", "contact_id", "superseded_by"),
        sa.Index("ix_facts_key", "name", "key"),
    )
    id: int = number()
    contact_id: int = reference("contacts.id", index=False)
    conversation_id: int = reference("conversations.id", index=False)
    name: str
    value: Any = document(nullable=False)
    key: str | None = None
    message_id: int | None = reference("messages.id", index=False, nullable=True)
    start: int | None = None
    end: int | None = None
    again: list[list[int]] | None = document()
    written_by: str
    superseded_by: int | None = reference("facts.id", index=False, nullable=True)
    at: datetime = moment()


class LeadRow(SQLModel, table=True):
    __tablename__: ClassVar[str] = "leads"
    id: int = number()
    contact_id: int = Field(sa_column=sa.Column(BigId, sa.ForeignKey("contacts.id"), unique=True, nullable=False))
    conversation_id: int = reference("conversations.id")
    stage: str = "opening"
    score: int = 0
    score_reasons: list[str] | None = document()
    owner: str | None = None
    owner_at: datetime | None = moment(nullable=True)
    source: str | None = None
    outcome: str | None = None
    outcome_by: str | None = None
    outcome_at: datetime | None = moment(nullable=True)
    created_at: datetime = moment()
    updated_at: datetime = moment(index=True)


class OutcomeRow(SQLModel, table=True):
    __tablename__: ClassVar[str] = "outcomes"
    id: int = number()
    lead_id: int = reference("leads.id")
    kind: str
    by: str
    at: datetime = moment()
