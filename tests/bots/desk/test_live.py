import asyncio
import contextlib
from collections.abc import AsyncIterator

import pytest
from fastapi import FastAPI
from starlette.types import Message

from bots.access import SESSION_COOKIE
from bots.desk.live import build_live
from core.domain.ids import ConversationId
from core.storage import users
from tests.bots.desk.demo import Demo


class Stream:
    """One open stream: what came down so far."""

    def __init__(self) -> None:
        self.text = ""
        self.status = 0
        self.came = asyncio.Event()

    async def send(self, message: Message) -> None:
        self.status = message.get("status", self.status)
        self.text += message.get("body", b"").decode()
        self.came.set()

    async def until(self, words: str) -> None:
        async with asyncio.timeout(5):
            while words not in self.text:
                self.came.clear()
                await self.came.wait()


@pytest.fixture
async def cookie(demo: Demo) -> str:
    user = await demo.database.read(lambda conn: users.find_user(conn, "petro"))
    assert user
    return f"{SESSION_COOKIE}={await demo.parts.access.open_session(user)}"


@contextlib.asynccontextmanager
async def listen(demo: Demo, cookie: str, heartbeat_s: float = 15) -> AsyncIterator[tuple[Stream, asyncio.Task[None]]]:
    app = FastAPI()
    app.include_router(build_live(demo.parts, heartbeat_s))
    scope = {
        "type": "http", "method": "GET", "path": "/desk/events", "query_string": b"", "http_version": "1.1",
        "headers": [(b"cookie", cookie.encode()), (b"accept", b"text/event-stream")], "client": ("10.0.0.9", 1),
    }  # fmt: skip
    stream, gone = Stream(), asyncio.Event()

    async def receive() -> Message:
        await gone.wait()
        return {"type": "http.disconnect"}

    task = asyncio.create_task(app(scope, receive, stream.send))
    yield stream, task
    gone.set()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def test_an_open_page_hears_which_conversation_changed(demo: Demo, cookie: str) -> None:
    async with listen(demo, cookie) as (stream, _):
        await stream.until(": open")
        demo.parts.changes.tell(ConversationId(7))
        await stream.until('event: changed\ndata: {"conversation": 7}\n\n')
        assert "Вітаю" not in stream.text


async def test_a_stranger_hears_nothing(demo: Demo) -> None:
    async with listen(demo, "") as (stream, task):
        await asyncio.wait_for(task, 5)
        assert (stream.status, stream.text) == (401, "")


async def test_the_stream_ends_when_its_reader_is_signed_out(demo: Demo, cookie: str) -> None:
    async with listen(demo, cookie, heartbeat_s=0.02) as (stream, task):
        await stream.until(": still here")
        await demo.parts.access.close_session(cookie.partition("=")[2])
        await asyncio.wait_for(task, 5)


async def test_a_page_that_is_closed_stops_listening(demo: Demo, cookie: str) -> None:
    async with listen(demo, cookie) as (stream, _):
        await stream.until(": open")
        assert len(demo.parts.changes._listeners) == 1
    assert len(demo.parts.changes._listeners) == 0
