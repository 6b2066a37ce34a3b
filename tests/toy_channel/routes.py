"""Where the post office brings letters: prove who calls, store, answer."""

import hmac
import json
from typing import Any, Final

import structlog
from fastapi import APIRouter, Request, Response

from bots.access import public
from bots.arrival import Receiver
from bots.request_body import BodyRefused, read_body
from core.ports import Clock
from tests.toy_channel.inbound import parse

log = structlog.get_logger()

PATH: Final = "/webhooks/letterbox"
HEADER: Final = "X-Post-Seal"
BODY_LIMIT: Final = 100_000


def build_router(*, seal: str, intake: Receiver, clock: Clock) -> APIRouter:
    """`seal` proves that the post office calls."""
    router = APIRouter()

    @router.post(PATH, dependencies=[public()], include_in_schema=False)
    async def deliver(request: Request) -> Response:
        given = request.headers.get(HEADER)
        if given is None or not hmac.compare_digest(given.encode(), seal.encode()):
            return Response("the seal is missing or wrong", 401 if given is None else 403)
        try:
            parsed = parse(_read_json(await read_body(request, BODY_LIMIT)), now=clock.now())
        except BodyRefused as refused:
            return Response(str(refused), refused.status)
        if parsed.refused or parsed.ignored:
            log.info("letterbox.set_aside", reason=parsed.refused or parsed.ignored)
            return Response(status_code=200)
        try:
            await intake.receive(parsed.messages)
        except Exception as error:
            # Not 200, so that the letter is brought again: nothing was stored.
            log.error("letterbox.not_stored", error=type(error).__name__)
            return Response("cannot store now, bring it again", 503, {"Retry-After": "5"})
        return Response(status_code=200)

    return router


def _read_json(body: bytes) -> Any:
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        raise BodyRefused(400, "the body is not JSON") from None
