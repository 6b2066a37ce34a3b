"""Short notes between processes on one PostgreSQL. Lossy: who misses one finds the work by looking."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Final

import sqlalchemy as sa

from core.storage.database import Database

if TYPE_CHECKING:
    import psycopg

CHANNEL: Final = "seller"
LONGEST: Final = 7_000
"""Bytes; PostgreSQL takes just below 8,000."""
_KEEPALIVE: Final = {"keepalives_idle": "10", "keepalives_interval": "5", "keepalives_count": "3"}
_notify = sa.text("select pg_notify(:channel, note) from unnest(cast(:notes as text[])) as note")


class Notices:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def send(self, notes: list[str]) -> None:
        """Each of at most LONGEST bytes, all in one transaction."""
        await self._database.write(lambda conn: conn.execute(_notify, {"channel": CHANNEL, "notes": notes}))

    @asynccontextmanager
    async def listen(self) -> AsyncIterator[AsyncIterator[str]]:
        """A connection of its own; from entering on nothing is missed. Raises OSError when it is lost."""
        import psycopg

        url = self._database.engine.url.set(drivername="postgresql").update_query_dict(_KEEPALIVE)
        address = url.render_as_string(hide_password=False)
        try:
            conn = await psycopg.AsyncConnection.connect(address, autocommit=True)
        except psycopg.Error as error:
            raise OSError("no connection to listen on") from error
        async with conn:
            await conn.execute(f"LISTEN {CHANNEL}")
            yield _notes(conn)


async def _notes(conn: "psycopg.AsyncConnection") -> AsyncIterator[str]:
    import psycopg

    try:
        async for notice in conn.notifies():
            yield notice.payload
    except psycopg.Error as error:
        raise OSError("the connection to listen on was lost") from error
