"""What an emulated platform brings, and the one application that serves all of them with a control API."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from typing import Any, Protocol, runtime_checkable

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route


@runtime_checkable
class Platform(Protocol):
    name: str

    def routes(self) -> Sequence[BaseRoute]:
        """The platform's own API."""
        ...

    def tasks(self) -> Sequence[Callable[[], Awaitable[None]]]:
        """What runs beside it (deliveries to webhooks)."""
        ...

    def actions(self) -> Mapping[str, Callable[..., Any]]:
        """What `POST /control/<name>/<action>` may call, with its JSON body as keyword arguments."""
        ...

    def describe(self) -> Mapping[str, Any]:
        """What `GET /control/<name>` shows."""
        ...


def build_app(platforms: Sequence[Platform]) -> Starlette:
    @contextlib.asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        tasks = [asyncio.ensure_future(task()) for platform in platforms for task in platform.tasks()]
        yield
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    control = [route for platform in platforms for route in _control_routes(platform)]
    return Starlette(routes=[*control, *(r for p in platforms for r in p.routes())], lifespan=lifespan)


def _control_routes(platform: Platform) -> list[Route]:
    async def show(request: Request) -> Response:
        return JSONResponse(dict(platform.describe()))

    async def act(request: Request) -> Response:
        action = platform.actions().get(request.path_params["action"])
        if action is None:
            return JSONResponse({"error": f"known actions: {sorted(platform.actions())}"}, status_code=404)
        try:
            body = await request.json() if await request.body() else {}
            return JSONResponse({"result": action(**body)})
        except (TypeError, ValueError, LookupError) as error:
            return JSONResponse({"error": str(error)}, status_code=400)

    path = f"/control/{platform.name}"
    return [Route(path, show), Route(f"{path}/{{action}}", act, methods=["POST"])]
