"""Keep the webhook registered, and notice when the platform cannot deliver to it."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from telegram import WebhookInfo

from bots.channel import AccountHealth, AccountState
from bots.telegram.client import TelegramClient
from bots.telegram.inbound import ALLOWED_UPDATES
from bots.telegram.pacing import Sleep
from core.ports import Clock

_CONNECTIONS = 40
_DELIVERY_HINT = "PUBLIC_URL must be an https address of this server with a valid certificate, open to the internet"
_TAKEN_HINT = "another program changed this bot's webhook: stop it, then start this one again"


class Registration:
    """Implements Way: the updates themselves come by the route, here is only the look after it."""

    def __init__(
        self,
        *,
        client: TelegramClient,
        url: str,
        secret: str,
        clock: Clock,
        check_every_s: float = 300.0,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self._client = client
        self._url = url
        self._secret = secret
        self._clock = clock
        self._check_every_s = check_every_s
        self._sleep = sleep
        self._checked_at: datetime | None = None

    async def connect(self) -> None:
        await self._client.set_webhook(
            self._url,
            secret_token=self._secret,
            allowed_updates=ALLOWED_UPDATES,
            max_connections=_CONNECTIONS,
            drop_pending_updates=False,
        )
        self._checked_at = self._clock.now()

    async def wait(self) -> Sequence[Any]:
        await self._sleep(self._check_every_s)
        return ()

    async def take(self, updates: Sequence[Any]) -> AccountHealth | None:
        info, now = await self._client.get_webhook_info(), self._clock.now()
        since, self._checked_at = self._checked_at, now
        return inspect(info, self._url, since=since or datetime.min.replace(tzinfo=UTC), now=now)


def inspect(info: WebhookInfo, url: str, *, since: datetime, now: datetime) -> AccountHealth | None:
    """What the platform says of our webhook; None = it delivers. Errors older than `since` are over."""
    if info.url != url:
        return AccountHealth(AccountState.CONFLICT, "the webhook was changed from elsewhere", _TAKEN_HINT, now)
    if info.last_error_date and info.last_error_date >= since:
        reason = f"Telegram cannot deliver ({info.pending_update_count} waiting): {info.last_error_message}"
        return AccountHealth(AccountState.UNREACHABLE, reason, _DELIVERY_HINT, now)
    return None
