"""Deliver signed webhooks as Meta does: again and again until a 2xx comes back."""

import asyncio
import contextlib
import hashlib
import hmac
from collections import deque
from collections.abc import Mapping
from typing import Any

import httpx

from tests.emulators.meta_events import write
from tests.emulators.meta_state import MetaState


class WebhookPusher:
    """`delay` (seconds) stands for the platform's pauses between attempts. One delivery at a time."""

    def __init__(self, state: MetaState, *, delay: float = 0.02) -> None:
        self.url = ""
        self._state = state
        self._delay = delay
        self._queue: deque[bytes] = deque()

    def push(self, payload: Mapping[str, Any]) -> None:
        with self._state.lock:
            self._queue.append(write(payload))
        self._state.arrived.notify()

    def take_all(self) -> list[bytes]:
        """What waits, for a test that hands it over itself."""
        with self._state.lock:
            waiting = list(self._queue)
            self._queue.clear()
            return waiting

    def duplicate(self) -> None:
        """What waits is delivered twice."""
        with self._state.lock:
            self._queue.extend(list(self._queue))

    async def run(self) -> None:
        async with httpx.AsyncClient(timeout=10, trust_env=False) as client:
            while True:
                if not self.url or not self._queue:
                    await self._state.arrived.wait(0.02 if self._queue else 1.0)
                    continue
                await self._deliver(client, self._queue.popleft())

    async def _deliver(self, client: httpx.AsyncClient, raw: bytes) -> None:
        status = 0
        with contextlib.suppress(httpx.HTTPError):
            response = await client.post(self.url, content=raw, headers=sign(raw, self._state.app_secret))
            status = response.status_code
        self._state.deliveries.append(status)
        if not 200 <= status < 300:
            await asyncio.sleep(self._delay)
            self._queue.appendleft(raw)


def sign(raw: bytes, secret: str) -> dict[str, str]:
    digest = hmac.new(secret.encode(), raw, hashlib.sha256).hexdigest()
    old = hmac.new(secret.encode(), raw, hashlib.sha1).hexdigest()
    return {
        "X-Hub-Signature-256": f"sha256={digest}",
        "X-Hub-Signature": f"sha1={old}",
        "Content-Type": "application/json",
    }
