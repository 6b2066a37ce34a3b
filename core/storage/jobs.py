"""Requests for late work, written with the turn that decided them and relayed afterwards."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from core.domain.ids import ConversationId
from core.domain.turn import JobRequest
from core.storage.database import insert_ignoring
from core.storage.tables import JobRequestRow, table

_requests = table(JobRequestRow)


@dataclass(frozen=True, slots=True)
class OpenRequest:
    """`state` is `asked` (to be submitted) or `cancelled` (to be taken back)."""

    id: int
    name: str
    key: str
    payload: Mapping[str, Any]
    run_at: datetime | None
    state: str


def ask_for_jobs(
    conn: sa.Connection, conversation_id: ConversationId, jobs: Sequence[JobRequest], now: datetime
) -> None:
    for job in jobs:
        conn.execute(
            insert_ignoring(conn, _requests),
            {
                "name": job.name,
                "key": job.key,
                "payload": dict(job.payload),
                "run_at": now + job.after if job.after else None,
                "conversation_id": conversation_id,
                "state": "asked",
                "created_at": now,
            },
        )


def cancel_followups(conn: sa.Connection, conversation_id: ConversationId) -> None:
    """The customer wrote, opted out or was handed over: what was planned is taken back."""
    mine = sa.and_(_requests.c.conversation_id == conversation_id, _requests.c.name == "follow_up")
    conn.execute(
        sa.update(_requests).where(mine, _requests.c.state.in_(("asked", "relayed"))).values(state="cancelled")
    )


def open_requests(conn: sa.Connection, limit: int = 100) -> list[OpenRequest]:
    waiting = sa.select(_requests).where(_requests.c.state.in_(("asked", "cancelled"))).order_by(_requests.c.id)
    return [
        OpenRequest(row.id, row.name, row.key, row.payload or {}, row.run_at, row.state)
        for row in conn.execute(waiting.limit(limit))
    ]


def settle_request(conn: sa.Connection, request: OpenRequest) -> None:
    """`asked` becomes `relayed`, `cancelled` becomes `taken_back`, unless it changed meanwhile."""
    done = "relayed" if request.state == "asked" else "taken_back"
    mine = sa.and_(_requests.c.id == request.id, _requests.c.state == request.state)
    conn.execute(sa.update(_requests).where(mine).values(state=done))


def is_cancelled(conn: sa.Connection, key: str) -> bool:
    state = conn.execute(sa.select(_requests.c.state).where(_requests.c.key == key)).scalar()
    return state in ("cancelled", "taken_back")
