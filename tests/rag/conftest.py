from collections.abc import Iterator

import pytest

from core.storage.database import Database
from tests.rag.databases import postgres_database, postgres_server, sqlite_database


@pytest.fixture(scope="session")
def postgres_uri(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with postgres_server(tmp_path_factory.mktemp("postgres")) as uri:
        yield uri


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """Both kinds of database; a test that takes this fixture runs on each."""
    if request.param == "sqlite":
        with sqlite_database(tmp_path_factory.mktemp("sqlite")) as database:
            yield database
    else:
        with postgres_database(request.getfixturevalue("postgres_uri")) as database:
            yield database
