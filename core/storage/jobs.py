"""Requests for late work, written with the turn that decided them and relayed when they are nearly due."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from core.domain.ids import ConversationId
from core.domain.turn import JobRequest
from core.storage.database import per_dialect
from core.storage.partial import ASKED
from core.storage.prepared import Prepared
from core.storage.tables import JobRequestRow, table

_requests = table(JobRequestRow)


def _moving(insert: Callable[[sa.Table], Any]) -> sa.Executable:
    asked = insert(_requests)
    moved = {name: asked.excluded[name] for name in ("payload", "run_at", "state", "created_at")}
    statement: sa.Executable = asked.on_conflict_do_update(index_elements=["key"], set_=moved)
    return statement


_ask = Prepared(per_dialect(_moving))
_take_back = sa.update(_requests).where(
    _requests.c.key == sa.bindparam("k"), _requests.c.state.in_(("asked", "relayed"))
)


@dataclass(frozen=True, slots=True)
class DueRequest:
    id: int
    name: str
    key: str
    payload: Mapping[str, Any]
    run_at: datetime

    @property
    def job_key(self) -> str:
        """Asking anew under the same key moves the time, and a moved job is another job."""
        return f"{self.key}@{self.run_at.isoformat()}"


def ask_for_jobs(
    conn: sa.Connection, conversation_id: ConversationId | None, jobs: Sequence[JobRequest], now: datetime
) -> None:
    """One row a key: asking again moves it."""
    for job in jobs:
        values = {
            "name": job.name,
            "key": job.key,
            "payload": dict(job.payload),
            "run_at": now + (job.after or timedelta()),
            "conversation_id": conversation_id,
            "state": "asked",
            "created_at": now,
        }
        _ask.run(conn, values)


def take_back(conn: sa.Connection, key: str) -> bool:
    """True when something was planned under this key. A relayed job then finds itself no longer wanted."""
    return conn.execute(_take_back, {"k": key, "state": "taken_back"}).rowcount > 0


def due_requests(conn: sa.Connection, before: datetime, limit: int = 100) -> list[DueRequest]:
    waiting = sa.select(_requests).where(ASKED, _requests.c.run_at <= before)
    rows = conn.execute(waiting.order_by(_requests.c.run_at).limit(limit))
    return [DueRequest(row.id, row.name, row.key, row.payload or {}, row.run_at) for row in rows]


def next_due(conn: sa.Connection) -> datetime | None:
    """When the next thing that was asked for falls due; None when nothing is planned."""
    return conn.execute(sa.select(sa.func.min(_requests.c.run_at, type_=_requests.c.run_at.type)).where(ASKED)).scalar()


def planned_at(conn: sa.Connection, key: str) -> datetime | None:
    """When what was asked for under this key falls or fell due; None when nothing was."""
    return conn.execute(sa.select(_requests.c.run_at).where(_requests.c.key == key)).scalar()


def mark_relayed(conn: sa.Connection, request: DueRequest) -> None:
    """Unless it was moved or taken back meanwhile."""
    mine = sa.and_(_requests.c.id == request.id, _requests.c.run_at == request.run_at, _requests.c.state == "asked")
    conn.execute(sa.update(_requests).where(mine).values(state="relayed"))


def is_current(conn: sa.Connection, request_id: int, run_at: datetime) -> bool:
    """Whether a job that fires now is still wanted as it was asked for."""
    row = conn.execute(sa.select(_requests.c.state, _requests.c.run_at).where(_requests.c.id == request_id)).first()
    return row is not None and row.state in ("asked", "relayed") and row.run_at == run_at
