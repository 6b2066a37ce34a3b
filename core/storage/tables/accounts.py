"""How the accounts at the platforms are doing."""

from datetime import datetime
from typing import Any, ClassVar

from sqlmodel import Field, SQLModel

from core.storage.tables.columns import document, moment, words


class AccountCareRow(SQLModel, table=True):
    __tablename__: ClassVar[str] = "account_care"
    account_id: str = Field(primary_key=True)
    token: str = ""
    state: str = "starting"
    reason: str = words()
    hint: str = words()
    since: datetime = moment()
    checked_at: datetime | None = moment(nullable=True)
    marks: dict[str, Any] | None = document()
