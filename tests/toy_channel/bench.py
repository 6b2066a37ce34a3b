"""The letterbox on the bench of the contracts."""

import json
from collections.abc import Sequence
from typing import Any

import httpx
from fastapi import FastAPI

from bots.channel import Channel
from core.clock import SystemClock
from core.domain.messages import InboundMessage
from tests.bots.telegram.kit import MemoryIntake
from tests.emulators.bench import Arrival, Trouble
from tests.toy_channel.channel import LetterboxChannel
from tests.toy_channel.post_office import KEY, SEAL, PostOffice
from tests.toy_channel.routes import HEADER, PATH, build_router

_FAULTS = {
    Trouble.WAIT: "wait",
    Trouble.GONE: "no such box",
    Trouble.BAD_MESSAGE: "bad letter",
    Trouble.TOKEN: "key",
    Trouble.SERVER_ERROR: "broken",
    Trouble.DELIVERED_BUT_SILENT: "silent",
    Trouble.NOT_CONNECTED: "no connection",
}


class LetterboxOutbound:
    """Implements Outbound."""

    chat = "anna"
    secrets: Sequence[str] = (KEY,)
    troubles = frozenset(_FAULTS)

    def __init__(self) -> None:
        self._office = PostOffice(self.chat)
        self.channel: Channel = LetterboxChannel(self._office.client())

    def cause(self, trouble: Trouble) -> None:
        self._office.next_fault = _FAULTS[trouble]

    def shown(self) -> list[str]:
        return self._office.boxes[self.chat]


class LetterboxInbound:
    """Implements Inbound. The post office knows no groups, and nobody else writes in our name."""

    arrivals = frozenset(Arrival) - {Arrival.OWNER, Arrival.BOT, Arrival.GROUP}

    def __init__(self) -> None:
        self._intake = MemoryIntake()
        self._app = FastAPI()
        self._app.include_router(build_router(seal=SEAL, intake=self._intake, clock=SystemClock()))

    @property
    def stored(self) -> list[InboundMessage]:
        return self._intake.stored

    def body(self, arrival: Arrival, *, number: int = 1, text: str = "привіт", sender: int = 7) -> bytes:
        letter: dict[str, Any] = {"kind": "letter", "stamp": f"n-{number}", "from": f"box-{sender}", "text": text}
        changed: dict[Arrival, Any] = {
            Arrival.OWN: {**letter, "from": "shop"},
            Arrival.UNKNOWN_EVENT: {"kind": "parade", "stamp": f"n-{number}"},
            Arrival.UNKNOWN_ATTACHMENT: {**letter, "text": "", "parcel": {"weight": 3}},
            Arrival.MALFORMED: {"kind": "letter"},
        }
        return json.dumps(changed.get(arrival, letter)).encode()

    async def post(self, body: bytes, *, genuine: bool = True) -> int:
        headers = {HEADER: SEAL if genuine else "forged"}
        async with httpx.AsyncClient(transport=httpx.ASGITransport(self._app), base_url="http://bot") as http:
            return (await http.post(PATH, content=body, headers=headers)).status_code
