"""Who writes to us, and by which doors."""

from datetime import datetime
from typing import ClassVar

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from core.storage.tables.columns import group, moment, number, reference


class AccountRow(SQLModel, table=True):
    __tablename__: ClassVar[str] = "accounts"
    id: str = Field(primary_key=True)
    channel: str
    created_at: datetime = moment()


class ContactRow(SQLModel, table=True):
    __tablename__: ClassVar[str] = "contacts"
    id: int = number()
    language: str | None = None
    opted_out: bool = False
    opted_out_at: datetime | None = moment(nullable=True)
    consent_at: datetime | None = moment(nullable=True)
    created_at: datetime = moment()
    erased_at: datetime | None = moment(nullable=True)
    person_id: int | None = group()
    proven_id: int | None = group()


class ChannelIdentityRow(SQLModel, table=True):
    __tablename__: ClassVar[str] = "channel_identities"
    __table_args__ = (sa.UniqueConstraint("account_id", "external_id"),)
    id: int = number()
    contact_id: int = reference("contacts.id")
    account_id: str
    external_id: str
    name: str | None = None
    username: str | None = None
    reachable: bool = True
    name_key: str | None = Field(default=None, index=True)
    phone: str | None = Field(default=None, index=True)
    phone_at: datetime | None = moment(nullable=True)
    email: str | None = Field(default=None, index=True)
    email_at: datetime | None = moment(nullable=True)


class ContactLinkRow(SQLModel, table=True):
    __tablename__: ClassVar[str] = "contact_links"
    id: int = number()
    one: int = reference("contacts.id")
    other: int = reference("contacts.id")
    state: str
    proof: str
    by: str
    at: datetime = moment()
    ended_by: str | None = None
    ended_at: datetime | None = moment(nullable=True)


class InvitationRow(SQLModel, table=True):
    __tablename__: ClassVar[str] = "invitations"
    id: int = number()
    digest: str = Field(unique=True)
    contact_id: int = reference("contacts.id")
    conversation_id: int = reference("conversations.id", index=False)
    account_id: str
    issued_by: str
    created_at: datetime = moment()
    expires_at: datetime = moment()
    used_at: datetime | None = moment(nullable=True)
    used_by: int | None = reference("contacts.id", index=False, nullable=True)
