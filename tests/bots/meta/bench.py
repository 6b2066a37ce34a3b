"""Messenger and Instagram on the bench of the contracts."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import httpx
from fastapi import FastAPI

from bots.channel import Channel
from bots.instagram.platform import INSTAGRAM, INSTAGRAM_LOGIN
from bots.messenger.platform import MESSENGER
from bots.meta.account import MetaAccount, Platform, build_account
from bots.meta.flavour import Flavour
from bots.meta.graph import Endpoint
from bots.meta.messages import parse_event
from bots.meta.reception import Desk, Reception
from bots.meta.webhook import WEBHOOK_PATH, Webhook, build_router
from core.clock import SystemClock
from core.domain.ids import AccountId
from core.domain.messages import InboundKind, InboundMessage
from tests.bots.telegram.kit import MemoryIntake
from tests.emulators import faults, meta_events
from tests.emulators.bench import Arrival, Trouble
from tests.emulators.faults import Fault
from tests.emulators.meta import MetaEmulator, graph_fault
from tests.emulators.meta_push import sign
from tests.emulators.meta_state import APP_SECRET, PAGE, PERSON, TOKEN, VERIFY_TOKEN, MetaState

_FAULTS: dict[Trouble, Fault] = {
    Trouble.WAIT: graph_fault(400, 613),
    Trouble.GONE: graph_fault(400, 551, 1545041),
    Trouble.BAD_MESSAGE: graph_fault(400, 100, 2018109),
    Trouble.TOKEN: graph_fault(401, 190, 463),
    Trouble.SERVER_ERROR: faults.server_error(),
    Trouble.DELIVERED_BUT_SILENT: faults.delivered_but_silent(2),
}


def connect(platform: Platform, base_url: str, *, own_id: str = PAGE) -> MetaAccount:
    by_login = platform.flavour is Flavour.LOGIN
    endpoint = Endpoint(
        TOKEN,
        None if by_login else APP_SECRET,
        node=own_id if by_login else "me",
        base_url=base_url,
        connect_timeout=1,
        read_timeout=0.5,
    )
    return build_account(platform, own_id, endpoint)


class MetaOutbound:
    chat = PERSON
    secrets: Sequence[str] = (TOKEN, APP_SECRET)
    troubles = frozenset({*_FAULTS, Trouble.NOT_CONNECTED})

    def __init__(self, emulator: MetaEmulator, platform: Platform) -> None:
        self._emulator = emulator
        self._platform = platform
        emulator.open_chat()
        self.channel: Channel = connect(platform, emulator.base_url).channel

    def cause(self, trouble: Trouble) -> None:
        if trouble is Trouble.NOT_CONNECTED:
            self.channel = connect(self._platform, "http://127.0.0.1:1").channel
        else:
            self._emulator.script("messages", _FAULTS[trouble])

    def shown(self) -> list[str]:
        return self._emulator.texts()


def emulate(platform: Platform) -> MetaEmulator:
    by_login = platform.flavour is Flavour.LOGIN
    state = MetaState(kind=platform.kind, proof_is_optional=by_login)
    return MetaEmulator(state, name=platform.name, login=by_login)


class MetaInbound:
    arrivals = frozenset(Arrival) - {Arrival.BOT, Arrival.GROUP}

    def __init__(self, platform: Platform) -> None:
        self._platform = platform
        self._intake = MemoryIntake()
        desk = Desk(platform.kind, PAGE, AccountId(platform.name), parse_event)
        reception = Reception(desks=[desk], intake=self._intake, clock=SystemClock())
        self._app = FastAPI()
        self._app.include_router(
            build_router(Webhook(reception=reception, secrets=["another", APP_SECRET], verify_token=VERIFY_TOKEN))
        )

    @property
    def stored(self) -> list[InboundMessage]:
        """Without what is kept as it came: no talk holds it."""
        return [message for message in self._intake.stored if message.kind is not InboundKind.KEPT]

    @property
    def kept(self) -> list[InboundMessage]:
        return [message for message in self._intake.stored if message.kind is InboundKind.KEPT]

    def body(self, arrival: Arrival, *, number: int = 1, text: str = "привіт", sender: int = 7) -> bytes:
        person, mid = str(sender), f"m_{number}"
        events: dict[Arrival, Any] = {
            Arrival.TEXT: meta_events.message(text, mid=mid, sender=person),
            Arrival.OWN: meta_events.echo(text, mid=mid, metadata="seller:5"),
            Arrival.OWNER: meta_events.echo(text, mid=mid),
            Arrival.UNKNOWN_EVENT: meta_events.envelope(sender=person, something_of_next_year={"mid": mid}),
            Arrival.UNKNOWN_ATTACHMENT: meta_events.message(
                None, mid=mid, sender=person, attachments=[{"type": "hologram", "payload": {"url": None}}]
            ),
            Arrival.MALFORMED: {"message": {"text": text}},
        }
        return meta_events.write(meta_events.body(events[arrival], kind=self._platform.kind))

    async def post(self, body: bytes, *, genuine: bool = True) -> int:
        headers = sign(body, APP_SECRET if genuine else "forged")
        async with httpx.AsyncClient(transport=httpx.ASGITransport(self._app), base_url="http://bot") as http:
            return (await http.post(WEBHOOK_PATH, content=body, headers=headers)).status_code

    def break_store(self) -> None:
        self._intake.fail = lambda message: True

    def mend_store(self) -> None:
        self._intake.fail = lambda message: False

    async def request(self, method: str, **parts: Any) -> httpx.Response:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(self._app), base_url="http://bot") as http:
            return await http.request(method, WEBHOOK_PATH, **parts)


PLATFORMS: dict[str, Platform] = {"messenger": MESSENGER, "instagram": INSTAGRAM, "instagram_login": INSTAGRAM_LOGIN}
DOORS: dict[str, Callable[[], MetaInbound]] = {name: partial(MetaInbound, it) for name, it in PLATFORMS.items()}
