"""What money for models must do: in memory, on SQLite and on PostgreSQL. Concurrent calls never exceed a budget."""

import asyncio
import itertools
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.clock import ManualClock
from core.domain.ids import ContactId
from core.llm.spending import MemorySpending
from core.ports import FinishedCall, PlannedCall, Spending, Usage
from core.storage.database import Database, build_engine
from core.storage.spending import SqlSpending, list_calls
from tests.servers import fresh_postgres, migrated_postgres, migrated_sqlite

ANNA, BORYS = ContactId(1), ContactId(2)
Open = Callable[..., Spending]


def planned(worst: int, lead: ContactId | None = ANNA) -> PlannedCall:
    return PlannedCall(lead, "wording", "openai", "small", worst)


def finished(cost: int) -> FinishedCall:
    return FinishedCall("answered", cost, 120, Usage(read=100, written=20, cached=80))


@contextmanager
def sql_spending(url: str) -> Iterator[Open]:
    databases: dict[int, Database] = {}

    def build(*, clock: ManualClock, day: int | None = None, lead: int | None = None, process: int = 0) -> Spending:
        """Each process has its own connections to the same tables."""
        if process not in databases:
            databases[process] = Database(build_engine(url))
        return SqlSpending(
            database=databases[process], clock=clock, today=lambda now: now.date(), day_limit=day, lead_limit=lead
        )

    yield build
    for database in databases.values():
        database.close()


@contextmanager
def memory(folder: Path) -> Iterator[Open]:
    def build(*, clock: ManualClock, day: int | None = None, lead: int | None = None) -> Spending:
        return MemorySpending(today=lambda: clock.now().date(), day_limit=day, lead_limit=lead)

    yield build


@contextmanager
def sqlite(folder: Path) -> Iterator[Open]:
    with sql_spending(f"sqlite:///{shutil.copy(migrated_sqlite(), folder / 'seller.db')}") as build:
        yield build


@contextmanager
def postgresql(folder: Path) -> Iterator[Open]:
    with fresh_postgres(migrated_postgres()) as url, sql_spending(url) as build:
        yield build


@pytest.fixture(params=[sqlite, postgresql], ids=lambda kind: kind.__name__)
def durable(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Open]:
    with request.param(tmp_path) as build:
        yield build


@pytest.fixture(params=[memory, sqlite, postgresql], ids=lambda kind: kind.__name__)
def build(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Open]:
    with request.param(tmp_path) as build:
        yield build


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


async def test_what_is_reserved_is_spent_until_it_is_settled(build: Open, clock: ManualClock) -> None:
    spending = build(clock=clock, day=100)
    first = await spending.reserve(planned(60))
    assert first is not None
    assert await spending.reserve(planned(60)) is None
    await spending.settle(first, finished(10))
    assert (await spending.today()).spent == 10
    assert await spending.reserve(planned(60)) is not None


async def test_a_budget_may_be_used_up_to_its_last_millionth(build: Open, clock: ManualClock) -> None:
    spending = build(clock=clock, day=100, lead=100)
    assert await spending.reserve(planned(100)) is not None
    assert await spending.reserve(planned(1)) is None


async def test_one_leads_budget_is_not_anothers(build: Open, clock: ManualClock) -> None:
    spending = build(clock=clock, lead=50)
    assert await spending.reserve(planned(40, ANNA)) is not None
    assert await spending.reserve(planned(40, ANNA)) is None
    assert await spending.reserve(planned(40, BORYS)) is not None
    assert (await spending.today()).spent == 80


async def test_what_a_lead_was_refused_is_not_taken_from_the_day(build: Open, clock: ManualClock) -> None:
    spending = build(clock=clock, day=100, lead=10)
    assert await spending.reserve(planned(50)) is None
    budget = await spending.today()
    assert (budget.spent, budget.limit, budget.has_refused) == (0, 100, False)


async def test_a_call_for_nobody_counts_for_the_day_alone(build: Open, clock: ManualClock) -> None:
    spending = build(clock=clock, day=100, lead=10)
    assert await spending.reserve(planned(50, None)) is not None
    assert (await spending.today()).spent == 50


async def test_a_day_begins_anew_and_a_lead_does_not(build: Open, clock: ManualClock) -> None:
    spending = build(clock=clock, day=100, lead=150)
    assert await spending.reserve(planned(100)) is not None
    assert await spending.reserve(planned(1)) is None
    assert (await spending.today()).has_refused
    clock.advance(timedelta(days=1))
    budget = await spending.today()
    assert (budget.spent, budget.has_refused) == (0, False)
    assert await spending.reserve(planned(50)) is not None
    assert await spending.reserve(planned(1)) is None


async def test_a_call_of_yesterday_is_settled_for_yesterday(build: Open, clock: ManualClock) -> None:
    spending = build(clock=clock, day=100)
    number = await spending.reserve(planned(100))
    assert number is not None
    clock.advance(timedelta(days=1))
    await spending.settle(number, finished(10))
    assert (await spending.today()).spent == 0
    clock.advance(-timedelta(days=1))
    assert (await spending.today()).spent == 10


async def test_a_call_is_settled_once(build: Open, clock: ManualClock) -> None:
    spending = build(clock=clock)
    number = await spending.reserve(planned(100))
    assert number is not None
    for cost in (10, 90):
        await spending.settle(number, finished(cost))
    assert (await spending.today()).spent == 10


async def test_a_process_that_died_leaves_its_worst_case_booked(durable: Open, clock: ManualClock) -> None:
    await durable(clock=clock, day=100).reserve(planned(60))
    after = durable(clock=clock, day=100, process=1)
    assert (await after.today()).spent == 60
    assert await after.reserve(planned(60)) is None


async def test_several_processes_share_one_budget(durable: Open, clock: ManualClock) -> None:
    processes = [durable(clock=clock, day=100, lead=60, process=n) for n in range(3)]
    calls = [planned(10, ANNA if n % 2 else BORYS) for n in range(36)]
    numbers = await asyncio.gather(*(processes[n % 3].reserve(call) for n, call in enumerate(calls)))
    assert sum(number is not None for number in numbers) == 10
    assert (await processes[0].today()).spent == 100
    given_to = Counter(call.lead for call, number in zip(calls, numbers, strict=True) if number is not None)
    assert max(given_to.values()) <= 6


async def test_every_call_is_written_down(database: Database, clock: ManualClock) -> None:
    spending = SqlSpending(
        database=database, clock=clock, today=lambda now: now.date(), day_limit=None, lead_limit=None
    )
    number = await spending.reserve(planned(60))
    await spending.reserve(planned(70, BORYS))
    assert number is not None
    await spending.settle(number, finished(10))
    newest, oldest = await database.read(list_calls)
    assert (newest.contact_id, newest.outcome, newest.cost, newest.tokens_read) == (BORYS, "open", 70, 0)
    assert (oldest.rung, oldest.model, oldest.purpose) == ("openai", "small", "wording")
    assert (oldest.outcome, oldest.cost, oldest.latency_ms, oldest.at) == ("answered", 10, 120, clock.now())
    assert (oldest.tokens_read, oldest.tokens_written, oldest.tokens_cached) == (100, 20, 80)
    assert await database.read(lambda conn: list_calls(conn, contact_id=ANNA)) == [oldest]


CALLS = st.lists(st.tuples(st.integers(1, 60), st.integers(0, 2), st.floats(0, 1)), min_size=1, max_size=16)
_examples = itertools.count()


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(calls=CALLS, day=st.integers(0, 200), lead=st.integers(0, 100))
async def test_concurrent_calls_never_exceed_a_budget(
    build: Open, calls: list[tuple[int, int, float]], day: int, lead: int
) -> None:
    """At every moment, of what is settled plus what is open. Each example has a day and leads of its own."""
    example = next(_examples)
    spending = build(clock=ManualClock(ManualClock().now() + timedelta(days=example)), day=day, lead=lead)
    held: Counter[int] = Counter()

    async def call(worst: int, who: int, share: float) -> None:
        number = await spending.reserve(planned(worst, ContactId(example * 10 + who) if who else None))
        if number is None:
            return
        held[who] += worst
        assert sum(held.values()) <= day
        assert max(held[1], held[2]) <= lead
        await asyncio.sleep(0)
        held[who] += int(worst * share) - worst
        await spending.settle(number, finished(int(worst * share)))

    await asyncio.gather(*(call(*each) for each in calls))
    assert (await spending.today()).spent == sum(held.values()) <= day
