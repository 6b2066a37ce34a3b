"""Who writes to us, and by which doors."""

from datetime import datetime
from typing import ClassVar

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from core.storage.tables.columns import moment, number, reference


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
    created_at: datetime = moment()
    erased_at: datetime | None = moment(nullable=True)


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
