"""Open pages learn at once that a conversation changed; what changed they read by themselves."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Final

from fastapi import APIRouter, Request, Response
from fastapi.responses import StreamingResponse

from bots.access import EVERYONE
from bots.desk.parts import DeskParts
from bots.desk.routes import build_page_router

HEARTBEAT_S: Final = 15.0
_HEADERS: Final = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}


def build_live(parts: DeskParts, heartbeat_s: float = HEARTBEAT_S) -> APIRouter:
    router = build_page_router(parts.pages)

    @router.get("/events", dependencies=[parts.access.allow(*EVERYONE)])
    async def events(request: Request) -> Response:
        """`changed` with the conversation's id. Who is signed out meanwhile hears nothing more."""

        async def stream() -> AsyncIterator[str]:
            with parts.changes.listen() as changed:
                yield "retry: 2000\n: open\n\n"
                while not (parts.changes.is_closed or await request.is_disconnected()):
                    try:
                        conversation_id = await asyncio.wait_for(changed.get(), heartbeat_s)
                    except TimeoutError:
                        if await parts.access.find_caller(request) is None:
                            return
                        yield ": still here\n\n"
                        continue
                    yield f"event: changed\ndata: {json.dumps({'conversation': conversation_id})}\n\n"

        return StreamingResponse(stream(), media_type="text/event-stream", headers=_HEADERS)

    return router
