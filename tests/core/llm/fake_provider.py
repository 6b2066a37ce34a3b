"""A loopback server that speaks OpenAI's chat completions and fails as it is told to."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import uvicorn
from fastapi import FastAPI, Request, Response
from fastapi.responses import JSONResponse

Answer = Callable[[dict[str, Any]], Awaitable[Response]]


def say(text: str | None, *, finish: str = "stop", usage: tuple[int, int] | None = (100, 20)) -> Answer:
    async def answer(body: dict[str, Any]) -> Response:
        choice = {"index": 0, "finish_reason": finish, "message": {"role": "assistant", "content": text}}
        content: dict[str, Any] = {
            "id": "1",
            "object": "chat.completion",
            "created": 1,
            "model": f"{body['model']}-2026",
        }
        content["choices"] = [choice]
        if usage:
            content["usage"] = {
                "prompt_tokens": usage[0],
                "completion_tokens": usage[1],
                "total_tokens": sum(usage),
            }
        return JSONResponse(content)

    return answer


def refuse(status: int, *, param: str | None = None, echo: str = "", retry_after: str | None = None) -> Answer:
    async def answer(body: dict[str, Any]) -> Response:
        headers = {"retry-after": retry_after} if retry_after else {}
        error = {"message": f"no {echo}", "type": "error", "param": param, "code": "refused"}
        return JSONResponse({"error": error}, status, headers)

    return answer


def send(content: str, media_type: str = "application/json") -> Answer:
    async def answer(body: dict[str, Any]) -> Response:
        return Response(content, media_type=media_type)

    return answer


def hang(seconds: float) -> Answer:
    async def answer(body: dict[str, Any]) -> Response:
        await asyncio.sleep(seconds)
        return Response("too late")

    return answer


class FakeProvider:
    """Gives the answers in turn; the last one stays."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.answers: list[Answer] = [say("Вітаю!")]
        self.bodies: list[dict[str, Any]] = []
        self.keys: list[str | None] = []

    async def respond(self, request: Request) -> Response:
        body = await request.json()
        self.bodies.append(body)
        self.keys.append(request.headers.get("authorization"))
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        return await answer(body)


@contextlib.asynccontextmanager
async def run_provider() -> AsyncIterator[FakeProvider]:
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    provider = FakeProvider(f"http://127.0.0.1:{listener.getsockname()[1]}/v1")
    app = FastAPI()
    app.add_api_route("/v1/chat/completions", provider.respond, methods=["POST"])
    server = uvicorn.Server(uvicorn.Config(app, log_level="critical", lifespan="off"))
    serving = asyncio.create_task(server.serve(sockets=[listener]))
    while not server.started:  # noqa: ASYNC110 - uvicorn tells it no other way
        await asyncio.sleep(0.005)
    yield provider
    server.should_exit = server.force_exit = True
    await serving
