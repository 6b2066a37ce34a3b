"""The web chat's own door on the bench of the contracts: the page is the platform, a signed cookie the proof."""

import json
from collections.abc import Sequence
from typing import Any, cast

import httpx
from fastapi import FastAPI

from bots.changes import Changes
from bots.intake import Intake
from bots.webchat.routes import build_router
from bots.webchat.visitors import COOKIE, Visitors
from core.clock import SystemClock
from core.domain.ids import ConversationId, MessageId
from core.domain.messages import InboundMessage
from core.storage.database import Database
from core.storage.inbox import Arrival as Stored
from tests.bots.telegram.kit import MemoryIntake
from tests.emulators.bench import Arrival

FAR_AWAY = ("203.0.113.9", 40_000)
"""On loopback any visitor is believed."""


class _Intake(MemoryIntake):
    async def arrivals(self, messages: Sequence[InboundMessage]) -> list[Stored]:
        new = await self.receive(messages)
        return [Stored(ConversationId(1), MessageId(1), is_new=bool(new), has_mail=bool(new))]


class OwnDoor:
    """Its page sends one message a request, so there are no batches and nothing of another platform's."""

    arrivals = frozenset({Arrival.TEXT})

    def __init__(self) -> None:
        self._intake = _Intake()
        self._visitors = Visitors(secret=b"bench", secure=False)
        self._app = FastAPI()
        router = build_router(
            database=cast(Database, None),
            intake=cast(Intake, self._intake),
            visitors=self._visitors,
            changes=Changes(),
            clock=SystemClock(),
        )
        self._app.include_router(router)

    @property
    def stored(self) -> Sequence[InboundMessage]:
        return self._intake.stored

    def body(self, arrival: Arrival, *, number: int = 1, text: str = "привіт", sender: int = 7) -> bytes:
        said: dict[str, Any] = {"text": text, "id": f"m{number}", "visitor": str(sender)}
        return json.dumps(said, ensure_ascii=False).encode()

    async def post(self, body: bytes, *, genuine: bool = True) -> int:
        """202 says stored, as 200 does elsewhere."""
        visitor = str(json.loads(body)["visitor"])
        cookies = {COOKIE: self._visitors.sign(visitor) if genuine else f"{visitor}.forged"}
        transport = httpx.ASGITransport(self._app, client=FAR_AWAY)
        async with httpx.AsyncClient(transport=transport, base_url="http://bot", cookies=cookies) as http:
            at = f"/api/v1/webchat/{visitor}/messages"
            status = (await http.post(at, content=body, headers={"Content-Type": "application/json"})).status_code
        return 200 if status == httpx.codes.ACCEPTED else status
