"""`seller run`: open, load, index, print where to look, serve until told to stop."""

import asyncio
import errno
import socket
import sys
from collections.abc import Sequence
from pathlib import Path

import structlog
import uvicorn
from fastapi import APIRouter, FastAPI

from bots.access import Access
from bots.api.identities import build_identities_api
from bots.api.leads import build_leads_api
from bots.app import Service, create_app
from bots.bootstrap import Application, Store, build_application, find_secret, join_cluster, open_store
from bots.brain import Brain, build_brain
from bots.changes import Changes
from bots.channel import Channel, rules_of
from bots.desk.attempts import SignInAttempts
from bots.desk.first_admin import make_first_admin
from bots.desk.pages import Pages
from bots.desk.parts import DeskParts
from bots.desk.passwords import Passwords
from bots.desk.router import build_desk
from bots.desk.security_headers import SecurityHeaders
from bots.desk.tokens import ProgramTokens
from bots.doors import build_doors
from bots.identities import People
from bots.indexing import Indexing
from bots.jobs import build_jobs
from bots.knowledge_desk import FirmKnowledge
from bots.net import stop
from bots.probes import build_probes
from bots.upkeep import Upkeep
from bots.watch import Watch
from bots.webchat import routes as webchat
from bots.webchat.channel import WebChatChannel
from bots.webchat.inbound import ACCOUNT as WEBCHAT
from bots.webchat.page import build_page
from bots.webchat.visitors import Visitors
from core.errors import SellerError
from core.log import configure_logging
from core.settings import Settings, read_settings
from core.storage.shared import alone

log = structlog.get_logger()


def serve(*, firm: Path | None, data_dir: Path | None, port: int | None) -> None:
    """Raises SellerError for everything that a person can mend."""
    settings = read_settings(firm=firm, data_dir=data_dir, port=port)
    configure_logging(settings.log_level, as_json=settings.log_format == "json")
    _check_port(settings)
    asyncio.run(_serve(settings))


async def _serve(settings: Settings) -> None:
    store = open_store(settings)
    await store.firms.load()
    brain = build_brain(settings, store)
    indexing = Indexing(brain=brain, store=store, server=settings.chroma_url)
    async with alone(store.database, "start"):
        await indexing.take_in()
        first = await make_first_admin(database=store.database, passwords=Passwords(), clock=store.clock)
    app = await build_server(settings, store, brain, [indexing, Thinking(brain)])
    _greet(settings, store, first)
    config = uvicorn.Config(
        app, host=settings.host, port=settings.port, log_level="warning", access_log=False, timeout_graceful_shutdown=5
    )
    await Server(config, app.state.changes).serve()


async def build_server(settings: Settings, store: Store, brain: Brain, beside: Sequence[Service] = ()) -> FastAPI:
    """Every door around one spine."""
    doors = build_doors(settings, store.clock)
    channels: list[tuple[str, Channel]] = [(WEBCHAT, WebChatChannel(address=settings.public_url))]
    channels += [pair for door in doors for pair in door.channels]
    cluster = await join_cluster(store)
    jobs = build_jobs(settings, cluster.membership.name) if cluster else build_jobs(settings)
    application = build_application(settings, store, engine=brain.engine, jobs=jobs, channels=channels, cluster=cluster)
    application.models = brain.models
    routers = _routers(settings, application, brain)
    probes = build_probes(settings, store.database)
    services = [Watch(health=application.health, probes=probes, clock=store.clock), *beside]
    for door in doors:
        door.connect(intake=application.intake, health=application.health)
        services.append(door)
        if door.router:
            routers.insert(0, door.router)  # routes are tried in their order, and nothing is called more often
    caretakers = [caretaker for door in doors for caretaker in door.caretakers]
    services.append(
        Upkeep(database=store.database, jobs=jobs, health=application.health, caretakers=caretakers, clock=store.clock)
    )
    app = create_app(application, routers, services=services)
    app.add_middleware(SecurityHeaders, secure=settings.public_url is not None)
    return app


class Server(uvicorn.Server):
    """Ends the streams of open pages first: they would stay until all patience is used up."""

    def __init__(self, config: uvicorn.Config, changes: Changes) -> None:
        super().__init__(config)
        self._changes = changes

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._changes.close()
        await super().shutdown(sockets)


class Thinking:
    """Implements Service. Models are loaded beside serving: the first customer waits a little less, the start does not.

    Closed here, since the signal that ends the server also ends the process as soon as its services have stopped."""

    def __init__(self, brain: Brain) -> None:
        self._brain = brain
        self._tasks: list[asyncio.Task[None]] = []

    async def start(self) -> None:
        self._tasks = [asyncio.create_task(self._warm_up())]

    async def stop(self) -> None:
        await stop(self._tasks)
        await self._brain.close()

    async def _warm_up(self) -> None:
        try:
            await self._brain.warm_up()
        except SellerError as error:
            log.error("brain.not_ready", reason=error.what, hint=error.hint)


def _routers(settings: Settings, application: Application, brain: Brain) -> list[APIRouter]:
    secure = settings.public_url is not None
    secret = find_secret(settings, application.folder)
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
    people = People(
        database=application.database,
        wakeups=application.dispatcher,
        changes=application.changes,
        clock=application.clock,
    )
    parts = DeskParts(
        access=access,
        database=application.database,
        operators=application.operators,
        changes=application.changes,
        health=application.health,
        knowledge=knowledge,
        clock=application.clock,
        firm=lambda: application.firms.firm,
        pages=Pages(firm=lambda: application.firms.firm, clock=application.clock),
        passwords=Passwords(),
        attempts=SignInAttempts(clock=application.clock),
        tokens=tokens,
        rules_for=rules_of(application.channels),
        people=people,
        doorways=application.doorways,
    )
    leads = build_leads_api(
        access=access, database=application.database, operators=application.operators, clock=application.clock
    )
    contacts = build_identities_api(access=access, people=people)
    return [build_page(firm=lambda: application.firms.firm), chat, leads, contacts, build_desk(parts)]


def _greet(settings: Settings, store: Store, first: tuple[str, str] | None) -> None:
    """Where to look; and, the first time, how to get in."""
    at = f"http://{settings.host}:{settings.port}"
    lines = [
        f"  chat      {at}/",
        f"  desk      {at}/desk",
        f"  API       {at}/docs",
        f"  health    {at}/healthz   metrics {at}/metrics",
    ]
    if first:
        lines.append(f"  sign in   {first[0]} / {first[1]}   (shown once; add people with: seller user add NAME)")
    sys.stdout.write(f"\nAI-seller sells for {store.firms.firm.name}:\n" + "\n".join(lines) + "\n\n")
    sys.stdout.flush()


def _check_port(settings: Settings) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as error:
            where = f"{settings.host}:{settings.port}"
            is_taken = error.errno == errno.EADDRINUSE
            hint = (
                "PORT=8001 make run" if is_taken else "HOST=127.0.0.1 listens on this machine, 0.0.0.0 on all addresses"
            )
            raise SellerError(f"cannot listen: {error.strerror}", where=where, hint=hint) from error
