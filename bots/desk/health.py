"""How each channel account and each server behind them is doing, and how to mend what is wrong."""

from datetime import timedelta

from fastapi import APIRouter, Request, Response

from bots.access import EVERYONE
from bots.desk.parts import DeskParts
from bots.desk.routes import build_page_router
from core.storage.model_costs import list_days

SHOWN = timedelta(days=14)


def build_health(parts: DeskParts) -> APIRouter:
    router = build_page_router(parts.pages)

    @router.get("/health", dependencies=[parts.access.allow(*EVERYONE)])
    async def show_health(request: Request) -> Response:
        shown = [*sorted(parts.health.accounts.items()), *sorted(parts.health.parts.items())]
        since = parts.clock.now() - SHOWN
        costs = await parts.database.read(lambda conn: list_days(conn, since))
        return parts.pages.render(request, "health.html", {"accounts": shown, "costs": costs})

    return router
