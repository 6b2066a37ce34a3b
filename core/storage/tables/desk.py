"""Who works at the desk, and what they did."""

from datetime import datetime
from typing import Any, ClassVar

from sqlmodel import Field, SQLModel

from core.storage.tables.columns import document, moment, number, reference


class UserRow(SQLModel, table=True):
    __tablename__: ClassVar[str] = "users"
    id: int = number()
    name: str = Field(unique=True)
    password_hash: str
    role: str
    language: str = "en"
    active: bool = True
    away: bool = False
    assigned_at: datetime | None = moment(nullable=True)
    created_at: datetime = moment()


class SessionRow(SQLModel, table=True):
    __tablename__: ClassVar[str] = "sessions"
    digest: str = Field(primary_key=True)
    user_id: int = reference("users.id")
    csrf: str
    created_at: datetime = moment()
    expires_at: datetime = moment()


class AuditRow(SQLModel, table=True):
    __tablename__: ClassVar[str] = "audit"
    id: int = number()
    user_name: str
    action: str
    object: str
    data: dict[str, Any] | None = document()
    at: datetime = moment()
