import asyncio
import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from core.storage.database import Database, build_engine
from core.storage.writer import LARGEST_JOTTED


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


async def jot(database: Database, n: int) -> None:
    await database.jot(lambda conn: conn.execute(sa.text("insert into numbers values (:n)"), {"n": n}))


async def numbers(database: Database) -> list[int]:
    return await database.read(lambda conn: list(conn.scalars(sa.text("select n from numbers order by n"))))


async def test_what_is_jotted_down_in_one_moment_shares_a_commit_and_none_fails_its_neighbours(
    database: Database,
) -> None:
    await make_table(database)
    before = database.commits or 0
    results = await asyncio.gather(*(jot(database, n) for n in (1, 2, 2, 3)), return_exceptions=True)
    assert [type(result) for result in results] == [type(None), type(None), sa.exc.IntegrityError, type(None)]
    assert database.commits == before + 1
    assert await numbers(database) == [1, 2, 3]


async def test_a_crowd_is_jotted_down_in_portions(database: Database) -> None:
    await make_table(database)
    before = database.commits or 0
    await asyncio.gather(*(jot(database, n) for n in range(3 * LARGEST_JOTTED)))
    assert database.commits == before + 3
    assert len(await numbers(database)) == 3 * LARGEST_JOTTED


async def test_what_cannot_be_jotted_down_now_is_written_when_the_file_is_free(
    database: Database, tmp_path: Path
) -> None:
    await make_table(database)
    other = sqlite3.connect(tmp_path / "seller.db", isolation_level=None)
    other.execute("begin immediate")
    jotted = asyncio.create_task(jot(database, 1))
    await asyncio.sleep(0.05)
    assert not jotted.done()
    other.execute("commit")
    other.close()
    await jotted
    assert await numbers(database) == [1]


async def test_a_slow_disk_is_left_to_the_thread_until_it_is_quick_again(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    await make_table(database)
    monkeypatch.setattr("core.storage.writer.QUICK", 0.0)
    threads: list[str] = []
    await database.jot(lambda _conn: threads.append(threading.current_thread().name))
    monkeypatch.setattr("core.storage.writer.QUICK", 60.0)
    await database.jot(lambda _conn: threads.append(threading.current_thread().name))
    assert threads == ["sqlite-writer", threading.current_thread().name]


async def test_what_is_jotted_down_is_finished_before_closing(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'closing.db'}"
    database = Database(build_engine(url))
    await make_table(database)
    tasks = [asyncio.create_task(jot(database, n)) for n in range(20)]
    await asyncio.sleep(0)
    database.close()
    await asyncio.gather(*tasks)
    again = Database(build_engine(url))
    assert len(await numbers(again)) == 20
    again.close()
    with pytest.raises(RuntimeError, match="closed"):
        await jot(database, 1)


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
