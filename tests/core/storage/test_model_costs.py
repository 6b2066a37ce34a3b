from datetime import timedelta

from core.clock import ManualClock
from core.ports import FinishedCall, PlannedCall, Usage
from core.storage.database import Database
from core.storage.model_costs import DayOfModel, list_days
from core.storage.spending import SqlSpending
from tests.core.storage.samples import NOW


async def call(spending: SqlSpending, model: str, outcome: str, cost: int) -> None:
    number = await spending.reserve(PlannedCall(None, "wording", "openai", model, 500))
    assert number
    await spending.settle(number, FinishedCall(outcome, cost, 120, Usage(read=100, written=20)))


async def test_calls_are_summed_by_day_and_model(database: Database) -> None:
    clock = ManualClock(NOW)
    spending = SqlSpending(
        database=database, clock=clock, today=lambda now: now.date(), day_limit=None, lead_limit=None
    )
    await call(spending, "old", "answered", 400)
    clock.advance(timedelta(days=20))
    await call(spending, "small", "answered", 30)
    await call(spending, "small", "slow", 10)
    await call(spending, "large", "answered", 90)
    clock.advance(timedelta(days=1))
    await spending.reserve(PlannedCall(None, "wording", "openai", "small", 500))
    days = await database.read(lambda conn: list_days(conn, NOW + timedelta(days=10)))
    assert list(days) == [
        DayOfModel("2026-01-26", "small", calls=1, failed=0, tokens=0, cost=500),
        DayOfModel("2026-01-25", "large", calls=1, failed=0, tokens=120, cost=90),
        DayOfModel("2026-01-25", "small", calls=2, failed=1, tokens=240, cost=40),
    ]
