"""The web chat for programs and for the page at `/`."""

import asyncio
from collections.abc import AsyncIterator
from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Path, Query, Request, Response
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, Field

from bots.access import public
from bots.changes import Changes
from bots.intake import Intake
from bots.webchat.inbound import ACCOUNT, LONGEST_TEXT, parse
from bots.webchat.visitors import COOKIE, COOKIE_LIFE_S, Visitors
from core.domain.ids import ConversationId
from core.ports import Clock
from core.storage.conversations import find_conversation
from core.storage.database import Database
from core.storage.transcript import Shown, list_shown

HEARTBEAT_S = 15.0

LARGEST_BODY = 128 * 1024
"""Bytes: the longest text with every letter written as an escape, and some."""

After = Annotated[int, Query(ge=0, le=2**63 - 1)]
VisitorId = Annotated[str, Path(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9_-]+$")]


class Said(BaseModel):
    text: str = Field(min_length=1, max_length=LONGEST_TEXT)
    id: str | None = Field(None, max_length=64, description="your own id: the same one twice is stored once")
    button: str | None = Field(None, max_length=64)


class Visit:
    """One visitor's talk as the routes see it: who may read it, where it is, and when there is something new."""

    def __init__(self, *, database: Database, visitors: Visitors, changes: Changes) -> None:
        self._database = database
        self._visitors = visitors
        self._changes = changes

    def check(self, request: Request, visitor: str) -> None:
        address = request.client.host if request.client else None
        if not self._visitors.may_speak_as(visitor, request.cookies.get(COOKIE), address):
            raise HTTPException(403, "this visitor id is not yours; POST /api/v1/webchat/visitors gives you one")

    async def find(self, visitor: str) -> ConversationId | None:
        return await self._database.read(lambda conn: find_conversation(conn, ACCOUNT, visitor))

    async def watch(self, visitor: str, request: Request) -> AsyncIterator[str]:
        with self._changes.listen() as queue:
            yield ": open\n\n"
            while not (self._changes.is_closed or await request.is_disconnected()):
                try:
                    changed = await asyncio.wait_for(queue.get(), HEARTBEAT_S)
                except TimeoutError:
                    yield ": still here\n\n"
                    continue
                if changed == await self.find(visitor):
                    yield "event: changed\ndata: {}\n\n"


def build_router(
    *, database: Database, intake: Intake, visitors: Visitors, changes: Changes, clock: Clock
) -> APIRouter:
    router = APIRouter(prefix="/api/v1/webchat", tags=["webchat"], max_body_size=LARGEST_BODY)
    visit = Visit(database=database, visitors=visitors, changes=changes)

    @router.post("/visitors", status_code=201, dependencies=[public()])
    async def create_visitor(request: Request, response: Response) -> dict[str, str]:
        """Your visitor id, with a signed cookie that proves it."""
        visitor = visitors.find(request.cookies.get(COOKIE)) or visitors.issue()
        response.set_cookie(
            COOKIE, visitors.sign(visitor), max_age=COOKIE_LIFE_S, httponly=True, samesite="lax", secure=visitors.secure
        )
        return {"visitor": visitor}

    @router.post("/{visitor}/messages", status_code=202, dependencies=[public()])
    async def post_message(visitor: VisitorId, said: Said, request: Request) -> dict[str, int | None]:
        """Stored when this returns; the reply comes by GET or by events."""
        visit.check(request, visitor)
        if not said.text.strip():
            raise HTTPException(422, "the text is empty; send at least one visible character")
        message = parse(visitor, said.text, event_id=said.id, button=said.button, now=clock.now())
        (arrival,) = await intake.arrivals([message])
        return {"message_id": arrival.message_id}

    @router.get("/{visitor}/messages", dependencies=[public()])
    async def get_messages(visitor: VisitorId, request: Request, after: After = 0) -> dict[str, list[dict[str, Any]]]:
        """Messages with a larger id than `after`, oldest first."""
        visit.check(request, visitor)
        conversation_id = await visit.find(visitor)
        if conversation_id is None:
            return {"messages": []}
        shown = await database.read(lambda conn: list_shown(conn, conversation_id, after))
        return {"messages": [_json(message) for message in shown]}

    @router.get("/{visitor}/events", dependencies=[public()])
    async def get_events(visitor: VisitorId, request: Request) -> StreamingResponse:
        """Server-sent events: one `changed` whenever there is something to GET."""
        visit.check(request, visitor)
        return StreamingResponse(
            visit.watch(visitor, request), media_type="text/event-stream", headers={"Cache-Control": "no-store"}
        )

    return router


def _json(message: Shown) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "id": message.id,
        "direction": message.direction,
        "text": message.text,
        "at": message.at.isoformat(),
        "role": message.role,
    }
    if message.buttons:
        shown["buttons"] = [{"title": button.title, "data": button.data} for button in message.buttons]
    if message.attachments:
        shown["attachments"] = [{"title": item.title, "url": item.url} for item in message.attachments]
    return shown
