"""What language models cost, day by day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from core.storage.spending import OPEN
from core.storage.tables import ModelCallRow, table

ANSWERED = "answered"

_calls = table(ModelCallRow)


@dataclass(frozen=True, slots=True)
class DayOfModel:
    """`cost` in millionths of a dollar; calls under way count with the most that they may cost."""

    day: str
    model: str
    calls: int
    failed: int
    tokens: int
    cost: int


def list_days(conn: sa.Connection, since: datetime) -> Sequence[DayOfModel]:
    """The newest day first, and of a day the dearest model."""
    failed = sa.case((_calls.c.outcome.in_((ANSWERED, OPEN)), 0), else_=1)
    found = conn.execute(
        sa.select(
            _calls.c.day,
            _calls.c.model,
            sa.func.count().label("calls"),
            sa.func.sum(failed).label("failed"),
            sa.func.sum(_calls.c.tokens_read + _calls.c.tokens_written).label("tokens"),
            sa.func.sum(_calls.c.cost).label("cost"),
        )
        .where(_calls.c.at >= since)
        .group_by(_calls.c.day, _calls.c.model)
        .order_by(_calls.c.day.desc(), sa.func.sum(_calls.c.cost).desc())
    )
    return [DayOfModel(row.day, row.model, row.calls, int(row.failed), int(row.tokens), int(row.cost)) for row in found]
