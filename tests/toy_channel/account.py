"""One box at the post office, ready to be wired."""

import httpx
from fastapi import APIRouter

from bots.arrival import Receiver
from bots.channel import Channel, HealthBoard
from core.ports import Clock
from tests.toy_channel.caretaker import LetterboxCaretaker
from tests.toy_channel.channel import LetterboxChannel
from tests.toy_channel.inbound import ACCOUNT
from tests.toy_channel.routes import build_router


class LetterboxAccount:
    """Implements Door: `channels` into the wiring, `connect` with what was wired, `start`, `stop`."""

    def __init__(self, *, http: httpx.AsyncClient, seal: str, clock: Clock) -> None:
        self.router: APIRouter | None = None
        self._http = http
        self._seal = seal
        self._clock = clock
        self._health: HealthBoard | None = None

    @property
    def channels(self) -> list[tuple[str, Channel]]:
        return [(ACCOUNT, LetterboxChannel(self._http))]

    @property
    def caretakers(self) -> list[LetterboxCaretaker]:
        return [LetterboxCaretaker(self._http)]

    def connect(self, *, intake: Receiver, health: HealthBoard) -> None:
        self.router = build_router(seal=self._seal, intake=intake, clock=self._clock)
        self._health = health

    async def start(self) -> None:
        """A real one looks again every day."""
        if self._health:
            checkup = await LetterboxCaretaker(self._http).check()
            self._health.report(ACCOUNT, checkup.health(self._clock.now()))

    async def stop(self) -> None:
        await self._http.aclose()
