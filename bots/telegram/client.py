"""The typed client of the Bot API, with our timeouts, raw updates, and a name that does not tell its token."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from telegram import Bot
from telegram.request import HTTPXRequest

API = "https://api.telegram.org/bot"
_LOOPBACK = {"127.0.0.1", "::1", "localhost"}
_CONNECTIONS = 64


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where the Bot API is and how long it may take (seconds)."""

    base_url: str
    base_file_url: str
    connect_timeout: float
    read_timeout: float


class TelegramClient(Bot):
    """Usable at once: nothing is asked of the platform until the first call."""

    def __init__(self, token: str, endpoint: Endpoint) -> None:
        super().__init__(
            token,
            base_url=endpoint.base_url,
            base_file_url=endpoint.base_file_url,
            request=_build_request(endpoint, _CONNECTIONS),
            get_updates_request=_build_request(endpoint, 2),
        )

    def __repr__(self) -> str:
        return f"TelegramClient[{self._token.partition(':')[0]}]"

    async def fetch_updates(self, offset: int | None, wait_s: int, allowed: Sequence[str]) -> list[Mapping[str, Any]]:
        """Updates as they came, so that one broken update does not hide its neighbours. Waits up to `wait_s`."""
        data = {"offset": offset, "timeout": wait_s, "limit": 100, "allowed_updates": list(allowed)}
        patience = (self._request[0].read_timeout or 0) + wait_s
        updates: list[Mapping[str, Any]] = await self._post("getUpdates", data, read_timeout=patience)
        return updates

    async def close_connections(self) -> None:
        for request in self._request:
            await request.shutdown()


def _build_request(endpoint: Endpoint, connections: int) -> HTTPXRequest:
    # A proxy of the environment leads out into the world, never to this machine.
    is_local = urlsplit(endpoint.base_url).hostname in _LOOPBACK
    return HTTPXRequest(
        connection_pool_size=connections,
        connect_timeout=endpoint.connect_timeout,
        read_timeout=endpoint.read_timeout,
        write_timeout=endpoint.read_timeout,
        pool_timeout=endpoint.connect_timeout,
        httpx_kwargs={"trust_env": not is_local},
    )
