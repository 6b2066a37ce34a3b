"""One door to the database: short reads and single-hop writes, the same on SQLite and PostgreSQL."""

import asyncio
import contextlib
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from core.errors import InvalidSettings, Unavailable
from core.storage.storable import clean_parameters, dump_json
from core.storage.writer import Writer

T = TypeVar("T")

READERS = 4
POSTGRES_CONNECTIONS = 10


class Database:
    """`read` and `write` take a plain function of a connection; no transaction is ever open between two calls."""

    def __init__(self, engine: sa.Engine) -> None:
        self.engine = engine
        self.dialect = engine.dialect.name
        self._near = _connect_near(engine) if self.dialect == "sqlite" else None
        """The event loop's own connection: for a few rows it is faster than the way to a thread and back."""
        self._writer = Writer(engine, self._near) if self._near else None
        threads = READERS if self._writer else POSTGRES_CONNECTIONS
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="database")

    async def read(self, work: Callable[[sa.Connection], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._threads, self._read, work)

    async def glance(self, work: Callable[[sa.Connection], T]) -> T:
        """A read of a few rows by key: on SQLite it happens on the event loop."""
        if self._near:
            with contextlib.suppress(sa.exc.OperationalError):  # somebody locks the file: wait for it in a thread
                return work(self._near)
        return await self.read(work)

    async def write(self, work: Callable[[sa.Connection], T]) -> T:
        """Run in one transaction; give the result only after the commit."""
        try:
            if self._writer:
                return await self._writer.write(work)
            return await asyncio.get_running_loop().run_in_executor(self._threads, self._write, work)
        except sa.exc.OperationalError as error:
            raise _explain(error) from error

    async def jot(self, work: Callable[[sa.Connection], T]) -> T:
        """A write of a few rows by key: on SQLite it happens on the event loop while the disk is quick."""
        if self._writer is None:
            return await self.write(work)
        try:
            return await self._writer.jot(work)
        except sa.exc.OperationalError as error:
            raise _explain(error) from error

    @property
    def commits(self) -> int | None:
        """Commits so far, where one writer can count them."""
        return self._writer.commits if self._writer else None

    def close(self) -> None:
        if self._writer:
            self._writer.close()
        if self._near:
            self._near.close()
        self._threads.shutdown(wait=True)
        self.engine.dispose()

    def _read(self, work: Callable[[sa.Connection], T]) -> T:
        with self.engine.connect() as conn:
            return work(conn)

    def _write(self, work: Callable[[sa.Connection], T]) -> T:
        with self.engine.begin() as conn:
            return work(conn)


def build_engine(url: str) -> sa.Engine:
    """An engine with our pragmas (WAL, FULL sync) or PostgreSQL through psycopg. Raises InvalidSettings."""
    try:
        parsed = sa.make_url(url)
    except sa.exc.ArgumentError as error:
        raise InvalidSettings("not a database address", where="DATABASE_URL", hint=_EXAMPLES) from error
    if parsed.get_backend_name() == "sqlite":
        engine = _sqlite_engine(parsed)
    elif parsed.get_backend_name() == "postgresql":
        engine = _postgres_engine(parsed)
    else:
        raise InvalidSettings(
            f"{parsed.get_backend_name()} is not a database we know", where="DATABASE_URL", hint=_EXAMPLES
        )
    clean_parameters(engine)
    return engine


def insert_ignoring(conn: sa.Connection, table: sa.Table) -> sqlite.Insert | postgresql.Insert:
    """INSERT ... ON CONFLICT DO NOTHING in the connection's dialect."""
    if conn.dialect.name == "sqlite":
        return sqlite.insert(table).on_conflict_do_nothing()
    return postgresql.insert(table).on_conflict_do_nothing()


def per_dialect(build: Callable[[Callable[[sa.Table], Any]], sa.Executable]) -> Mapping[str, sa.Executable]:
    """A statement that both databases spell differently, built once: look it up by the dialect's name."""
    return {"sqlite": build(sqlite.insert), "postgresql": build(postgresql.insert)}


_EXAMPLES = "use sqlite:///data/seller.db or postgresql://user:password@host/database"


def _sqlite_engine(url: sa.URL) -> sa.Engine:
    if url.database and url.database != ":memory:":
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    engine = sa.create_engine(
        url,
        connect_args={"check_same_thread": False},
        poolclass=sa.QueuePool,
        pool_size=READERS + 2,
        json_serializer=dump_json,
    )

    @sa.event.listens_for(engine, "connect")
    def set_pragmas(connection: Any, _record: Any) -> None:
        cursor = connection.cursor()
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=5000", "foreign_keys=ON"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    return engine


def _connect_near(engine: sa.Engine) -> sa.Connection:
    conn = engine.connect().execution_options(isolation_level="AUTOCOMMIT")
    conn.detach()
    conn.exec_driver_sql("PRAGMA busy_timeout=0")
    return conn


def _postgres_engine(url: sa.URL) -> sa.Engine:
    url = url.set(drivername="postgresql+psycopg")
    return sa.create_engine(url, pool_size=POSTGRES_CONNECTIONS, pool_pre_ping=True, json_serializer=dump_json)


def _explain(error: sa.exc.OperationalError) -> Exception:
    text = str(error.orig)
    if "disk is full" in text or "disk I/O" in text:
        return Unavailable(
            "the disk is full, nothing was stored", where="database", hint="free space; arrivals are taken again then"
        )
    if "readonly" in text or "unable to open" in text:
        return Unavailable(f"the database cannot be written: {text}", where="database", hint="check the folder's owner")
    return error
