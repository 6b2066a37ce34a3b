"""A store made many times as large: copies of all talks under new names, so that a big one is there in seconds."""

from pathlib import Path

import sqlalchemy as sa

from core.storage.database import build_engine
from core.storage.tables import metadata

APART = 10_000_000
"""Between the ids of two copies."""
COPIED = (
    "contacts", "channel_identities", "conversations", "turns", "messages", "inbox_messages", "outbox_messages",
    "facts", "leads", "events", "job_requests",
)  # fmt: skip


def multiply(folder: Path, times: int) -> int:
    """Copy every talk of a store that nobody has open `times - 1` times; the number of messages then."""
    engine = build_engine(f"sqlite:///{folder / 'seller.db'}")
    with engine.begin() as conn:
        for number in range(1, times):
            for name in COPIED:
                table = metadata.tables[name]
                copied = [_copied(column, number).label(column.name) for column in table.columns]
                originals = sa.select(*copied).where(table.c.id < APART)
                conn.execute(sa.insert(table).from_select([c.name for c in table.columns], originals))
        count: int = conn.execute(sa.select(sa.func.count()).select_from(metadata.tables["messages"])).scalar_one()
    engine.dispose()
    return count


def _copied(column: "sa.Column[object]", number: int) -> "sa.ColumnElement[object]":
    """Ids and references move to the copy's range, unique names get its mark; the rest stays."""
    table = column.table
    if column.primary_key or column.foreign_keys:
        return column + number * APART
    unique = {list(names.columns)[-1].name for names in table.constraints if isinstance(names, sa.UniqueConstraint)}
    if column.unique or column.name in unique:
        return column + f"-{number}"
    return column
