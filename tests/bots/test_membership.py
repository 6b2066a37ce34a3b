"""A process among those on one PostgreSQL: its name, its heartbeat, and what becomes of the jobs of a dead one."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Iterator, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from bots.membership import Membership
from core.clock import ManualClock
from core.jobs.dbos_jobs import DbosJobs
from core.jobs.memory import MemoryJobs
from core.ports import JobContext
from core.storage.database import Database
from core.storage.heartbeats import claim_name, list_processes
from core.storage.shared import open_database
from core.storage.tables import HeartbeatRow, table
from tests.servers import fresh_postgres, migrated_postgres

beats = table(HeartbeatRow)


@pytest.fixture
def url() -> Iterator[str]:
    with fresh_postgres(migrated_postgres()) as url:
        yield url


@pytest.fixture
async def database(url: str) -> AsyncIterator[Database]:
    database = open_database(url)
    yield database
    database.close()


class Heirs(MemoryJobs):
    def __init__(self) -> None:
        super().__init__(clock=ManualClock())
        self.taken: list[str] = []
        self.is_closed = False

    async def take_up(self, names: Any) -> None:
        self.taken += names

    async def close(self) -> None:
        self.is_closed = True


async def join(database: Database, place: str) -> Membership:
    """As a process on a machine of its own."""
    membership = Membership(database=database, life=f"{place}:1:{place}")
    await membership.join()
    return membership


async def silence(database: Database, member: Membership, seconds: int = 60) -> None:
    past = sa.func.now() - sa.literal(timedelta(seconds=seconds), sa.Interval)
    mine = sa.update(beats).where(beats.c.life == member.life).values(seen_at=past)
    await database.write(lambda conn: conn.execute(mine))


async def names(database: Database) -> dict[str, str]:
    return {process.name: process.life for process in await database.read(list_processes)}


async def test_each_process_has_a_name_of_its_own_even_when_all_start_at_once(database: Database) -> None:
    members = await asyncio.gather(*(join(database, f"machine-{number}") for number in range(6)))
    assert {member.name for member in members} == {f"seller-{number}" for number in range(1, 7)}


async def test_a_process_that_starts_again_has_its_name_again(database: Database) -> None:
    one, two = await join(database, "one"), await join(database, "two")
    await one.leave()
    again = await join(database, "one-again")
    assert (again.name, two.name) == (one.name, "seller-2")


async def test_of_many_who_want_the_name_of_a_dead_one_gets_it(database: Database) -> None:
    dead = await join(database, "dead")
    await silence(database, dead)
    members = await asyncio.gather(*(join(database, f"machine-{number}") for number in range(4)))
    assert sorted(member.name for member in members) == [f"seller-{number}" for number in range(1, 5)]


async def test_who_is_silent_for_long_is_taken_for_dead_and_its_jobs_are_taken_up_once(database: Database) -> None:
    dead, one, two = [await join(database, name) for name in ("dead", "one", "two")]
    await silence(database, dead, 10)
    heirs = Heirs()
    await one.beat(heirs)
    assert heirs.taken == [], "ten seconds may be a slow machine"
    await silence(database, dead, 16)
    await asyncio.gather(one.beat(heirs), two.beat(heirs))
    assert heirs.taken == [dead.name]
    assert dead.name not in await names(database)


async def test_who_comes_back_from_the_dead_gives_up_its_jobs_and_has_another_name(database: Database) -> None:
    slow, other = await join(database, "slow"), await join(database, "other")
    await silence(database, slow)
    await other.beat(Heirs())
    jobs = Heirs()
    await slow.beat(jobs)
    assert jobs.is_closed
    assert slow.has_lost_its_jobs
    assert (await names(database))[slow.name] == slow.life


async def test_a_dead_process_of_this_machine_is_known_at_once(database: Database) -> None:
    here = Membership(database=database)
    ended = await asyncio.create_subprocess_exec(sys.executable, "-c", "")
    await ended.wait()
    dead = Membership(database=database, life=here.life.replace(f":{os.getpid()}:", f":{ended.pid}:"))
    await dead.join()
    await here.join()
    assert here.name == dead.name


async def test_names_that_an_heir_could_not_deal_with_are_dealt_with_at_its_next_beat(database: Database) -> None:
    dead, here = await join(database, "dead"), Membership(database=database)
    await here.join()
    await silence(database, dead)
    not_launched = DbosJobs(url="sqlite:///nowhere.db")
    await here.beat(not_launched)
    heirs = Heirs()
    await here.beat(heirs)
    assert heirs.taken == [dead.name]
    await not_launched.close()


async def test_the_job_of_a_killed_process_goes_on_elsewhere_from_its_last_step(
    url: str, database: Database, tmp_path: Path
) -> None:
    """The dead process is on this machine, so nobody waits for its silence."""
    notes = tmp_path / "notes.txt"
    here = Membership(database=database)
    await here.join()
    command = [sys.executable, "-m", "tests.contracts.jobs_process", url, str(notes), "wait", "seller-2"]
    process = await asyncio.create_subprocess_exec(*command, stderr=asyncio.subprocess.PIPE)
    life = here.life.replace(f":{os.getpid()}:", f":{process.pid}:")
    assert await database.write(lambda conn: claim_name(conn, life)) == "seller-2"
    async with asyncio.timeout(50):
        while not notes.exists() or "second" not in notes.read_text():  # noqa: ASYNC110 - another process writes
            await asyncio.sleep(0.02)

    jobs = DbosJobs(url=url, executor=here.name, poll=timedelta(seconds=0.05))
    ended = asyncio.Event()
    steps: list[str] = []

    async def body(context: JobContext, payload: Mapping[str, Any]) -> None:
        async def first() -> None:
            steps.append("first")

        async def second() -> None:
            steps.append("second")

        await context.step("first", first)
        await context.step("second", second)
        ended.set()

    jobs.register("work", body)
    await jobs.launch()
    await here.beat(jobs)
    assert await jobs.status("key") == "running", "a living process keeps its job"
    os.kill(process.pid, signal.SIGKILL)
    await process.communicate()
    await here.beat(jobs)
    async with asyncio.timeout(30):
        await ended.wait()
    assert steps == ["second"]
    assert list(await names(database)) == ["seller-1"]
    await jobs.close()
