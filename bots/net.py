"""The net under the spine: what a kill left, what another process stored, what fell due."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Collection
from datetime import datetime, timedelta

import sqlalchemy as sa
import structlog

from bots.dispatch import Dispatcher
from core.errors import SellerError
from core.ports import Clock, Jobs
from core.storage.database import Database
from core.storage.jobs import DueRequest, due_requests, mark_relayed
from core.storage.left import Left, list_with_mail, list_with_unsent

log = structlog.get_logger()

RELAY_AHEAD = timedelta(seconds=30)
"""Requests due within this time go to the job engine; those further away cost nothing until then."""


async def recover(
    *, database: Database, dispatcher: Dispatcher, accounts: Collection[str], now: datetime, before: datetime
) -> int:
    """Take up the conversations of our accounts with mail from before `before` or with unsent rows; give how many."""

    def look(conn: sa.Connection) -> Left:
        return [*list_with_mail(conn, accounts, before), *list_with_unsent(conn, accounts)]

    left = await database.read(look)
    for conversation_id, not_before in left:
        dispatcher.nudge(conversation_id, max(timedelta(), not_before - now) if not_before else timedelta())
    return len(left)


async def relay(*, database: Database, jobs: Jobs, clock: Clock) -> int:
    """Hand over what is nearly due. Done twice it does no harm: the job's key is the request and its time."""
    due = await database.read(lambda conn: due_requests(conn, clock.now() + RELAY_AHEAD))
    for request in due:
        await jobs.delay(request.name, _payload(request), request.job_key, request.run_at)
        await database.write(lambda conn, request=request: mark_relayed(conn, request))  # type: ignore[misc]
    return len(due)


def _payload(request: DueRequest) -> dict[str, object]:
    return {**request.payload, "request_id": request.id, "run_at": request.run_at.isoformat()}


async def repeat(name: str, every: timedelta, work: Callable[[], Awaitable[object]]) -> None:
    """Run for ever; an error is logged and the next round tries again."""
    while True:
        await asyncio.sleep(every.total_seconds())
        try:
            await work()
        except SellerError as error:
            log.warning("net.round_failed", round=name, reason=error.what, hint=error.hint)
        except Exception:
            log.exception("net.round_failed", round=name)


async def stop(tasks: list[asyncio.Task[None]]) -> None:
    for task in tasks:
        task.cancel()
    for task in tasks:
        with contextlib.suppress(asyncio.CancelledError):
            await task
