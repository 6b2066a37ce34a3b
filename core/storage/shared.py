"""The database that several processes work on: rings of locks are untied, a server that is away is told as such."""

import asyncio
import contextlib
import re
import zlib
from collections.abc import AsyncIterator, Callable
from typing import Final, TypeVar

import sqlalchemy as sa

from core.errors import InvalidSettings, Unavailable
from core.storage.database import Database, build_engine
from core.storage.migrate import migrate

T = TypeVar("T")

DEADLOCK: Final = frozenset({"40P01", "40001"})
"""Two transactions waited for each other; one of them was taken back whole and may simply be run again."""
PAUSES: Final = (0.01, 0.05, 0.2, 0.5)
CONNECT_TIMEOUT_S: Final = 5
WHERE: Final = "DATABASE_URL"
_AWAY: Final = ("08", "57P", "53")
_HINTS: Final = {
    "42501": "give this user the right to create tables there",
    "53100": "free space on the database's disk; arrivals are taken again then",
}
_SIGN_IN_HINTS: Final = (
    (re.compile(r'database ".*" does not exist'), "make the database first: createdb NAME"),
    (re.compile(r"authentication failed|role \".*\" does not exist|no password supplied"), "correct user and password"),
    (re.compile(r"no pg_hba.conf entry"), "this user may not sign in from here; look at the server's pg_hba.conf"),
)
"""A refused connection carries no code, only words."""
_ROOM: Final = "free space on the disk; a damaged file is replaced by the copy that you keep"
_REACH: Final = "start the server, or correct the address: postgresql://user:password@host/database"


class SharedDatabase(Database):
    """PostgreSQL. `write` runs its work again when a ring of locks took it back: it has no other effects."""

    async def read(self, work: Callable[[sa.Connection], T]) -> T:
        try:
            return await super().read(work)
        except sa.exc.OperationalError as error:
            raise _told(error) from error

    async def write(self, work: Callable[[sa.Connection], T]) -> T:
        for pause in PAUSES:
            try:
                return await super().write(work)
            except sa.exc.OperationalError as error:
                if _state(error) not in DEADLOCK:
                    raise _told(error) from error
            await asyncio.sleep(pause)
        return await super().write(work)


def open_database(url: str) -> Database:
    """Raises InvalidSettings for an address that cannot be read, Unavailable when nobody answers there."""
    try:
        parsed = sa.make_url(url)
    except (sa.exc.ArgumentError, ValueError):
        raise InvalidSettings("not a database address", where=WHERE, hint=_REACH) from None
    if parsed.drivername == "postgres" or parsed.get_backend_name() == "postgresql":
        return _open_shared(parsed)
    try:
        engine = build_engine(url)
        engine.connect().close()
    except (sa.exc.DatabaseError, OSError) as error:
        reason = str(getattr(error, "orig", error))
        hint = "name a file in a folder that exists and can be written (DATA_DIR, DATABASE_URL)"
        raise Unavailable(f"the database cannot be opened: {reason}", where=str(parsed.database), hint=hint) from None
    return Database(engine)


def _open_shared(url: sa.URL) -> Database:
    url = url.set(drivername="postgresql")
    if "connect_timeout" not in url.query:
        url = url.update_query_dict({"connect_timeout": str(CONNECT_TIMEOUT_S)})
    engine = build_engine(url.render_as_string(hide_password=False))
    try:
        engine.connect().close()
    except sa.exc.OperationalError as error:
        raise _told(error) from None  # the cause would print what it was called with
    except sa.exc.ProgrammingError as error:
        raise InvalidSettings(_first_line(error), where=WHERE, hint=_REACH) from None
    return SharedDatabase(engine)


@contextlib.asynccontextmanager
async def alone(database: Database, name: str) -> AsyncIterator[None]:
    """One process at a time inside the block, on whichever machine. A file has one process anyway."""
    if database.dialect == "sqlite":
        yield
        return
    key = zlib.crc32(name.encode())
    conn = await asyncio.to_thread(database.engine.connect)
    try:
        await asyncio.to_thread(_lock, conn, key)
        yield
    finally:
        await asyncio.to_thread(conn.close)


def _lock(conn: sa.Connection, key: int) -> None:
    """Held by the transaction, which ends with the connection, also when the process is killed."""
    conn.execute(sa.text("select pg_advisory_xact_lock(:key)"), {"key": key})


def open_migrated(url: str) -> Database:
    """The same, at the present schema."""
    database = open_database(url)
    try:
        migrate(database.engine)
    except sa.exc.DBAPIError as error:
        what, hint = f"the tables cannot be made: {_reason(error)}", _HINTS.get(_state(error) or "", _ROOM)
        raise Unavailable(what, where=_place(database), hint=hint) from None
    return database


def _told(error: sa.exc.OperationalError) -> Exception:
    """As a person can mend it; an error that is none of the server's being away stays as it is."""
    state = _state(error)
    if state is not None and not state.startswith(_AWAY) and state not in _HINTS:
        return error
    what = _first_line(error)
    hints = (hint for words, hint in _SIGN_IN_HINTS if words.search(what))
    return Unavailable(what, where=WHERE, hint=_HINTS.get(state or "") or next(hints, _REACH))


def _place(database: Database) -> str:
    return WHERE if database.dialect == "postgresql" else str(database.engine.url.database)


def _state(error: sa.exc.DBAPIError) -> str | None:
    state: str | None = getattr(error.orig, "sqlstate", None)
    return state


def _first_line(error: sa.exc.DBAPIError) -> str:
    return f"the database does not answer: {_reason(error)}"


def _reason(error: sa.exc.DBAPIError) -> str:
    lines = str(error.orig).strip().splitlines()
    return lines[0] if lines else type(error.orig).__name__
