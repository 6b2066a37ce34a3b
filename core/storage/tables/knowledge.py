"""What the firm knows and how it sells."""

from datetime import datetime
from typing import ClassVar

from sqlmodel import Field, SQLModel

from core.storage.tables.columns import moment, number, reference, words


class DocumentRow(SQLModel, table=True):
    __tablename__: ClassVar[str] = "documents"
    id: int = number()
    source: str = Field(unique=True)
    topic: str
    language: str
    digest: str
    updated_at: datetime = moment()


class PassageRow(SQLModel, table=True):
    __tablename__: ClassVar[str] = "passages"
    id: int = number()
    document_id: int = reference("documents.id")
    position: int
    heading: str = words()
    text: str = words()
    digest: str
    vector: bytes | None = None
    sentences: bytes | None = None


class PlaybookVersionRow(SQLModel, table=True):
    __tablename__: ClassVar[str] = "playbook_versions"
    digest: str = Field(primary_key=True)
    audience: str
    version: str
    source: str = words()
    file: str
    published_at: datetime = moment()
