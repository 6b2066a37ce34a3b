"""Meta's webhook: prove who calls, store, answer. Nothing else happens inside the request."""

import hmac
import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

import structlog
from fastapi import APIRouter
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from bots.access import Rule
from bots.meta.reception import Reception
from bots.meta.signature import HEADER, find_signer
from bots.request_body import BodyRefused, read_body

log = structlog.get_logger()

WEBHOOK_PATH: Final = "/webhooks/meta"
BODY_LIMIT: Final = 4_000_000
"""Bytes: a thousand events are a quarter of it."""


class Webhook:
    """A plain ASGI endpoint for the verification (GET) and the events (POST) of all accounts of one application."""

    rule = Rule(None)  # everybody may call; the signature decides

    def __init__(self, *, reception: Reception, secrets: Sequence[str], verify_token: str) -> None:
        """`secrets`: each that may sign, the application's and, with Instagram Login, Instagram's own."""
        self._reception = reception
        self._secrets = tuple(secrets)
        self._verify_token = verify_token
        self._signer = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        response = self._verify(request) if request.method == "GET" else await self._answer(request)
        await response(scope, receive, send)

    def _verify(self, request: Request) -> Response:
        asked = request.query_params
        given = asked.get("hub.verify_token", "")
        if asked.get("hub.mode") != "subscribe" or not hmac.compare_digest(given.encode(), self._verify_token.encode()):
            return PlainTextResponse("the verify token is wrong", 403)
        return PlainTextResponse(asked.get("hub.challenge", ""), headers={"X-Content-Type-Options": "nosniff"})

    async def _answer(self, request: Request) -> Response:
        try:
            raw = await read_body(request, BODY_LIMIT)
            self._check(raw, request.headers.get(HEADER))
            body = self._read(raw)
        except BodyRefused as refused:
            return PlainTextResponse(str(refused), refused.status)
        except ClientDisconnect:
            return PlainTextResponse("the request was cut off", 400)
        try:
            await self._reception.accept(body)
        except Exception as error:
            # Not 200, so that the platform brings it again: nothing was stored.
            log.error("meta.not_stored", error=type(error).__name__)
            return PlainTextResponse("cannot store now, send it again", 503, {"Retry-After": "5"})
        return PlainTextResponse("EVENT_RECEIVED")

    def _check(self, raw: bytes, header: str | None) -> None:
        if header is None:
            raise BodyRefused(401, "the signature is missing")
        signer = find_signer(raw, header, self._secrets)
        if signer is None:
            raise BodyRefused(403, "the signature is wrong")
        if signer != self._signer:
            self._signer = signer
            log.info("meta.signed_by_another_secret", index=signer)

    def _read(self, raw: bytes) -> Mapping[str, Any]:
        try:
            body = json.loads(raw)
        except (ValueError, RecursionError):
            raise BodyRefused(400, "the body is not JSON") from None
        if not isinstance(body, Mapping):
            raise BodyRefused(400, "the body is no object")
        if body.get("object") not in self._reception.kinds:
            raise BodyRefused(404, "nothing here listens to that object")
        return body


def build_router(webhook: ASGIApp) -> APIRouter:
    router = APIRouter()
    router.routes.append(Route(WEBHOOK_PATH, webhook, methods=["GET", "POST"], include_in_schema=False))
    return router
