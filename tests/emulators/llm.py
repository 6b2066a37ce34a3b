"""A loopback stand-in of a models' house: the real HTTP interface, scripted answers and troubles, a prefix cache."""

import asyncio
import hashlib
import json
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from tests.emulators import llm_answers as answers
from tests.emulators.llm_answers import Answer, Body, Say
from tests.emulators.llm_shapes import MINIMUM_CACHED, SHAPES, Shape
from tests.emulators.loopback import LoopbackServer


class ModelServer:
    """Gives the answers in turn; the last one stays. Remembers what it was asked, and with which key."""

    def __init__(self, shape: Shape, *, key: str | None = None) -> None:
        self._shape = shape
        self._key = key
        self._cached: set[str] = set()
        self._server: LoopbackServer | None = None
        self.answers: list[Answer] = [Say("Вітаю!")]
        self.bodies: list[Body] = []
        self.keys: list[str | None] = []
        self.paid: list[tuple[int, int]] = []
        """(tokens read, tokens written) of every answer that a real house would put on the bill."""
        self.url = ""

    def start(self) -> None:
        route = Route(f"{self._shape.base}{self._shape.path}", self._respond, methods=["POST"])
        self._server = LoopbackServer(Starlette(routes=[route])).start()
        self.url = f"{self._server.address}{self._shape.base}"

    def stop(self) -> None:
        """From now on nobody answers at this address."""
        if self._server:
            self._server.stop()
            self._server = None

    async def _respond(self, request: Request) -> Response:
        body: Body = json.loads(await request.body())
        self.bodies.append(body)
        self.keys.append(self._shape.key(request.headers))
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if self._key and self.keys[-1] != self._key:
            return self._refuse(answers.Refuse(401, echo=str(self.keys[-1])))
        fault = self._shape.fault(body, request.headers)
        if fault:
            return JSONResponse(self._shape.error(400, fault[1], fault[0]), 400)
        return await self._give(answer, body)

    async def _give(self, answer: Answer, body: Body) -> Response:
        match answer:
            case Say():
                await asyncio.sleep(answer.after)
                return JSONResponse(self._say(answer, body))
            case answers.Refuse():
                return self._refuse(answer)
            case answers.Cut():
                return _Cut()
            case answers.Hang():
                await asyncio.sleep(answer.seconds)
                return Response("too late")
            case answers.Send():
                return Response(answer.content, media_type=answer.media_type)
            case answers.Redirect():
                return Response(status_code=307, headers={"location": answer.to})
            case answers.Flood():
                return StreamingResponse(_flood(answer.megabytes), media_type="application/json")

    def _say(self, answer: Say, body: Body) -> Body:
        text = answer.text(body) if callable(answer.text) else answer.text
        usage = self._count(answer, body, text or "")
        self.paid.append(usage[:2])
        return self._shape.answer(body, text, answer.finish, usage if answer.counts else None)

    def _count(self, answer: Say, body: Body, text: str) -> tuple[int, int, int]:
        """Tokens as four bytes each; a stable part that came before was cached."""
        stable = (self._shape.stable(body) or "").encode()
        digest = hashlib.sha256(stable).hexdigest()
        hit = digest in self._cached
        if len(stable) >= MINIMUM_CACHED:
            self._cached.add(digest)
        if answer.usage:
            return (*answer.usage, 0)
        return len(json.dumps(body, ensure_ascii=False).encode()) // 4, len(text.encode()) // 4, len(stable) // 4 * hit

    def _refuse(self, refusal: answers.Refuse) -> Response:
        headers = {"retry-after": refusal.retry_after} if refusal.retry_after else {}
        message = f"no {refusal.blames or ''} {refusal.echo}".strip()
        return JSONResponse(self._shape.error(refusal.status, message, refusal.blames), refusal.status, headers)


class _Cut(Response):
    """Promises more than it sends: the server can only drop the connection then."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = [(b"content-type", b"application/json"), (b"content-length", b"100000")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": b'{"id": "1", "cho', "more_body": True})


async def _flood(megabytes: int) -> AsyncIterator[bytes]:
    for _ in range(megabytes):
        yield b"a" * 1_000_000


@contextmanager
def run_model_server(kind: str, *, key: str | None = None) -> Iterator[ModelServer]:
    """`kind`: openai, anthropic or gemini. With a key, any other is refused."""
    server = ModelServer(SHAPES[kind], key=key)
    server.start()
    try:
        yield server
    finally:
        server.stop()
