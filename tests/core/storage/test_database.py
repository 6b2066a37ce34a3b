import asyncio
from pathlib import Path

import pytest
import sqlalchemy as sa

from core.errors import InvalidSettings, Unavailable
from core.storage.database import Database, build_engine


@pytest.mark.parametrize("url", ["", "seller.db", "mysql://user@host/name", "sqlite"])
def test_an_address_that_cannot_be_used_is_told_with_examples(url: str) -> None:
    with pytest.raises(InvalidSettings) as told:
        build_engine(url)
    assert told.value.where == "DATABASE_URL"
    assert "postgresql://" in told.value.hint


def test_a_missing_folder_is_made(tmp_path: Path) -> None:
    build_engine(f"sqlite:///{tmp_path / 'new' / 'folder' / 'seller.db'}").dispose()
    assert (tmp_path / "new" / "folder").is_dir()


def test_postgresql_is_reached_through_psycopg() -> None:
    engine = build_engine("postgresql://user:secret@127.0.0.1:1/name")
    assert engine.dialect.driver == "psycopg"
    engine.dispose()


async def insert(database: Database, word: str) -> None:
    await database.write(lambda conn: conn.execute(sa.text("insert into words values (:word)"), {"word": word}))


@pytest.mark.parametrize("company", [0, 2])
async def test_a_full_disk_is_told_and_what_was_stored_stays(tmp_path: Path, company: int) -> None:
    """Alone and in a group, which then fails as a whole."""
    database = Database(build_engine(f"sqlite:///{tmp_path / 'full.db'}"))
    await database.write(lambda conn: conn.execute(sa.text("create table words (word text)")))
    await insert(database, "first")
    await database.write(lambda conn: conn.exec_driver_sql("pragma max_page_count = 3"))
    words = [*(f"neighbour {n}" for n in range(company)), "too long " * 50_000]
    results = await asyncio.gather(*(insert(database, word) for word in words), return_exceptions=True)
    told = results[-1]
    assert isinstance(told, Unavailable)
    assert "disk is full" in told.what
    assert told.hint
    await database.write(lambda conn: conn.exec_driver_sql("pragma max_page_count = 1000000"))
    await insert(database, "last")
    kept = await database.read(lambda conn: list(conn.scalars(sa.text("select word from words order by rowid"))))
    stored = [word for word, result in zip(words, results, strict=True) if result is None]
    assert kept == ["first", *stored, "last"]
    database.close()
