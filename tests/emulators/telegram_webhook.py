"""Deliver updates to a webhook as Telegram does: side by side, again and again until a 2xx comes back."""

import asyncio
import contextlib
import time

import httpx

from tests.emulators.telegram_state import TelegramState, Waiting, Webhook

_SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"


class WebhookPusher:
    """`first_delay` and `longest_delay` (seconds) stand for the platform's minutes."""

    def __init__(self, state: TelegramState, *, first_delay: float = 0.02, longest_delay: float = 0.5) -> None:
        self._state = state
        self._first_delay = first_delay
        self._longest_delay = longest_delay
        self._running: set[asyncio.Task[None]] = set()

    async def run(self) -> None:
        async with httpx.AsyncClient(timeout=10, trust_env=False) as client:
            while True:
                hook = self._state.webhook
                for waiting in self._take(hook):
                    task = asyncio.create_task(self._deliver(client, hook, waiting))
                    self._running.add(task)
                    task.add_done_callback(self._running.discard)
                await self._state.arrived.wait(0.02 if hook.url and self._state.queue else 1.0)

    def _take(self, hook: Webhook) -> list[Waiting]:
        if not hook.url:
            return []
        free = hook.max_connections - len(self._running)
        with self._state.lock:
            now = time.monotonic()
            due = [waiting for waiting in self._state.queue if not waiting.in_flight and waiting.not_before <= now]
            for waiting in due[:free]:
                waiting.in_flight = True
            return due[:free]

    async def _deliver(self, client: httpx.AsyncClient, hook: Webhook, waiting: Waiting) -> None:
        waiting.attempts += 1
        status, retry_after = 0, 0.0
        with contextlib.suppress(httpx.HTTPError):
            headers = {_SECRET_HEADER: hook.secret} if hook.secret else {}
            response = await client.post(hook.url, json=waiting.update, headers=headers)
            status = response.status_code
            with contextlib.suppress(ValueError):
                retry_after = float(response.headers.get("retry-after", 0))
        self._settle(hook, waiting, status, retry_after)

    def _settle(self, hook: Webhook, waiting: Waiting, status: int, retry_after: float) -> None:
        with self._state.lock:
            self._state.deliveries.append((waiting.update["update_id"], status))
            waiting.in_flight = False
            if 200 <= status < 300:
                with contextlib.suppress(ValueError):
                    self._state.queue.remove(waiting)
            else:
                hook.last_error = f"Wrong response from the webhook: {status}" if status else "Connection refused"
                hook.last_error_at = int(time.time())
                delay = min(self._first_delay * 2 ** (waiting.attempts - 1), self._longest_delay)
                waiting.not_before = time.monotonic() + max(delay, min(retry_after, self._longest_delay))
        self._state.arrived.notify()
