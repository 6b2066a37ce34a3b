"""The product on a port of its own, with a scripted brain: what browsers look at in tests."""

import asyncio
import contextlib
import socket
import threading
from collections.abc import Iterator
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path

import uvicorn
from fastapi import FastAPI

from bots.access import Access
from bots.app import create_app
from bots.bootstrap import Application
from bots.channel import rules_of
from bots.desk.attempts import SignInAttempts
from bots.desk.pages import Pages
from bots.desk.parts import DeskParts
from bots.desk.router import build_desk
from bots.desk.security_headers import SecurityHeaders
from bots.desk.tokens import ProgramTokens
from bots.identities import People
from bots.webchat import routes as webchat
from bots.webchat.channel import WebChatChannel
from bots.webchat.inbound import ACCOUNT
from bots.webchat.page import build_page
from bots.webchat.visitors import Visitors
from tests.bots.desk.demo import CheapPasswords, Demo, ScriptedKnowledge, Woken, add_users
from tests.bots.desk.talks import fill
from tests.spine import CollectingChannel, ScriptedUnderstanding, build_spine

SECRET = b"a secret of the tests"
STARTS_WITHIN_S = 30


@dataclass
class Running:
    """One server; `call` runs something on its event loop."""

    address: str
    demo: Demo
    loop: asyncio.AbstractEventLoop


async def build(folder: Path) -> tuple[FastAPI, Demo]:
    scripted: dict[str, tuple[str, ...]] = {"Call a person": ("ask_human",), "How much is it?": ("ask_price",)}
    spine = await build_spine(
        folder,
        understanding=ScriptedUnderstanding(acts=scripted),
        channels=[(ACCOUNT, WebChatChannel()), ("telegram:kavomir", CollectingChannel())],
    )
    demo = build_demo_of(spine)
    await add_users(demo)
    await fill(demo)
    chat = webchat.build_router(
        database=spine.database, intake=spine.intake, visitors=Visitors(secret=SECRET, secure=False),
        changes=spine.changes, clock=spine.clock,
    )  # fmt: skip
    page = build_page(firm=lambda: spine.firms.firm)
    app = create_app(spine, [chat, page, build_desk(demo.parts)])
    app.add_middleware(SecurityHeaders)
    return app, demo


def build_demo_of(spine: Application) -> Demo:
    """The desk around a running spine."""
    tokens = ProgramTokens(database=spine.database, clock=spine.clock, secret=SECRET)
    knowledge = ScriptedKnowledge()
    parts = DeskParts(
        access=Access(database=spine.database, clock=spine.clock, tokens=tokens, secure=False),
        database=spine.database,
        operators=spine.operators,
        changes=spine.changes,
        health=spine.health,
        knowledge=knowledge,
        clock=spine.clock,
        firm=lambda: spine.firms.firm,
        pages=Pages(firm=lambda: spine.firms.firm, clock=spine.clock),
        passwords=CheapPasswords(),
        attempts=SignInAttempts(clock=spine.clock),
        tokens=tokens,
        rules_for=rules_of(spine.channels),
        people=People(database=spine.database, wakeups=spine.dispatcher, changes=spine.changes, clock=spine.clock),
        doorways=spine.doorways,
    )
    return Demo(parts, spine.clock, knowledge, Woken(), CollectingChannel())  # type: ignore[arg-type]


@contextlib.contextmanager
def run_server(folder: Path) -> Iterator[Running]:
    """The test's thread drives the browser, so the server has a thread and a loop of its own."""
    loop = asyncio.new_event_loop()
    started: Future[tuple[uvicorn.Server, Demo]] = Future()
    listener = socket.create_server(("127.0.0.1", 0))
    thread = threading.Thread(target=lambda: loop.run_until_complete(_serve(folder, listener, started)), daemon=True)
    thread.start()
    server, demo = started.result(STARTS_WITHIN_S)
    yield Running(f"http://127.0.0.1:{listener.getsockname()[1]}", demo, loop)
    server.should_exit = True
    thread.join(STARTS_WITHIN_S)
    loop.close()


async def _serve(folder: Path, listener: socket.socket, started: "Future[tuple[uvicorn.Server, Demo]]") -> None:
    try:
        app, demo = await build(folder)
        server = uvicorn.Server(uvicorn.Config(app, log_level="error", timeout_graceful_shutdown=1))
    except BaseException as error:
        started.set_exception(error)
        raise
    started.set_result((server, demo))
    await server.serve([listener])
