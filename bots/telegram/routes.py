"""The webhook: prove who calls, store, answer. Nothing else happens inside the request."""

import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import structlog
from fastapi import APIRouter
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from bots.access import Rule
from bots.request_body import BodyRefused, read_body
from bots.telegram.reception import Reception

log = structlog.get_logger()

WEBHOOK_PATH = "/webhooks/telegram/{account}"
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
BODY_LIMIT = 1_000_000


@dataclass(frozen=True, slots=True)
class Door:
    """One account's webhook: the secret that proves the platform, and who takes the updates."""

    secret: str
    reception: Reception


class Webhook:
    """A plain ASGI endpoint: the platform repeats what is not answered fast, so every layer less counts."""

    rule = Rule(None)  # everybody may call; the secret decides

    def __init__(self, doors: Mapping[str, Door]) -> None:
        self._doors = doors

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        response = await self._answer(Request(scope, receive))
        await response(scope, receive, send)

    async def _answer(self, request: Request) -> Response:
        try:
            door = self._find(request)
            update = _read_json(await read_body(request, BODY_LIMIT))
        except BodyRefused as refused:
            return PlainTextResponse(str(refused), refused.status)
        except ClientDisconnect:
            return PlainTextResponse("the request was cut off", 400)
        try:
            await door.reception.accept([update])
        except Exception as error:
            # Not 200, so that the platform brings it again: nothing was stored.
            log.error("telegram.not_stored", account=door.reception.account, error=type(error).__name__)
            return PlainTextResponse("cannot store now, send it again", 503, {"Retry-After": "5"})
        return Response(status_code=200)

    def _find(self, request: Request) -> Door:
        door = self._doors.get(request.path_params["account"])
        if door is None:
            raise BodyRefused(404, "there is no such account")
        given = request.headers.get(SECRET_HEADER)
        if given is None:
            raise BodyRefused(401, "the secret is missing")
        if not hmac.compare_digest(given.encode(), door.secret.encode()):
            raise BodyRefused(403, "the secret is wrong")
        return door


def _read_json(body: bytes) -> Any:
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        raise BodyRefused(400, "the body is not JSON") from None


def build_router(doors: Mapping[str, Door]) -> APIRouter:
    """`doors` by account."""
    router = APIRouter()
    router.routes.append(Route(WEBHOOK_PATH, Webhook(doors), methods=["POST"], include_in_schema=False))
    return router
