"""The tables. Rows never leave this package as such: repositories turn them into the plain records of the domain."""

from datetime import datetime
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from core.storage.types import BigId, Json, UtcDateTime


def _id() -> Any:
    return Field(default=None, sa_column=sa.Column(BigId, primary_key=True))


def _ref(target: str, *, index: bool = True, nullable: bool = False) -> Any:
    return Field(default=None, sa_column=sa.Column(BigId, sa.ForeignKey(target), index=index, nullable=nullable))


def _at(*, nullable: bool = False, index: bool = False) -> Any:
    return Field(default=None, sa_column=sa.Column(UtcDateTime, nullable=nullable, index=index))


def _json(*, nullable: bool = True) -> Any:
    return Field(default=None, sa_column=sa.Column(Json, nullable=nullable))


def _money() -> Any:
    return Field(default=0, sa_column=sa.Column(sa.BigInteger, nullable=False))


def _text(*, nullable: bool = False) -> Any:
    return Field(default=None if nullable else "", sa_column=sa.Column(sa.Text, nullable=nullable))


class AccountRow(SQLModel, table=True):
    __tablename__: ClassVar[str] = "accounts"
    id: str = Field(primary_key=True)
    channel: str
    created_at: datetime = _at()


class ContactRow(SQLModel, table=True):
    __tablename__: ClassVar[str] = "contacts"
    id: int = _id()
    language: str | None = None
    opted_out: bool = False
    created_at: datetime = _at()
    erased_at: datetime | None = _at(nullable=True)


class ChannelIdentityRow(SQLModel, table=True):
    __tablename__: ClassVar[str] = "channel_identities"
    __table_args__ = (sa.UniqueConstraint("account_id", "external_id"),)
    id: int = _id()
    contact_id: int = _ref("contacts.id")
    account_id: str
    external_id: str
    name: str | None = None
    username: str | None = None
    reachable: bool = True


class ConversationRow(SQLModel, table=True):
    __tablename__: ClassVar[str] = "conversations"
    __table_args__ = (
        sa.UniqueConstraint("account_id", "chat"),
        sa.Index(
            "ix_conversations_mail",
            "id",
            sqlite_where=sa.text("has_mail"),
            postgresql_where=sa.text("has_mail"),
        ),
    )
    id: int = _id()
    kind: str = "chat"
    account_id: str
    channel: str
    chat: str
    contact_id: int = _ref("contacts.id")
    holder: str = "bot"
    holder_reason: str | None = None
    operator: str | None = None
    stage: str = "opening"
    language: str | None = None
    role: str = ""
    audience: str = "buyers"
    playbook_digest: str | None = None
    memory: dict[str, Any] | None = _json()
    has_mail: bool = False
    lease_owner: str | None = None
    lease_until: datetime | None = _at(nullable=True)
    lease_epoch: int = 0
    last_inbound_at: datetime | None = _at(nullable=True)
    reachable: bool = True
    created_at: datetime = _at()


class InboxRow(SQLModel, table=True):
    __tablename__: ClassVar[str] = "inbox_messages"
    __table_args__ = (
        sa.UniqueConstraint("account_id", "event_id"),
        sa.Index(
            "ix_inbox_unread",
            "conversation_id",
            "id",
            sqlite_where=sa.text("state = 'unread'"),
            postgresql_where=sa.text("state = 'unread'"),
        ),
    )
    id: int = _id()
    account_id: str
    event_id: str
    conversation_id: int = _ref("conversations.id", index=False)
    message_id: int | None = _ref("messages.id", index=False, nullable=True)
    kind: str
    payload: dict[str, Any] | None = _json()
    platform_at: datetime = _at()
    received_at: datetime = _at()
    state: str = "unread"
    attempts: int = 0
    turn_id: int | None = _ref("turns.id", index=False, nullable=True)


class MessageRow(SQLModel, table=True):
    __tablename__: ClassVar[str] = "messages"
    __table_args__ = (sa.Index("ix_messages_conversation", "conversation_id", "id"),)
    id: int = _id()
    conversation_id: int = _ref("conversations.id", index=False)
    direction: str
    role: str
    text: str = _text()
    extra: dict[str, Any] | None = _json()
    external_id: str | None = None
    state: str = "received"
    turn_id: int | None = _ref("turns.id", index=False, nullable=True)
    at: datetime = _at()
    edited_at: datetime | None = _at(nullable=True)


class OutboxRow(SQLModel, table=True):
    __tablename__: ClassVar[str] = "outbox_messages"
    __table_args__ = (
        sa.Index(
            "ix_outbox_open",
            "conversation_id",
            "id",
            sqlite_where=sa.text("state in ('queued', 'sending')"),
            postgresql_where=sa.text("state in ('queued', 'sending')"),
        ),
    )
    id: int = _id()
    account_id: str
    conversation_id: int = _ref("conversations.id", index=False)
    message_id: int = _ref("messages.id", index=False)
    turn_id: int | None = _ref("turns.id", index=False, nullable=True)
    position: int
    origin: str
    is_reply: bool = True
    state: str = "queued"
    attempt: int = 0
    owner: str | None = None
    not_before: datetime | None = _at(nullable=True)
    deadline: datetime = _at()
    platform_id: str | None = None
    reason: str | None = None
    created_at: datetime = _at()
    sent_at: datetime | None = _at(nullable=True)


class TurnRow(SQLModel, table=True):
    __tablename__: ClassVar[str] = "turns"
    __table_args__ = (sa.Index("ix_turns_conversation", "conversation_id", "id"),)
    id: int = _id()
    conversation_id: int = _ref("conversations.id", index=False)
    move: str
    stage_from: str
    stage_to: str
    action: str
    language: str
    trace: dict[str, Any] | None = _json()
    latency_ms: int
    at: datetime = _at()


class FactRow(SQLModel, table=True):
    __tablename__: ClassVar[str] = "facts"
    __table_args__ = (sa.Index("ix_facts_contact", "contact_id", "superseded_by"),)
    id: int = _id()
    contact_id: int = _ref("contacts.id", index=False)
    conversation_id: int = _ref("conversations.id", index=False)
    name: str
    value: Any = _json(nullable=False)
    message_id: int | None = _ref("messages.id", index=False, nullable=True)
    start: int | None = None
    end: int | None = None
    written_by: str
    superseded_by: int | None = _ref("facts.id", index=False, nullable=True)
    at: datetime = _at()


class LeadRow(SQLModel, table=True):
    __tablename__: ClassVar[str] = "leads"
    id: int = _id()
    contact_id: int = Field(sa_column=sa.Column(BigId, sa.ForeignKey("contacts.id"), unique=True, nullable=False))
    conversation_id: int = _ref("conversations.id")
    stage: str = "opening"
    score: int = 0
    score_reasons: list[str] | None = _json()
    owner: str | None = None
    source: str | None = None
    outcome: str | None = None
    outcome_by: str | None = None
    outcome_at: datetime | None = _at(nullable=True)
    created_at: datetime = _at()
    updated_at: datetime = _at(index=True)


class OutcomeRow(SQLModel, table=True):
    __tablename__: ClassVar[str] = "outcomes"
    id: int = _id()
    lead_id: int = _ref("leads.id")
    kind: str
    by: str
    at: datetime = _at()


class DocumentRow(SQLModel, table=True):
    __tablename__: ClassVar[str] = "documents"
    id: int = _id()
    source: str = Field(unique=True)
    topic: str
    language: str
    digest: str
    updated_at: datetime = _at()


class PassageRow(SQLModel, table=True):
    __tablename__: ClassVar[str] = "passages"
    id: int = _id()
    document_id: int = _ref("documents.id")
    position: int
    heading: str = _text()
    text: str = _text()
    digest: str
    vector: bytes | None = None


class PlaybookVersionRow(SQLModel, table=True):
    __tablename__: ClassVar[str] = "playbook_versions"
    digest: str = Field(primary_key=True)
    audience: str
    version: str
    source: str = _text()
    file: str
    published_at: datetime = _at()


class EventRow(SQLModel, table=True):
    __tablename__: ClassVar[str] = "events"
    id: int = _id()
    kind: str
    version: int
    conversation_id: int | None = _ref("conversations.id", nullable=True)
    contact_id: int | None = _ref("contacts.id", index=False, nullable=True)
    data: dict[str, Any] | None = _json()
    at: datetime = _at()


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
    id: int = _id()
    name: str
    key: str = Field(unique=True)
    payload: dict[str, Any] | None = _json()
    run_at: datetime = _at()
    conversation_id: int | None = _ref("conversations.id", index=False, nullable=True)
    state: str = "asked"
    created_at: datetime = _at()


class UserRow(SQLModel, table=True):
    __tablename__: ClassVar[str] = "users"
    id: int = _id()
    name: str = Field(unique=True)
    password_hash: str
    role: str
    language: str = "en"
    active: bool = True
    created_at: datetime = _at()


class SessionRow(SQLModel, table=True):
    __tablename__: ClassVar[str] = "sessions"
    digest: str = Field(primary_key=True)
    user_id: int = _ref("users.id")
    csrf: str
    created_at: datetime = _at()
    expires_at: datetime = _at()


class AuditRow(SQLModel, table=True):
    __tablename__: ClassVar[str] = "audit"
    id: int = _id()
    user_name: str
    action: str
    object: str
    data: dict[str, Any] | None = _json()
    at: datetime = _at()


class HeartbeatRow(SQLModel, table=True):
    __tablename__: ClassVar[str] = "heartbeats"
    name: str = Field(primary_key=True)
    life: str
    started_at: datetime = _at()
    seen_at: datetime = _at()


class SpendingRow(SQLModel, table=True):
    """What a day or a lead has cost so far; reservations count. Millionths of a dollar."""

    __tablename__: ClassVar[str] = "spending"
    scope: str = Field(primary_key=True)
    spent: int = _money()


class ModelCallRow(SQLModel, table=True):
    __tablename__: ClassVar[str] = "model_calls"
    __table_args__ = (sa.Index("ix_model_calls_at", "at"), sa.Index("ix_model_calls_contact", "contact_id", "at"))
    id: int = _id()
    contact_id: int | None = Field(default=None, sa_column=sa.Column(BigId, nullable=True))
    day: str
    purpose: str
    rung: str
    model: str
    outcome: str = "open"
    worst: int = _money()
    cost: int = _money()
    tokens_read: int = 0
    tokens_written: int = 0
    tokens_cached: int = 0
    latency_ms: int = 0
    at: datetime = _at()


metadata = SQLModel.metadata


def table(row: type[SQLModel]) -> sa.Table:
    """The Core table of a row class: statements on the hot path are plain Core."""
    found: sa.Table = row.__table__  # type: ignore[attr-defined]
    return found
