import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from core.storage.database import Database, build_engine


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = Database(build_engine(f"sqlite:///{tmp_path / 'seller.db'}"))
    yield database
    database.close()


async def add(database: Database, n: int) -> None:
    await database.write(lambda conn: conn.execute(sa.text("insert into numbers values (:n)"), {"n": n}))


async def make_table(database: Database) -> None:
    await database.write(lambda conn: conn.execute(sa.text("create table numbers (n integer unique)")))


async def test_units_that_wait_together_share_a_commit(database: Database) -> None:
    await make_table(database)
    before = database.commits
    assert before is not None
    await asyncio.gather(*(add(database, n) for n in range(200)))
    assert database.commits is not None
    assert database.commits - before < 50
    assert await database.read(lambda conn: conn.scalar(sa.text("select count(*) from numbers"))) == 200


async def test_a_file_is_safe_from_a_loss_of_power(database: Database) -> None:
    wanted = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}
    found = await database.read(lambda conn: {name: conn.exec_driver_sql(f"pragma {name}").scalar() for name in wanted})
    assert found == wanted


async def test_what_waits_is_finished_before_closing(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'closing.db'}"
    database = Database(build_engine(url))
    await make_table(database)
    tasks = [asyncio.create_task(add(database, n)) for n in range(20)]
    await asyncio.sleep(0)
    await asyncio.to_thread(database.close)
    await asyncio.gather(*tasks)
    again = Database(build_engine(url))
    assert await again.read(lambda conn: conn.scalar(sa.text("select count(*) from numbers"))) == 20
    again.close()


async def test_a_closed_database_takes_nothing(tmp_path: Path) -> None:
    database = Database(build_engine(f"sqlite:///{tmp_path / 'closed.db'}"))
    database.close()
    database.close()
    with pytest.raises(RuntimeError, match="closed"):
        await database.write(lambda conn: None)
