"""The Bot API over HTTP: tokens, long polling, faults."""

import asyncio
import json
import time
from collections.abc import AsyncIterator
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from tests.emulators.faults import OTHER_POLLER, WEBHOOK_ACTIVE, Fault, FaultScript
from tests.emulators.telegram_methods import Refusal, call
from tests.emulators.telegram_state import TelegramState
from tests.emulators.telegram_updates import Json

_LONGEST_POLL = 50


def build_routes(state: TelegramState, faults: FaultScript) -> list[Route]:
    async def method(request: Request) -> Response:
        name = request.path_params["method"].lower()
        params = await _params(request)
        if request.path_params["token"] != state.token:
            return _refuse(Refusal(401, "Unauthorized"))
        fault = faults.take(name)
        if fault is not None and not fault.delivered:
            return await _show(fault)
        try:
            result = await _get_updates(state, params) if name == "getupdates" else call(state, name, params)
        except Refusal as refusal:
            return _refuse(refusal)
        return await _show(fault) if fault else JSONResponse({"ok": True, "result": result})

    async def download(request: Request) -> Response:
        content = state.files.get(request.path_params["file_id"])
        if request.path_params["token"] != state.token or content is None:
            return Response(status_code=404)
        return Response(content, media_type="application/octet-stream")

    return [
        Route("/bot{token}/{method}", method, methods=["GET", "POST"]),
        Route("/file/bot{token}/files/{file_id}", download),
    ]


async def _params(request: Request) -> Json:
    """Text parameters from wherever the client put them, as strings."""
    params: Json = dict(request.query_params)
    if request.headers.get("content-type", "").startswith("application/json"):
        body = await request.json()
        return params | {name: value if isinstance(value, str) else json.dumps(value) for name, value in body.items()}
    form = await request.form()
    return params | {name: value if isinstance(value, str) else f"upload:{name}" for name, value in form.items()}


async def _get_updates(state: TelegramState, params: Json) -> list[Json]:
    if state.webhook.url:
        raise Refusal(409, f"Conflict: {WEBHOOK_ACTIVE}")
    with state.lock:
        state.calls.append(("getupdates", params))
        state.pollers += 1
        mine = state.pollers
        if "offset" in params:
            state.confirm(int(params["offset"]))
        if params.get("allowed_updates"):
            state.allowed = tuple(json.loads(params["allowed_updates"]))
    state.arrived.notify()
    limit = min(max(int(params.get("limit", 100)), 1), 100)
    deadline = time.monotonic() + min(float(params.get("timeout", 0)), _LONGEST_POLL)
    while True:
        if state.pollers != mine:
            words = "terminated by setWebhook request" if state.webhook.url else OTHER_POLLER
            raise Refusal(409, f"Conflict: {words}")
        found = state.due(limit)
        left = deadline - time.monotonic()
        if found or left <= 0:
            return found
        # Held-back updates become due without a signal, so look again soon.
        await state.arrived.wait(min(left, 0.02 if state.queue else left))


async def _show(fault: Fault) -> Response:
    await asyncio.sleep(fault.hang)
    if fault.drop:
        return StreamingResponse(_cut_off(), headers={"content-length": "1000"})
    if fault.body is not None:
        return HTMLResponse(fault.body, status_code=fault.code)
    return _refuse(Refusal(fault.code or 500, fault.description or "Internal Server Error", fault.parameters))


async def _cut_off() -> AsyncIterator[bytes]:
    yield b'{"ok":true,'
    raise ConnectionAbortedError("scripted")


def _refuse(refusal: Refusal) -> Response:
    body: dict[str, Any] = {"ok": False, "error_code": refusal.code, "description": refusal.description}
    if refusal.parameters:
        body["parameters"] = refusal.parameters
    return JSONResponse(body, status_code=refusal.code)
