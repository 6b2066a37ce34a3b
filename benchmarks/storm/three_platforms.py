"""A bot that is connected to three emulated platforms, with a brain that names what it answers."""

import contextlib
import random
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from starlette.types import ASGIApp, Receive, Scope, Send

from benchmarks.storm.echo import EchoComposer, Watching
from benchmarks.storm.served_here import free_address, serve_here
from bots.app import create_app
from bots.bootstrap import Application, build_application, open_store
from bots.channel import Capabilities, Channel
from bots.instagram.platform import INSTAGRAM, INSTAGRAM_LOGIN
from bots.messenger.platform import MESSENGER
from bots.meta.account import AppSettings, MetaAccounts, build_account
from bots.meta.graph import Endpoint
from bots.meta.webhook import WEBHOOK_PATH
from bots.telegram.account import TelegramAccount, TelegramSettings, build_telegram
from core.domain.messages import OutboundMessage
from core.domain.sending import Refused, SendResult
from core.engine.engine import Engine
from core.jobs.memory import MemoryJobs
from core.ports import Clock
from core.settings import Settings
from tests.emulators.meta_state import APP_SECRET, INSTAGRAM_ACCOUNT, PAGE, TOKEN, VERIFY_TOKEN
from tests.emulators.telegram_state import TOKEN as TELEGRAM_TOKEN
from tests.emulators.trio import Trio
from tests.spine import NoKnowledge

PATIENCE_S = 0.4
"""How long the bot waits for an answer."""
SOON = timedelta(milliseconds=200)


class Hurried:
    """Implements Channel: the platform's "not before a minute" lasts a moment, as a storm has no time. All else is the
    channel's own."""

    def __init__(self, inner: Channel) -> None:
        self._inner = inner
        self.name = inner.name

    @property
    def capabilities(self) -> Capabilities:
        return self._inner.capabilities

    async def send(self, chat: str, message: OutboundMessage, *, key: str) -> SendResult:
        result = await self._inner.send(chat, message, key=key)
        if isinstance(result, Refused) and result.retry_after is not None:
            return replace(result, retry_after=min(result.retry_after, SOON))
        return result

    async def show_typing(self, chat: str) -> None:
        await self._inner.show_typing(chat)

    async def acknowledge(self, callback: str) -> None:
        await self._inner.acknowledge(callback)


class ForgetfulDoor:
    """The bot's address, whose answer is lost sometimes after the work was done: the platform delivers again."""

    def __init__(self, app: ASGIApp, *, dice: random.Random, lost: float) -> None:
        self._app = app
        self._dice = dice
        self._lost = lost
        self.lost = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "POST" or self._dice.random() >= self._lost:
            return await self._app(scope, receive, send)
        self.lost += 1

        async def spoil(message: Any) -> None:
            await send({**message, "status": 503} if message["type"] == "http.response.start" else message)

        return await self._app(scope, receive, spoil)


@dataclass
class Bot:
    app: Application
    door: ForgetfulDoor


@contextlib.asynccontextmanager
async def connected(
    folder: Path, platforms: Trio, *, dice: random.Random, slowest: float, quiet: float, lost: float
) -> AsyncIterator[Bot]:
    """Served and subscribed to; `slowest` is the brain's longest pause, `quiet` the quiet window (seconds); `lost` the
    share of webhooks whose answer never comes."""
    held, address = free_address()
    with platforms.serve() as server:
        settings = Settings(data_dir=folder, quiet_window_s=quiet, longest_quiet_s=2 * quiet)
        store = open_store(settings)
        await store.firms.load()
        meta_door = _meta(server.address, store.clock, login=platforms.login)
        doors: list[Any] = [_telegram(server.address, address, store.clock), meta_door]
        engine = Engine(understanding=Watching(dice, slowest), knowledge=NoKnowledge(), composer=EchoComposer(parts=1))
        channels = [(account, Hurried(channel)) for door in doors for account, channel in door.channels]
        app = build_application(settings, store, engine=engine, jobs=MemoryJobs(clock=store.clock), channels=channels)
        for door in doors:
            door.connect(intake=app.intake, health=app.health)
        served = ForgetfulDoor(create_app(app, [door.router for door in doors], services=doors), dice=dice, lost=lost)
        async with serve_here(served, held):
            for meta in platforms.meta:
                meta.listen(f"{address}{WEBHOOK_PATH}")
            yield Bot(app, served)


def _telegram(platform: str, own: str, clock: Clock) -> TelegramAccount:
    settings = TelegramSettings(
        TELEGRAM_TOKEN, base_url=f"{platform}/bot", public_url=own, connect_timeout=5, read_timeout=PATIENCE_S
    )
    return build_telegram(settings, clock=clock)


def _meta(platform: str, clock: Clock, *, login: bool) -> MetaAccounts:
    by_page = Endpoint(TOKEN, APP_SECRET, read_timeout=PATIENCE_S)
    by_login = Endpoint(TOKEN, node=INSTAGRAM_ACCOUNT, read_timeout=PATIENCE_S)
    instagram = (INSTAGRAM_LOGIN, INSTAGRAM_ACCOUNT, by_login) if login else (INSTAGRAM, INSTAGRAM_ACCOUNT, by_page)
    accounts = [
        build_account(brand, own_id, replace(endpoint, base_url=f"{platform}/{brand.name}"))
        for brand, own_id, endpoint in ((MESSENGER, PAGE, by_page), instagram)
    ]
    return MetaAccounts(app=AppSettings([APP_SECRET], VERIFY_TOKEN), accounts=accounts, clock=clock)
