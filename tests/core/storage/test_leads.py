from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from core.domain.ids import LeadId
from core.domain.outcomes import Outcome, OutcomeKind
from core.storage.database import Database
from core.storage.leads import record_outcome
from core.storage.tables import LeadRow, OutcomeRow, table
from tests.core.storage.samples import NOW, conversation

leads = table(LeadRow)
DAY = timedelta(days=1)


async def record(database: Database, kind: OutcomeKind, days: int, by: str = "desk:olena") -> bool:
    outcome = Outcome(kind, by, NOW + days * DAY)

    def write(conn: sa.Connection) -> bool:
        lead_id = conn.scalars(sa.select(leads.c.id)).one()
        return record_outcome(conn, LeadId(lead_id), outcome)

    return await database.write(write)


async def lead(database: Database) -> Any:
    return await database.read(lambda conn: conn.execute(sa.select(leads)).one())


async def test_a_later_outcome_supersedes_an_earlier_one(database: Database) -> None:
    await conversation(database)
    assert await record(database, OutcomeKind.DECLINED, 1)
    assert await record(database, OutcomeKind.LEAD_WON, 2, by="api")
    row = await lead(database)
    assert (row.outcome, row.outcome_by, row.outcome_at) == ("lead_won", "api", NOW + 2 * DAY)


async def test_an_earlier_outcome_that_is_told_late_changes_only_the_record(database: Database) -> None:
    await conversation(database)
    await record(database, OutcomeKind.LEAD_WON, 2)
    await record(database, OutcomeKind.DECLINED, 1, by="csv")
    assert (await lead(database)).outcome == "lead_won"
    kinds = await database.read(lambda conn: list(conn.scalars(sa.select(table(OutcomeRow).c.kind))))
    assert sorted(kinds) == ["declined", "lead_won"]


async def test_of_two_outcomes_at_one_moment_the_last_told_wins(database: Database) -> None:
    await conversation(database)
    await record(database, OutcomeKind.LEAD_WON, 1)
    await record(database, OutcomeKind.DECLINED, 1)
    assert (await lead(database)).outcome == "declined"


async def test_an_outcome_of_nobody_is_refused(database: Database) -> None:
    outcome = Outcome(OutcomeKind.LEAD_WON, "api", NOW)
    assert not await database.write(lambda conn: record_outcome(conn, LeadId(404), outcome))
