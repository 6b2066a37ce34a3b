"""The two servers of the webhook's race: the whole of ours with its real doors and store, and an empty FastAPI route.

`python -m benchmarks.webhook_server empty|seller FOLDER PORT [QUIET [PLATFORM FIRM [GRAPH]]]`. A long quiet window
keeps turns out. With a platform to send to and a firm, the brain is warmed up; FOLDER then holds the firm's index. With
GRAPH, the address of an emulated page, that is connected too."""

import asyncio
import logging
import shutil
import sys
from pathlib import Path
from typing import Any

import structlog
import uvicorn
from fastapi import FastAPI, Request
from pydantic import SecretStr

from bots.bootstrap import open_store
from bots.brain import build_brain
from bots.serve import build_server
from bots.telegram.account import ACCOUNT, derive_secret
from bots.telegram.routes import WEBHOOK_PATH
from core.settings import EXAMPLE_FIRM, Settings
from tests.emulators.meta_state import APP_SECRET, PAGE, VERIFY_TOKEN
from tests.emulators.meta_state import TOKEN as PAGE_TOKEN
from tests.servers import migrated_sqlite

TOKEN = f"1:{'a' * 35}"
SECRET = derive_secret(TOKEN)
PATH = WEBHOOK_PATH.format(account=ACCOUNT)
NOWHERE = "http://127.0.0.1:9/bot"
"""No platform is there: the webhook is not registered, and nothing is sent."""


def build_empty() -> FastAPI:
    """It reads the body, as every webhook must."""
    app = FastAPI()

    @app.post(PATH)
    async def empty(request: Request) -> dict[str, bool]:
        await request.body()
        return {"ok": True}

    return app


async def build_seller(
    folder: Path, quiet: float, platform: str = NOWHERE, firm: Path | None = None, graph: str | None = None
) -> FastAPI:
    if firm is None:
        shutil.copy(migrated_sqlite(), folder / "seller.db")
    settings = Settings(
        firm=firm or EXAMPLE_FIRM,
        data_dir=folder,
        telegram_token=SecretStr(TOKEN),
        telegram_base_url=platform,
        public_url="https://seller.invalid",
        quiet_window_s=quiet,
        longest_quiet_s=quiet,
        **_page(graph) if graph else {},
    )
    store = open_store(settings)
    await store.firms.load()
    brain = build_brain(settings, store)
    if firm:
        await brain.warm_up()
    return await build_server(settings, store, brain)


def _page(graph: str) -> dict[str, Any]:
    return {
        "messenger_page_id": PAGE,
        "messenger_token": SecretStr(PAGE_TOKEN),
        "messenger_graph_url": graph,
        "meta_app_secrets": SecretStr(APP_SECRET),
        "meta_verify_token": SecretStr(VERIFY_TOKEN),
    }


async def main() -> None:
    kind, folder, port = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    quiet = float(sys.argv[4]) if len(sys.argv) > 4 else 3600.0
    platform: tuple[Any, ...] = (sys.argv[5], Path(sys.argv[6]), *sys.argv[7:8]) if len(sys.argv) > 6 else ()
    app = build_empty() if kind == "empty" else await build_seller(folder, quiet, *platform)
    config = uvicorn.Config(app, host="127.0.0.1", port=port, log_level="warning", access_log=False)
    await uvicorn.Server(config).serve()


if __name__ == "__main__":
    asyncio.run(main())
