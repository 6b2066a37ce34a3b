"""`seller run`: open, load, index, print where to look, serve until told to stop."""

import asyncio
import socket
import sys
from pathlib import Path

import structlog
import uvicorn
from fastapi import APIRouter, FastAPI

from bots.access import Access
from bots.app import Service, create_app
from bots.bootstrap import Application, Store, build_application, open_store
from bots.brain import Brain, build_brain, sync_knowledge
from bots.channel import Channel
from bots.desk.passwords import Passwords, make_password
from bots.desk.tokens import ProgramTokens
from bots.desk.wiring import build_desk_routers
from bots.jobs import build_jobs
from bots.knowledge_desk import FirmKnowledge
from bots.progress import Bar
from bots.telegram.account import TelegramAccount, TelegramSettings, build_telegram
from bots.webchat import routes as webchat
from bots.webchat.channel import WebChatChannel
from bots.webchat.inbound import ACCOUNT as WEBCHAT
from bots.webchat.visitors import Visitors
from core.errors import SellerError
from core.log import configure_logging
from core.settings import Settings, read_settings
from core.storage import users

log = structlog.get_logger()

FIRST_USER = "admin"


def serve(*, firm: Path | None, data_dir: Path | None, port: int | None) -> None:
    """Raises SellerError for everything that a person can mend."""
    settings = read_settings(firm=firm, data_dir=data_dir, port=port)
    configure_logging(settings.log_level, as_json=settings.log_format == "json")
    _check_port(settings)
    asyncio.run(_serve(settings))


async def _serve(settings: Settings) -> None:
    store = open_store(settings)
    loaded = await store.firms.load()
    brain = build_brain(settings, store)
    with Bar(f"Indexing the knowledge of {loaded.firm.name}") as bar:
        await sync_knowledge(brain, loaded, bar.show)
    app = await build_server(settings, store, brain)
    await _greet(settings, store)
    config = uvicorn.Config(
        app, host=settings.host, port=settings.port, log_level="warning", access_log=False, timeout_graceful_shutdown=5
    )
    await uvicorn.Server(config).serve()
    await brain.close()


async def build_server(settings: Settings, store: Store, brain: Brain) -> FastAPI:
    """Every door around one spine."""
    telegram = _telegram(settings, store)
    channels: list[tuple[str, Channel]] = [(WEBCHAT, WebChatChannel())]
    if telegram:
        channels.append((telegram.settings.account, telegram.channel))
    application = build_application(
        settings, store, engine=brain.engine, jobs=build_jobs(settings, store), channels=channels
    )
    routers = _routers(settings, application, brain)
    services: list[Service] = []
    if telegram:
        telegram.connect(intake=application.intake, health=application.health)
        services.append(telegram)
        if telegram.router:
            routers.append(telegram.router)
    return create_app(application, routers, services=services)


def _telegram(settings: Settings, store: Store) -> TelegramAccount | None:
    if settings.telegram_token is None:
        return None
    wanted = TelegramSettings(
        token=settings.telegram_token.get_secret_value(),
        base_url=settings.telegram_base_url,
        public_url=settings.public_url,
    )
    return build_telegram(wanted, clock=store.clock)


def _routers(settings: Settings, application: Application, brain: Brain) -> list[APIRouter]:
    secure = settings.public_url is not None
    secret = settings.secret_key.get_secret_value().encode() if settings.secret_key else application.folder.secret()
    tokens = ProgramTokens(database=application.database, clock=application.clock, secret=secret)
    access = Access(database=application.database, clock=application.clock, tokens=tokens, secure=secure)
    knowledge = FirmKnowledge(
        brain=brain, firms=application.firms, database=application.database, clock=application.clock
    )
    chat = webchat.build_router(
        database=application.database,
        intake=application.intake,
        visitors=Visitors(secret=secret, secure=secure),
        changes=application.changes,
        clock=application.clock,
    )
    return [chat, *build_desk_routers(application, access=access, tokens=tokens, knowledge=knowledge)]


async def _greet(settings: Settings, store: Store) -> None:
    """Where to look; and, the first time, how to get in."""
    at = f"http://{settings.host}:{settings.port}"
    lines = [
        f"  chat      {at}/",
        f"  desk      {at}/desk",
        f"  API       {at}/docs",
        f"  health    {at}/healthz   metrics {at}/metrics",
    ]
    password = await _first_user(store)
    if password:
        lines.append(f"  sign in   {FIRST_USER} / {password}   (shown once; add people with: seller user add NAME)")
    sys.stdout.write(f"\nAI-seller sells for {store.firms.firm.name}:\n" + "\n".join(lines) + "\n\n")
    sys.stdout.flush()


async def _first_user(store: Store) -> str | None:
    """The password of the first administrator, made when there is nobody yet."""
    if await store.database.read(users.list_users):
        return None
    password = make_password()
    hashed = await Passwords().hash(password)
    now = store.clock.now()
    await store.database.write(lambda conn: users.create_user(conn, FIRST_USER, hashed, "admin", now))
    return password


def _check_port(settings: Settings) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as error:
            where = f"{settings.host}:{settings.port}"
            raise SellerError(f"cannot listen: {error.strerror}", where=where, hint="PORT=8001 make run") from error
