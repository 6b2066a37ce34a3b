"""Telegram on the bench of the contracts."""

import json
from collections.abc import Sequence

import httpx
from fastapi import FastAPI

from bots.bucket import Bucket
from bots.channel import Channel
from bots.telegram.account import ACCOUNT
from bots.telegram.channel import TelegramChannel
from bots.telegram.client import Endpoint, TelegramClient
from bots.telegram.pacing import Pace, Pacer
from bots.telegram.reception import Reception
from bots.telegram.routes import SECRET_HEADER, Door, build_router
from core.clock import SystemClock
from core.domain.messages import InboundMessage
from tests.bots.telegram.kit import MemoryIntake
from tests.emulators import faults
from tests.emulators.bench import Arrival, Trouble
from tests.emulators.faults import Fault
from tests.emulators.telegram import TelegramEmulator
from tests.emulators.telegram_people import USER
from tests.emulators.telegram_state import TOKEN
from tests.emulators.telegram_updates import BOT, DATE, group_chat, message, person, text_update, update

_FAULTS: dict[Trouble, Fault] = {
    Trouble.WAIT: faults.too_many_requests(3),
    Trouble.GONE: faults.forbidden(),
    Trouble.BAD_MESSAGE: faults.bad_request("message is too long"),
    Trouble.BAD_MARKUP: faults.bad_request("can't parse entities: unclosed tag"),
    Trouble.MOVED: faults.migrated(-1005),
    Trouble.TOKEN: faults.unauthorized(),
    Trouble.SERVER_ERROR: faults.server_error(),
    Trouble.DELIVERED_BUT_SILENT: faults.delivered_but_silent(2),
}
_SECRET = "bench-secret"
_AT_ONCE = Bucket(interval=0.001, burst=1000)
_UNHURRIED = Pace(_AT_ONCE, _AT_ONCE, _AT_ONCE)


class TelegramOutbound:
    chat = str(USER)
    secrets: Sequence[str] = (TOKEN, TOKEN.partition(":")[2])
    troubles = frozenset(Trouble)

    def __init__(self, emulator: TelegramEmulator) -> None:
        self._emulator = emulator
        emulator.open_chat()
        self._client = self._connect(emulator.base_url)
        self.channel: Channel = TelegramChannel(client=self._client, pacer=Pacer(pace=_UNHURRIED))

    def cause(self, trouble: Trouble) -> None:
        if trouble is Trouble.NOT_CONNECTED:
            self.channel = TelegramChannel(client=self._connect("http://127.0.0.1:1/bot"), pacer=Pacer())
        else:
            self._emulator.script("sendMessage", _FAULTS[trouble])

    def shown(self) -> list[str]:
        return self._emulator.texts()

    def _connect(self, base_url: str) -> TelegramClient:
        return TelegramClient(TOKEN, Endpoint(base_url, base_url, connect_timeout=1, read_timeout=0.5))


class TelegramInbound:
    arrivals = frozenset(Arrival)

    def __init__(self) -> None:
        self._intake = MemoryIntake()
        reception = Reception(account=ACCOUNT, intake=self._intake, clock=SystemClock())
        self._app = FastAPI()
        self._app.include_router(build_router({ACCOUNT: Door(_SECRET, reception)}))

    @property
    def stored(self) -> list[InboundMessage]:
        return self._intake.stored

    def body(self, arrival: Arrival, *, number: int = 1, text: str = "привіт", sender: int = USER) -> bytes:
        user = person(sender)
        business = message(user, text=text, business_connection_id="conn-1")
        events = {
            Arrival.TEXT: text_update(text, user=user),
            Arrival.OWN: update("business_message", {**business, "sender_business_bot": BOT}),
            Arrival.OWNER: update("business_message", {**business, "from": person(500)}),
            Arrival.BOT: update("message", {**message(user, text=text), "from": BOT}),
            Arrival.GROUP: update("message", {**message(user, text=text), "chat": group_chat()}),
            Arrival.UNKNOWN_EVENT: update("something_of_next_year", {"from": user, "date": DATE}),
            Arrival.UNKNOWN_ATTACHMENT: update("message", message(user, hologram={"file_id": "x"})),
            Arrival.MALFORMED: update("message", {"text": text}),
        }
        return json.dumps({**events[arrival], "update_id": number}, ensure_ascii=False).encode()

    async def post(self, body: bytes, *, genuine: bool = True) -> int:
        secret = _SECRET if genuine else "forged"
        async with httpx.AsyncClient(transport=httpx.ASGITransport(self._app), base_url="http://bot") as http:
            answer = await http.post(f"/webhooks/telegram/{ACCOUNT}", content=body, headers={SECRET_HEADER: secret})
        return answer.status_code
