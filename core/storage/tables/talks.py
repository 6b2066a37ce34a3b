"""Conversations, and everything on its way in and out of them."""

from datetime import datetime
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from core.storage.tables.columns import document, moment, number, reference, words
from core.storage.types import BigId


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
    id: int = number()
    kind: str = "chat"
    account_id: str
    channel: str
    chat: str
    contact_id: int = reference("contacts.id")
    holder: str = "bot"
    holder_reason: str | None = None
    operator: str | None = None
    holder_since: datetime | None = moment(nullable=True)
    stage: str = "opening"
    language: str | None = None
    role: str = ""
    audience: str = "buyers"
    playbook_digest: str | None = None
    memory: dict[str, Any] | None = document()
    has_mail: bool = False
    lease_owner: str | None = None
    lease_until: datetime | None = moment(nullable=True)
    lease_epoch: int = 0
    last_inbound_at: datetime | None = moment(nullable=True)
    opened_at: datetime | None = moment(nullable=True)
    ad_entry_at: datetime | None = moment(nullable=True)
    comment_id: str | None = None
    comment_at: datetime | None = moment(nullable=True)
    comment_answered_at: datetime | None = moment(nullable=True)
    held_elsewhere: bool = False
    read_at: datetime | None = moment(nullable=True)
    reachable: bool = True
    created_at: datetime = moment()


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
    id: int = number()
    account_id: str
    event_id: str
    conversation_id: int = reference("conversations.id", index=False)
    message_id: int | None = reference("messages.id", index=False, nullable=True)
    kind: str
    payload: dict[str, Any] | None = document()
    platform_at: datetime = moment()
    received_at: datetime = moment()
    state: str = "unread"
    attempts: int = 0
    turn_id: int | None = reference("turns.id", index=False, nullable=True)


class MessageRow(SQLModel, table=True):
    __tablename__: ClassVar[str] = "messages"
    __table_args__ = (sa.Index("ix_messages_conversation", "conversation_id", "id"),)
    id: int = number()
    conversation_id: int = reference("conversations.id", index=False)
    direction: str
    role: str
    text: str = words()
    extra: dict[str, Any] | None = document()
    external_id: str | None = None
    state: str = "received"
    turn_id: int | None = reference("turns.id", index=False, nullable=True)
    at: datetime = moment()
    edited_at: datetime | None = moment(nullable=True)


class CommentRow(SQLModel, table=True):
    """A public comment, and when its one private reply was used; the newest that is open stands in its conversation."""

    __tablename__: ClassVar[str] = "comments"
    __table_args__ = (sa.UniqueConstraint("account_id", "comment_id"),)
    id: int = number()
    account_id: str
    comment_id: str
    conversation_id: int = reference("conversations.id")
    message_id: int | None = reference("messages.id", nullable=True)
    at: datetime = moment()
    answered_at: datetime | None = moment(nullable=True)


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
    id: int = number()
    account_id: str
    conversation_id: int = reference("conversations.id", index=False)
    message_id: int = reference("messages.id", index=False)
    turn_id: int | None = reference("turns.id", index=False, nullable=True)
    position: int
    origin: str
    is_reply: bool = True
    answers: int | None = Field(default=None, sa_column=sa.Column(BigId, nullable=True))
    """The comment that it is the private reply to."""
    state: str = "queued"
    attempt: int = 0
    owner: str | None = None
    not_before: datetime | None = moment(nullable=True)
    deadline: datetime = moment()
    platform_id: str | None = None
    reason: str | None = None
    created_at: datetime = moment()
    sent_at: datetime | None = moment(nullable=True)


class TurnRow(SQLModel, table=True):
    __tablename__: ClassVar[str] = "turns"
    __table_args__ = (sa.Index("ix_turns_conversation", "conversation_id", "id"),)
    id: int = number()
    conversation_id: int = reference("conversations.id", index=False)
    move: str
    stage_from: str
    stage_to: str
    action: str
    language: str
    trace: dict[str, Any] | None = document()
    latency_ms: int
    at: datetime = moment()
