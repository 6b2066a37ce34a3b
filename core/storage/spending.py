"""Money for models, durable: reserved before a call, settled after it, right with any number of processes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from core.domain.ids import ContactId
from core.ports import Budget, Clock, FinishedCall, PlannedCall
from core.storage.database import Database, insert_ignoring
from core.storage.tables import ModelCallRow, SpendingRow, table

OPEN = "open"
"""Of a call that is under way, or whose process died with it: the worst case stays booked."""

_calls, _spending = table(ModelCallRow), table(SpendingRow)


@dataclass(frozen=True, slots=True)
class ModelCall:
    """One line of the log. `cost` in millionths of a dollar; of an open call the most that it may cost."""

    at: datetime
    contact_id: ContactId | None
    purpose: str
    rung: str
    model: str
    outcome: str
    cost: int
    tokens_read: int
    tokens_written: int
    tokens_cached: int
    latency_ms: int


class _BudgetSpent(Exception):
    """Rolls the reservation back."""

    def __init__(self, scope: str) -> None:
        super().__init__(scope)
        self.scope = scope


class SqlSpending:
    """Implements Spending. Limits in millionths of a dollar, None = no limit; a lead's limit is for all its days."""

    def __init__(
        self,
        *,
        database: Database,
        clock: Clock,
        today: Callable[[datetime], date],
        day_limit: int | None,
        lead_limit: int | None,
    ) -> None:
        self._database = database
        self._clock = clock
        self._today = today
        self._limits = {"day": day_limit, "lead": lead_limit}
        self._refused_on: date | None = None

    async def reserve(self, call: PlannedCall) -> int | None:
        now = self._clock.now()
        day = self._today(now)

        def book(conn: sa.Connection) -> int:
            for scope in _scopes(day.isoformat(), call.lead):
                if not _charge(conn, scope, call.worst, self._limits[scope.partition(":")[0]]):
                    raise _BudgetSpent(scope)
            return _open_call(conn, call, day, now)

        try:
            return await self._database.write(book)
        except _BudgetSpent as spent:
            if spent.scope.startswith("day"):
                self._refused_on = day
            return None

    async def settle(self, number: int, done: FinishedCall) -> None:
        await self._database.write(lambda conn: _settle(conn, number, done))

    async def today(self) -> Budget:
        day = self._today(self._clock.now())
        spent = await self._database.read(lambda conn: _spent(conn, f"day:{day.isoformat()}"))
        return Budget(spent, self._limits["day"], self._refused_on == day)


def list_calls(conn: sa.Connection, *, contact_id: ContactId | None = None, limit: int = 100) -> Sequence[ModelCall]:
    """The newest first."""
    found = sa.select(_calls).order_by(_calls.c.id.desc()).limit(limit)
    if contact_id is not None:
        found = found.where(_calls.c.contact_id == contact_id)
    names = ModelCall.__dataclass_fields__
    return [
        ModelCall(**{name: value for name, value in row._mapping.items() if name in names})
        for row in conn.execute(found)
    ]


def _scopes(day: str, lead: int | None) -> Sequence[str]:
    """Always in this order: whoever waits for a row holds none that the other wants."""
    return [f"day:{day}", *([f"lead:{lead}"] if lead is not None else [])]


def _charge(conn: sa.Connection, scope: str, amount: int, limit: int | None) -> bool:
    """One conditional update: the database itself compares and adds."""
    conn.execute(insert_ignoring(conn, _spending), {"scope": scope, "spent": 0})
    charge = sa.update(_spending).where(_spending.c.scope == scope).values(spent=_spending.c.spent + amount)
    if limit is not None:
        charge = charge.where(_spending.c.spent + amount <= limit)
    return conn.execute(charge).rowcount == 1


def _open_call(conn: sa.Connection, call: PlannedCall, day: date, now: datetime) -> int:
    values = {
        "contact_id": call.lead,
        "day": day.isoformat(),
        "purpose": call.purpose,
        "rung": call.rung,
        "model": call.model,
        "outcome": OPEN,
        "worst": call.worst,
        "cost": call.worst,
        "tokens_read": 0,
        "tokens_written": 0,
        "tokens_cached": 0,
        "latency_ms": 0,
        "at": now,
    }
    number: int = conn.execute(sa.insert(_calls).values(values).returning(_calls.c.id)).scalar_one()
    return number


def _settle(conn: sa.Connection, number: int, done: FinishedCall) -> None:
    """Once: a call that is settled already stays as it is."""
    values = {
        "outcome": done.outcome,
        "cost": done.cost,
        "tokens_read": done.usage.read,
        "tokens_written": done.usage.written,
        "tokens_cached": done.usage.cached,
        "latency_ms": done.latency_ms,
    }
    mine = sa.update(_calls).where(_calls.c.id == number, _calls.c.outcome == OPEN).values(values)
    row = conn.execute(mine.returning(_calls.c.day, _calls.c.contact_id, _calls.c.worst)).first()
    if row is None:
        return
    for scope in _scopes(row.day, row.contact_id):
        change = sa.update(_spending).where(_spending.c.scope == scope)
        conn.execute(change.values(spent=_spending.c.spent + (done.cost - row.worst)))


def _spent(conn: sa.Connection, scope: str) -> int:
    return conn.scalar(sa.select(_spending.c.spent).where(_spending.c.scope == scope)) or 0
