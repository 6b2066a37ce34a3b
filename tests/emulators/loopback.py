"""Serve an ASGI application on a free port of the loopback, from a thread of its own."""

import asyncio
import threading
import time
from types import TracebackType
from typing import Any

import uvicorn


class _Server(uvicorn.Server):
    """Stops at once instead of looking ten times a second whether it should."""

    async def main_loop(self) -> None:
        self._loop, self._ended = asyncio.get_running_loop(), asyncio.Event()
        await self.on_tick(0)
        await self._ended.wait()

    def end(self) -> None:
        self.should_exit = True
        self._loop.call_soon_threadsafe(self._ended.set)


class LoopbackServer:
    """Use as a context manager. `address` is known once it has started."""

    def __init__(self, app: Any, *, port: int = 0) -> None:
        config = uvicorn.Config(
            app,
            host="127.0.0.1",
            port=port,
            log_config=None,
            access_log=False,
            ws="none",
            timeout_graceful_shutdown=0,
            date_header=False,
        )
        self.address = ""
        self._server = _Server(config)
        self._thread = threading.Thread(target=self._run, daemon=True, name="loopback")

    def _run(self) -> None:
        asyncio.run(self._server.serve())

    def start(self) -> "LoopbackServer":
        self._thread.start()
        deadline = time.monotonic() + 10
        while not self._server.started:
            if time.monotonic() > deadline or not self._thread.is_alive():
                raise RuntimeError("the loopback server did not start")
            time.sleep(0.005)
        self.address = f"http://127.0.0.1:{self._server.servers[0].sockets[0].getsockname()[1]}"
        return self

    def stop(self) -> None:
        self._server.end()
        self._thread.join(timeout=10)

    def wait(self) -> None:
        self._thread.join()

    def __enter__(self) -> "LoopbackServer":
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
