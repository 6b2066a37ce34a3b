"""Versions of the playbook: a conversation stays on the one it began with."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from core.storage.database import insert_ignoring
from core.storage.tables import PlaybookVersionRow, table

_versions = table(PlaybookVersionRow)


@dataclass(frozen=True, slots=True)
class PlaybookVersion:
    digest: str
    audience: str
    version: str
    source: str
    file: str


def publish(conn: sa.Connection, version: PlaybookVersion, now: datetime) -> bool:
    """Keep a version's text; False when it is already kept."""
    stored = conn.execute(
        insert_ignoring(conn, _versions).returning(_versions.c.digest),
        {
            "digest": version.digest,
            "audience": version.audience,
            "version": version.version,
            "source": version.source,
            "file": version.file,
            "published_at": now,
        },
    )
    return stored.first() is not None


def find_version(conn: sa.Connection, digest: str) -> PlaybookVersion | None:
    row = conn.execute(sa.select(_versions).where(_versions.c.digest == digest)).first()
    return PlaybookVersion(row.digest, row.audience, row.version, row.source, row.file) if row else None
