"""Two whole servers, each a process of its own, on one PostgreSQL: started together, killed, stopped in order."""

import asyncio
import contextlib
import os
import signal
import socket
import sys
from asyncio.subprocess import PIPE, STDOUT, Process
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import httpx
import psycopg
import pytest

from tests.servers import fresh_postgres

pytestmark = pytest.mark.slow

IN_ORDER = (0, -signal.SIGTERM)
"""uvicorn stops everything first and then dies of the signal that told it to."""


@pytest.fixture
def url() -> Iterator[str]:
    """Empty: the servers make the tables."""
    with fresh_postgres() as url:
        yield url


class Server:
    def __init__(self, process: Process, port: int) -> None:
        self.process = process
        self.client = httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", trust_env=False, timeout=20)

    async def ready(self) -> None:
        async with asyncio.timeout(90):
            while True:
                with contextlib.suppress(httpx.TransportError):
                    if (await self.client.get("/healthz")).status_code == 200:
                        return
                assert self.process.returncode is None, await self.said()
                await asyncio.sleep(0.05)

    async def health(self) -> dict[str, Any]:
        told: dict[str, Any] = (await self.client.get("/healthz")).json()
        return told

    async def said(self) -> str:
        assert self.process.stdout
        return (await self.process.stdout.read()).decode()

    async def end(self, number: signal.Signals, limit: float) -> int:
        if self.process.returncode is None:
            os.kill(self.process.pid, number)
        async with asyncio.timeout(limit):
            return await self.process.wait()


@contextlib.asynccontextmanager
async def running(folder: Path, url: str) -> AsyncIterator[Server]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = ["-m", "tests.bots.server_process", str(folder), url, str(port)]
    process = await asyncio.create_subprocess_exec(sys.executable, *command, stdout=PIPE, stderr=STDOUT)
    server = Server(process, port)
    try:
        yield server
    finally:
        await server.end(signal.SIGKILL, 20)
        await server.client.aclose()


async def answered(server: Server, visitors: list[str], limit: float = 60) -> dict[str, int]:
    """How many replies each visitor has, once all have one."""
    counts: dict[str, int] = {}
    async with asyncio.timeout(limit):
        while len(counts) < len(visitors):
            for visitor in visitors:
                shown = (await server.client.get(f"/api/v1/webchat/{visitor}/messages")).json()["messages"]
                turns = [message for message in shown if message["direction"] == "out"]
                if turns:
                    counts[visitor] = len(turns)
            await asyncio.sleep(0.05)
    return counts


async def say(server: Server, visitor: str, text: str = "/start") -> bool:
    """Whether it was accepted: 202 means it will be answered."""
    with contextlib.suppress(httpx.TransportError):
        answer = await server.client.post(f"/api/v1/webchat/{visitor}/messages", json={"text": text, "id": "1"})
        return answer.status_code == 202
    return False


def turns_of(url: str) -> list[tuple[int, int]]:
    """(talk, how many turns it had)."""
    with psycopg.connect(url) as connection:
        return connection.execute("select conversation_id, count(*) from turns group by 1").fetchall()


async def test_two_servers_start_together_on_an_empty_database_and_one_outlives_the_other(
    url: str, tmp_path: Path
) -> None:
    async with running(tmp_path / "one", url) as one, running(tmp_path / "two", url) as two:
        await asyncio.gather(one.ready(), two.ready())
        assert {(await one.health())["process"], (await two.health())["process"]} == {"seller-1", "seller-2"}

        talks = [f"both-{number}" for number in range(10)]
        for number, visitor in enumerate(talks):
            assert await say(two if number % 2 else one, visitor)
        await answered(one, talks)
        assert {count for _, count in turns_of(url)} == {1}

        accepted: list[str] = []

        async def press(prefix: str) -> None:
            for number in range(60):
                visitor = f"{prefix}-{number}"
                if await say(one, visitor):
                    accepted.append(visitor)

        pressing = asyncio.gather(*(press(f"load-{number}") for number in range(4)))
        while len(accepted) < 20:  # noqa: ASYNC110 - under load until then
            await asyncio.sleep(0.01)
        assert await one.end(signal.SIGKILL, 20) == -signal.SIGKILL
        await pressing

        await answered(two, accepted)
        await asyncio.sleep(1)
        assert {count for _, count in turns_of(url)} == {1}, "nobody was answered twice"
        async with asyncio.timeout(30):
            while len((await two.health())["processes"]) > 1:  # noqa: ASYNC110 - as a monitor would
                await asyncio.sleep(0.1)

        assert await two.end(signal.SIGTERM, 15) in IN_ORDER
        assert "Traceback" not in await two.said()


async def test_a_server_that_is_stopped_in_the_middle_of_turns_ends_in_seconds_and_the_next_one_answers(
    url: str, tmp_path: Path
) -> None:
    async with running(tmp_path / "one", url) as one:
        await one.ready()
        streams = [one.client.stream("GET", f"/api/v1/webchat/stop-{number}/events") for number in range(3)]
        async with contextlib.AsyncExitStack() as open_pages:
            for stream in streams:
                await open_pages.enter_async_context(stream)
            talks = [f"stop-{number}" for number in range(30)]
            accepted = [visitor for visitor in talks if await say(one, visitor)]
            assert await one.end(signal.SIGTERM, 15) in IN_ORDER
        assert "Traceback" not in await one.said()
    async with running(tmp_path / "one", url) as next_one:
        await next_one.ready()
        await answered(next_one, accepted)
        assert {count for _, count in turns_of(url)} == {1}
        assert list((await next_one.health())["processes"]) == ["seller-1"], "it has its name again"
