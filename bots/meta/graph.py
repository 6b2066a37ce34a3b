"""The Graph API, asynchronously: one POST, one clear result, and never a second POST for the same message."""

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

import httpx
import structlog

from bots.meta.answer import Answer
from bots.meta.refusals import judge_answer, judge_failure
from bots.meta.signature import prove
from bots.redact import hide_tokens
from core.domain.sending import SendResult

log = structlog.get_logger()

FACEBOOK: Final = "https://graph.facebook.com"
INSTAGRAM: Final = "https://graph.instagram.com"
VERSION: Final = "v26.0"

_USAGE_HEADERS: Final = ("x-app-usage", "x-business-use-case-usage")
_FULL: Final = 90
"""Per cent of a limit at which it is time to say so."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One account at one host. The secrets are in no repr; the token travels in a header, so that no address has it."""

    token: str = field(repr=False)
    app_secret: str | None = field(default=None, repr=False)
    node: str = "me"
    """Whose messages: the token's own account."""
    base_url: str = FACEBOOK
    version: str = VERSION
    connect_timeout: float = 5.0
    read_timeout: float = 20.0


class GraphApi:
    """Use on one event loop; `close` when done."""

    def __init__(self, endpoint: Endpoint) -> None:
        self.endpoint = endpoint
        self.usage = 0.0
        """Per cent of the most used limit, as the platform last told."""
        headers = {"Authorization": f"Bearer {endpoint.token}"}
        timeout = httpx.Timeout(endpoint.read_timeout, connect=endpoint.connect_timeout)
        self._http = httpx.AsyncClient(headers=headers, timeout=timeout)
        self._proof = prove(endpoint.token, endpoint.app_secret) if endpoint.app_secret else None

    async def send(self, payload: Mapping[str, Any]) -> SendResult:
        """POST to the account's messages. Never raises for what the platform or the net does."""
        try:
            answer = await self._http.post(self._address("messages"), json=self._proven(payload))
        except httpx.HTTPError as error:
            return judge_failure(error)
        self._read_usage(answer.headers)
        return judge_answer(answer.status_code, _read(answer))

    async def act(self, payload: Mapping[str, Any]) -> bool:
        """What may be lost, such as "typing": whether the platform took it."""
        try:
            answer = await self._http.post(self._address("messages"), json=self._proven(payload))
        except httpx.HTTPError as error:
            log.debug("meta.action_failed", error=type(error).__name__)
            return False
        return answer.is_success

    async def ask(
        self, path: str, given: Mapping[str, Any] | None = None, *, method: str = "GET", app: str | None = None
    ) -> Answer:
        """Any path of this version of the API, `{own}` in it being the account. `app` = an application's id: asked in
        its name instead of the account's. Raises httpx.HTTPError when nothing answers."""
        at = self.endpoint
        address = "/".join([at.base_url.rstrip("/"), at.version, path.replace("{own}", at.node)])
        headers = {"Authorization": f"Bearer {app}|{at.app_secret}"} if app else None
        parameters = dict(given or {}) if app else self._proven(given or {})
        way: dict[str, Any] = {"json": parameters} if method == "POST" else {"params": parameters}
        answer = await self._http.request(method, address, headers=headers, **way)
        self._read_usage(answer.headers)
        return Answer(answer.status_code, _read(answer), answer.headers)

    async def renew(self) -> Answer:
        """A token of Instagram's own login for sixty more days. Raises httpx.HTTPError when nothing answers."""
        at = self.endpoint
        given = {"grant_type": "ig_refresh_token", "access_token": at.token}
        answer = await self._http.get(f"{at.base_url.rstrip('/')}/refresh_access_token", params=given)
        return Answer(answer.status_code, _read(answer), answer.headers)

    def use(self, token: str) -> None:
        """From the next call on."""
        hide_tokens(token)
        self.endpoint = replace(self.endpoint, token=token)
        self._http.headers["Authorization"] = f"Bearer {token}"
        self._proof = prove(token, self.endpoint.app_secret) if self.endpoint.app_secret else None

    async def close(self) -> None:
        await asyncio.shield(self._http.aclose())

    def _address(self, path: str) -> str:
        at = self.endpoint
        return "/".join(part for part in (at.base_url.rstrip("/"), at.version, at.node, path) if part)

    def _proven(self, payload: Mapping[str, Any]) -> dict[str, Any]:
        return {**payload, "appsecret_proof": self._proof} if self._proof else dict(payload)

    def _read_usage(self, headers: httpx.Headers) -> None:
        told = [_percent(headers.get(name)) for name in _USAGE_HEADERS]
        known = [percent for percent in told if percent is not None]
        if known:
            self.usage = max(known)
            if self.usage >= _FULL:
                log.warning("meta.limit_is_near", node=self.endpoint.node, percent=self.usage)


def _read(answer: httpx.Response) -> Any | None:
    try:
        return answer.json()
    except (ValueError, RecursionError):
        return None


def _percent(header: str | None) -> float | None:
    """The largest number of the header, whose shape differs from limit to limit; None when there is none."""
    if not header:
        return None
    try:
        return max(_numbers(json.loads(header)), default=None)
    except (ValueError, RecursionError):
        return None


def _numbers(value: Any) -> list[float]:
    if isinstance(value, Mapping):
        return [n for name, item in value.items() if name != "estimated_time_to_regain_access" for n in _numbers(item)]
    if isinstance(value, list):
        return [number for item in value for number in _numbers(item)]
    return [float(value)] if isinstance(value, int | float) and not isinstance(value, bool) else []
