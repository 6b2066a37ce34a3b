"""The kinds of columns that the tables share."""

from typing import Any

import sqlalchemy as sa
from sqlmodel import Field

from core.storage.types import BigId, Json, UtcDateTime


def number() -> Any:
    return Field(default=None, sa_column=sa.Column(BigId, primary_key=True))


def reference(target: str, *, index: bool = True, nullable: bool = False) -> Any:
    return Field(default=None, sa_column=sa.Column(BigId, sa.ForeignKey(target), index=index, nullable=nullable))


def moment(*, nullable: bool = False, index: bool = False) -> Any:
    return Field(default=None, sa_column=sa.Column(UtcDateTime, nullable=nullable, index=index))


def document(*, nullable: bool = True) -> Any:
    return Field(default=None, sa_column=sa.Column(Json, nullable=nullable))


def money() -> Any:
    return Field(default=0, sa_column=sa.Column(sa.BigInteger, nullable=False))


def words(*, nullable: bool = False) -> Any:
    return Field(default=None if nullable else "", sa_column=sa.Column(sa.Text, nullable=nullable))


def group() -> Any:
    """The smallest id of those who belong together; nothing while somebody is alone."""
    return Field(default=None, sa_column=sa.Column(BigId, index=True, nullable=True))
