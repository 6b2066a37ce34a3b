"""What the language models cost."""

from datetime import datetime
from typing import ClassVar

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from core.storage.tables.columns import moment, money, number
from core.storage.types import BigId


class SpendingRow(SQLModel, table=True):
    """What a day or a lead has cost so far; reservations count. Millionths of a dollar."""

    __tablename__: ClassVar[str] = "spending"
    scope: str = Field(primary_key=True)
    spent: int = money()


class ModelCallRow(SQLModel, table=True):
    __tablename__: ClassVar[str] = "model_calls"
    __table_args__ = (sa.Index("ix_model_calls_at", "at"), sa.Index("ix_model_calls_contact", "contact_id", "at"))
    id: int = number()
    contact_id: int | None = Field(default=None, sa_column=sa.Column(BigId, nullable=True))
    day: str
    purpose: str
    rung: str
    model: str
    outcome: str = "open"
    worst: int = money()
    cost: int = money()
    tokens_read: int = 0
    tokens_written: int = 0
    tokens_cached: int = 0
    latency_ms: int = 0
    at: datetime = moment()
