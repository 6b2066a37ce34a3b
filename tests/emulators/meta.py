"""A loopback page or Instagram account: the Graph API on one side, signed webhooks on the other."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from types import TracebackType
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Route

from tests.emulators.faults import Fault, FaultScript
from tests.emulators.loopback import LoopbackServer
from tests.emulators.meta_events import body, echo, message
from tests.emulators.meta_graph import GraphDesk, GraphRoutes
from tests.emulators.meta_push import WebhookPusher
from tests.emulators.meta_send import GraphError, check_proof, send
from tests.emulators.meta_state import PERSON, MetaState, Seen
from tests.emulators.platform import build_app


def graph_fault(status: int, code: int, subcode: int | None = None, **more: Any) -> Fault:
    return Fault(status, parameters={"code": code, **({"error_subcode": subcode} if subcode else {})}, **more)


class MetaEmulator:
    """As a context manager it serves itself; among other platforms `build_app` serves it."""

    def __init__(
        self, state: MetaState | None = None, *, name: str = "messenger", echoes: bool = True, login: bool = False
    ) -> None:
        self.name = name
        self.state = state or MetaState()
        self.desk = GraphDesk(login=login)
        self.faults = FaultScript()
        self.pusher = WebhookPusher(self.state)
        self._echoes = echoes
        self._server: LoopbackServer | None = None

    def __enter__(self) -> "MetaEmulator":
        self._server = LoopbackServer(build_app([self])).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._server is not None:
            self._server.stop()

    @property
    def base_url(self) -> str:
        if self._server is None:
            raise RuntimeError("the emulator is not serving by itself")
        return f"{self._server.address}/{self.name}"

    def routes(self) -> Sequence[BaseRoute]:
        messages = Route(f"/{self.name}/{{version}}/{{node}}/messages", self._messages, methods=["POST"])
        return [messages, *GraphRoutes(self.name, self.state, self.desk, self.faults, _show).routes()]

    def tasks(self) -> Sequence[Callable[[], Awaitable[None]]]:
        return [self.pusher.run]

    # People

    def say(self, text: str, *, person: str = PERSON, **parts: Any) -> None:
        self.open_chat(person)
        self.inject(message(text, mid=self.state.number(), sender=person, **parts))

    def answer_by_hand(self, text: str, *, to: str = PERSON) -> None:
        """Somebody of the firm writes in the platform's own application."""
        self.inject(echo(text, mid=self.state.number(), to=to, own_id=self.state.node, app_id=26390203743090))

    def inject(self, *events: Any) -> None:
        """Any events, in one delivery."""
        self.pusher.push(body(*events, kind=self.state.kind, own_id=self.state.node))

    def open_chat(self, person: str = PERSON) -> None:
        with self.state.lock:
            self.state.wrote_at[person] = self.state.now

    def block(self, person: str = PERSON) -> None:
        self.state.blocked.add(person)

    def advance(self, seconds: float) -> None:
        self.state.now += seconds

    def listen(self, url: str) -> None:
        """Where the webhooks go."""
        self.pusher.url = url

    # What goes wrong, what was seen

    def script(self, method: str, *faults: Fault) -> None:
        self.faults.add(method, *faults)

    def seen(self, person: str = PERSON) -> list[Seen]:
        with self.state.lock:
            return [seen for seen in self.state.seen if seen.recipient == person]

    def texts(self, person: str = PERSON) -> list[str]:
        return [seen.text for seen in self.seen(person)]

    def describe(self) -> Mapping[str, Any]:
        state = self.state
        with state.lock:
            return {"node": state.node, "now": state.now, "seen": [seen.as_json() for seen in state.seen]}

    def actions(self) -> Mapping[str, Callable[..., Any]]:
        names = ("say", "answer_by_hand", "inject", "open_chat", "block", "advance", "listen")
        return {name: getattr(self, name) for name in names}

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
            self._bring_back(answer, given["message"])
        return await _show(fault) if fault else JSONResponse(answer, headers=dict(self.desk.usage))

    def _bring_back(self, answer: Mapping[str, Any], sent: Mapping[str, Any]) -> None:
        """The echo, which may be quicker than the answer."""
        parts = {"metadata": sent.get("metadata"), "app_id": 1}
        self.inject(
            echo(str(sent.get("text") or ""), mid=answer["message_id"], to=answer["recipient_id"],
                 own_id=self.state.node, **parts)
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
