from collections.abc import Sequence
from datetime import datetime, timedelta

from core.domain.turn import JobRequest
from core.storage.database import Database
from core.storage.jobs import DueRequest, ask_for_jobs, due_requests, is_current, mark_relayed, next_due, take_back
from tests.core.storage.samples import NOW

HOUR = timedelta(hours=1)
FAR = NOW + 1000 * HOUR


async def ask(database: Database, key: str = "timer", hours: int = 1, *, n: int = 0, now: datetime = NOW) -> None:
    job = JobRequest("follow_up", key, {"n": n}, hours * HOUR if hours else None)
    await database.write(lambda conn: ask_for_jobs(conn, None, [job], now))


async def due(database: Database, before: datetime = FAR) -> Sequence[DueRequest]:
    return await database.read(lambda conn: due_requests(conn, before))


async def current(database: Database, request: DueRequest) -> bool:
    return await database.read(lambda conn: is_current(conn, request.id, request.run_at))


async def test_requests_are_due_in_the_order_of_their_times(database: Database) -> None:
    for key, hours in (("late", 3), ("soon", 1), ("now", 0)):
        await ask(database, key, hours)
    assert [request.key for request in await due(database)] == ["now", "soon", "late"]
    assert [request.key for request in await due(database, NOW + HOUR)] == ["now", "soon"]
    assert [request.key for request in await due(database, NOW)] == ["now"]


async def test_asking_again_moves_the_request_and_changes_its_job(database: Database) -> None:
    await ask(database, hours=1, n=1)
    (before,) = await due(database)
    await ask(database, hours=2, n=2)
    (after,) = await due(database)
    assert (after.id, after.run_at, after.payload) == (before.id, NOW + 2 * HOUR, {"n": 2})
    assert after.job_key != before.job_key
    assert not await current(database, before)
    assert await current(database, after)


async def test_what_is_taken_back_is_neither_due_nor_current(database: Database) -> None:
    await ask(database)
    (request,) = await due(database)
    assert await database.write(lambda conn: take_back(conn, "timer"))
    assert await due(database) == []
    assert not await current(database, request)
    assert not await database.write(lambda conn: take_back(conn, "timer"))


async def test_what_was_taken_back_can_be_asked_anew(database: Database) -> None:
    await ask(database)
    await database.write(lambda conn: take_back(conn, "timer"))
    await ask(database, hours=2)
    assert [request.run_at for request in await due(database)] == [NOW + 2 * HOUR]


async def test_a_relayed_request_is_not_relayed_again_and_still_wanted(database: Database) -> None:
    await ask(database)
    (request,) = await due(database)
    await database.write(lambda conn: mark_relayed(conn, request))
    assert await due(database) == []
    assert await current(database, request)


async def test_what_was_moved_while_it_was_relayed_is_relayed_again(database: Database) -> None:
    await ask(database)
    (request,) = await due(database)
    await ask(database, hours=2)
    await database.write(lambda conn: mark_relayed(conn, request))
    (moved,) = await due(database)
    assert moved.run_at == NOW + 2 * HOUR


async def test_a_relayed_timer_is_no_longer_wanted_after_it_is_taken_back(database: Database) -> None:
    await ask(database)
    (request,) = await due(database)
    await database.write(lambda conn: mark_relayed(conn, request))
    await database.write(lambda conn: take_back(conn, "timer"))
    assert not await current(database, request)


async def test_no_more_than_the_limit_come_at_once(database: Database) -> None:
    for n in range(4):
        await ask(database, f"timer-{n}", n)
    few = await database.read(lambda conn: due_requests(conn, FAR, limit=2))
    assert [request.key for request in few] == ["timer-0", "timer-1"]


async def test_the_next_thing_due_is_the_soonest_one_asked_for(database: Database) -> None:
    assert await database.read(next_due) is None
    await ask(database, "late", 3)
    await ask(database, "soon", 1)
    assert await database.read(next_due) == NOW + HOUR
