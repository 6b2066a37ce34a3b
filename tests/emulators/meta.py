"""A loopback page or Instagram account: the Graph API on one side, signed webhooks on the other."""

import asyncio
import random
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Route

from tests.emulators.faults import Fault, FaultScript
from tests.emulators.meta_errors import FAULTS
from tests.emulators.meta_graph import GraphDesk, GraphRoutes
from tests.emulators.meta_people import MetaPeople
from tests.emulators.meta_push import WebhookPusher
from tests.emulators.meta_send import GraphError, check_proof, send
from tests.emulators.meta_state import MetaState
from tests.emulators.served import Served
from tests.emulators.weather import Weather

APP_ID = 1


def graph_fault(status: int, code: int, subcode: int | None = None, **more: Any) -> Fault:
    return Fault(status, parameters={"code": code, **({"error_subcode": subcode} if subcode else {})}, **more)


class MetaEmulator(Served, MetaPeople):
    """Implements Platform. `echoes`: whether what was sent comes back; `echo_first` is the share of sends whose echo is
    delivered before they are answered."""

    def __init__(
        self,
        state: MetaState | None = None,
        *,
        name: str = "messenger",
        echoes: bool = True,
        echo_first: float = 0.0,
        weather: Weather | None = None,
        login: bool = False,
    ) -> None:
        self.name = name
        self.state = state or MetaState()
        self.desk = GraphDesk(login=login)
        self.by_login = login
        self.faults = FaultScript()
        self.pusher = WebhookPusher(self.state, weather=weather)
        self.early_echoes = 0
        self._echoes = echoes
        self._echo_first = echo_first
        self._dice = random.Random(name)

    @property
    def base_url(self) -> str:
        return f"{self.address}/{self.name}"

    def routes(self) -> Sequence[BaseRoute]:
        messages = Route(f"/{self.name}/{{version}}/{{node}}/messages", self._messages, methods=["POST"])
        return [messages, *GraphRoutes(self.name, self.state, self.desk, self.faults, _show).routes()]

    def tasks(self) -> Sequence[Callable[[], Awaitable[None]]]:
        return [self.pusher.run]

    def advance(self, seconds: float) -> None:
        """The platform's clock, on which windows close."""
        self.state.clock.advance(seconds)

    def listen(self, url: str) -> None:
        """Where the webhooks go."""
        self.pusher.url = url
        self.state.arrived.notify()

    # What goes wrong

    def script(self, method: str, *faults: Fault) -> None:
        self.faults.add(method, *faults)

    def fail(self, *names: str) -> None:
        """The next sends meet these rows of the error table. Raises LookupError for a name that it has not."""
        self.faults.add("messages", *(FAULTS[name] for name in names))

    def describe(self) -> Mapping[str, Any]:
        state = self.state
        with state.lock:
            return {
                "node": state.node,
                "now": state.now,
                "webhook": self.pusher.url,
                "subscribed": state.is_subscribed,
                "deliveries": state.deliveries,
                "seen": [seen.as_json() for seen in state.seen],
                "errors": sorted(FAULTS),
            }

    def actions(self) -> Mapping[str, Callable[..., Any]]:
        return {name: getattr(self, name) for name in _ACTIONS} | {
            "inject": lambda events, way="messaging": self.inject(*events, way=way).is_over,
            "fail": lambda names: self.fail(*names),
            "clear_faults": self.faults.clear,
        }

    # The Graph API

    async def _messages(self, request: Request) -> Response:
        fault = self.faults.take("messages")
        if fault is not None and not fault.delivered:
            return await _show(fault)
        try:
            given = await request.json()
            check_proof(self.state, request.headers.get("authorization", ""), given)
            if request.path_params["node"] not in (self.state.node, "me"):
                raise GraphError(400, 100, 33, "Unsupported post request")
            answer = send(self.state, given)
        except GraphError as error:
            return JSONResponse(error.body, status_code=error.status)
        if self._echoes and "message_id" in answer:
            await self._echo(answer, given["message"])
        return await _show(fault) if fault else JSONResponse(answer, headers=dict(self.desk.usage))

    async def _echo(self, answer: Mapping[str, Any], sent: Mapping[str, Any]) -> None:
        """On its way at once; sometimes it is there before the answer is."""
        parcel = self.bring_back(sent, mid=answer["message_id"], to=answer["recipient_id"], app_id=APP_ID)
        if self._dice.random() < self._echo_first:
            self.early_echoes += 1
            await self.pusher.settle(parcel)


_ACTIONS = (
    "say", "attach", "tap", "begin", "come_from", "edit", "unsend", "react", "read", "comment", "answer_by_hand",
    "hold_elsewhere", "give_back", "open_chat", "block", "unblock", "advance", "listen", "redeliver",
)  # fmt: skip


async def _show(fault: Fault) -> Response:
    await asyncio.sleep(fault.hang)
    if fault.drop:
        return StreamingResponse(_cut_off(), headers={"content-length": "1000"})
    if fault.body is not None:
        return HTMLResponse(fault.body, status_code=fault.code)
    return JSONResponse({"error": {"message": fault.description, **fault.parameters}}, status_code=fault.code or 500)


async def _cut_off() -> Any:
    yield b'{"recipient'
    raise ConnectionAbortedError("scripted")
