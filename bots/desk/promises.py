"""What was promised to a customer: tick it as kept, drop it, give it another time."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Annotated
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from fastapi import APIRouter, Form, Request, Response

from bots.access import EVERYONE, caller_of
from bots.desk.parts import DeskParts
from bots.desk.routes import BadForm, build_page_router, go_back, record
from core.domain.promises import PromiseState
from core.storage.promises import PromiseEntry, close_promise, redate_promise


def build_promises(parts: DeskParts) -> APIRouter:
    router = build_page_router(parts.pages, "/desk/promises")
    everyone = [parts.access.allow(*EVERYONE)]

    async def change(work: Callable[[sa.Connection], PromiseEntry]) -> str:
        """Gives the address of its conversation."""
        changed = await parts.database.write(work)
        parts.changes.tell(changed.conversation_id)
        return f"/desk/conversations/{changed.conversation_id}"

    @router.post("/{promise_id}/kept", dependencies=everyone)
    async def keep(request: Request, promise_id: int) -> Response:
        name, now = caller_of(request).user.name, parts.clock.now()
        page = await change(lambda conn: close_promise(conn, promise_id, PromiseState.KEPT, by=name, now=now))
        await record(parts, request, "keep_promise", f"promise:{promise_id}")
        return go_back(request, page, "saved")

    @router.post("/{promise_id}/dropped", dependencies=everyone)
    async def drop(request: Request, promise_id: int) -> Response:
        name, now = caller_of(request).user.name, parts.clock.now()
        page = await change(lambda conn: close_promise(conn, promise_id, PromiseState.DROPPED, by=name, now=now))
        await record(parts, request, "drop_promise", f"promise:{promise_id}")
        return go_back(request, page, "saved")

    @router.post("/{promise_id}/due", dependencies=everyone)
    async def date_anew(request: Request, promise_id: int, due: Annotated[str, Form(max_length=40)] = "") -> Response:
        now = parts.clock.now()
        at = read_moment(due, ZoneInfo(parts.firm().timezone))
        if at is None or at <= now:
            raise BadForm("bad_moment")
        page = await change(lambda conn: redate_promise(conn, promise_id, at, now=now))
        await record(parts, request, "redate_promise", f"promise:{promise_id}", {"due": at.isoformat()})
        return go_back(request, page, "saved")

    return router


def read_moment(typed: str, zone: ZoneInfo) -> datetime | None:
    """A date and a time on the firm's wall, in UTC; None when that is no moment."""
    try:
        moment = datetime.fromisoformat(typed.strip())
        return moment.replace(tzinfo=moment.tzinfo or zone).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
