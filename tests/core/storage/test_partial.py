from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from core.domain.ids import ConversationId
from core.storage.database import Database
from core.storage.jobs import due_requests
from core.storage.left import list_with_mail, list_with_unsent
from core.storage.outbox import next_entry
from core.storage.turns import clear_mail, load_turn
from tests.core.storage.samples import NOW, conversation

ANY = ConversationId(1)
OURS = ["webchat", "telegram:kavomir", "test"]


def plan_of(database: Database, work: Callable[[sa.Connection], Any]) -> str:
    """How SQLite would look up every statement of `work`."""
    plan: list[str] = []
    asked: list[tuple[str, Any]] = []

    def remember(_conn: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        asked.append((statement, parameters))

    sa.event.listen(database.engine, "before_cursor_execute", remember)
    with database.engine.connect() as conn:
        work(conn)
        sa.event.remove(database.engine, "before_cursor_execute", remember)
        for statement, parameters in asked:
            rows = conn.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
            plan += [row[3] for row in rows]
    return "\n".join(plan)


@pytest.mark.parametrize(
    ("index", "work"),
    [
        ("ix_inbox_unread", lambda conn: load_turn(conn, ANY)),
        ("ix_inbox_unread", lambda conn: clear_mail(conn, ANY)),
        ("ix_outbox_open", lambda conn: next_entry(conn, ANY)),
        ("ix_outbox_open", lambda conn: list_with_unsent(conn, OURS)),
        ("ix_conversations_mail", lambda conn: list_with_mail(conn, OURS, NOW)),
        ("ix_job_requests_due", lambda conn: due_requests(conn, NOW + timedelta(days=1))),
    ],
)
async def test_what_is_still_to_be_done_is_found_by_its_own_index(
    database: Database, index: str, work: Callable[[sa.Connection], Any]
) -> None:
    """Each of these runs in every turn or every other second: none may read what is done."""
    if database.dialect != "sqlite":
        pytest.skip("PostgreSQL chooses by the tables' sizes")
    await conversation(database)
    plan = plan_of(database, work)
    assert index in plan
    assert "SCAN inbox_messages\n" not in f"{plan}\n"
    assert "SCAN conversations\n" not in f"{plan}\n"
    assert "account_id=?" not in plan
