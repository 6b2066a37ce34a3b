"""Requests a second and their times, by wrk where it is installed, else by raw sockets from a process of our own."""

import asyncio
import json
import re
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks.figures import percentile

HERE = Path(__file__).resolve().parents[1]

_SCRIPT = """
local number = {first}
request = function()
  number = number + 1
  local body = string.format('{body}', number, number, number % {chats}, number % {chats})
  return wrk.format("POST", "{path}", {{["Content-Type"] = "application/json", ["{header}"] = "{secret}"}}, body)
end
done = function(summary, latency)
  io.write(string.format("p50 %.3f\\np99 %.3f\\nwrong %d\\n", latency:percentile(50) / 1000,
    latency:percentile(99) / 1000, summary.errors.status + summary.errors.timeout + summary.errors.read))
end
"""
_BODY = (
    '{"update_id": %d, "message": {"message_id": %d, "date": 1780000000, '
    '"chat": {"id": %d, "type": "private", "first_name": "Olena"}, '
    '"from": {"id": %d, "is_bot": false, "first_name": "Olena", "language_code": "uk"}, '
    '"text": "' + "Скільки коштує доставка у Львів? " * 5 + '"}}'
)


@dataclass(frozen=True, slots=True)
class Target:
    """`first` keeps the numbers of updates apart from run to run: a known one is no new message."""

    port: int
    path: str
    header: str
    secret: str
    first: int
    chats: int = 1000


@dataclass(frozen=True, slots=True)
class Measured:
    per_s: float
    p50_ms: float
    p99_ms: float
    wrong: int
    by: str


def has_wrk() -> bool:
    return shutil.which("wrk") is not None


def press(target: Target, *, connections: int, seconds: float) -> Measured:
    """As fast as so many connections can."""
    if has_wrk():
        return _press_with_wrk(target, connections, seconds)
    order = {**asdict(target), "connections": connections, "seconds": seconds}
    told = subprocess.run(
        [sys.executable, "-m", __name__, json.dumps(order)], cwd=HERE, check=True, capture_output=True, text=True
    )
    return Measured(**json.loads(told.stdout))


def _press_with_wrk(target: Target, connections: int, seconds: float) -> Measured:
    script = _SCRIPT.format(
        first=target.first,
        body=_BODY.replace("'", ""),
        chats=target.chats,
        path=target.path,
        header=target.header,
        secret=target.secret,
    )
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as file:
        file.write(script)
        file.flush()
        at = f"http://127.0.0.1:{target.port}"
        order = ["wrk", "-t1", f"-c{connections}", f"-d{max(1, round(seconds))}s", "-s", file.name, at]
        told = subprocess.run(order, check=True, capture_output=True, text=True).stdout
    found = {name: float(value) for name, value in re.findall(r"^(p50|p99|wrong|Requests/sec:)\s+([\d.]+)", told, re.M)}
    return Measured(found["Requests/sec:"], found["p50"], found["p99"], int(found["wrong"]), "wrk")


def build_request(target: Target, number: int, chat: int) -> bytes:
    return wrap(target, (_BODY % (number, number, chat, chat)).encode())


def wrap(target: Target, body: bytes) -> bytes:
    head = (
        f"POST {target.path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
        f"{target.header}: {target.secret}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


class Caller:
    """One connection kept open."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def call(self, request: bytes) -> tuple[int, float]:
        """The status, and the milliseconds until the answer was there."""
        if self._streams is None:
            self._streams = await asyncio.open_connection("127.0.0.1", self._port)
        reader, writer = self._streams
        began = time.perf_counter()
        writer.write(request)
        head = await reader.readuntil(b"\r\n\r\n")
        length = re.search(rb"content-length: (\d+)", head, re.I)
        if length:
            await reader.readexactly(int(length[1]))
        return int(head.split(b" ", 2)[1]), (time.perf_counter() - began) * 1000

    def close(self) -> None:
        if self._streams:
            self._streams[1].close()


async def _press_by_ourselves(target: Target, connections: int, seconds: float) -> Measured:
    samples: list[float] = []
    wrong = 0
    number = target.first
    until = time.perf_counter() + seconds

    async def connection() -> None:
        nonlocal number, wrong
        caller = Caller(target.port)
        while time.perf_counter() < until:
            number += 1
            status, took = await caller.call(build_request(target, number, number % target.chats))
            samples.append(took)
            wrong += status != 200
        caller.close()

    await asyncio.gather(*(connection() for _ in range(connections)))
    return Measured(
        len(samples) / seconds, percentile(samples, 0.5), percentile(samples, 0.99), wrong, "our own sockets"
    )


if __name__ == "__main__":
    given = json.loads(sys.argv[1])
    many, long = given.pop("connections"), given.pop("seconds")
    print(json.dumps(asdict(asyncio.run(_press_by_ourselves(Target(**given), many, long)))))
