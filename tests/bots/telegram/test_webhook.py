"""The webhook: who may call, what is answered, and that 200 comes after the commit."""

import asyncio
import contextlib
import json
import time
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from telegram import WebhookInfo

from bots.access import guarded_routes
from bots.channel import AccountState, HealthBoard
from bots.telegram.account import ACCOUNT, derive_secret
from bots.telegram.reception import Reception
from bots.telegram.registration import inspect
from bots.telegram.routes import BODY_LIMIT, SECRET_HEADER, Door, build_router
from core.clock import SystemClock
from tests.bots.telegram.kit import MemoryIntake, build_account, running, until
from tests.emulators import faults
from tests.emulators.loopback import LoopbackServer
from tests.emulators.telegram import TelegramEmulator
from tests.emulators.telegram_state import TOKEN
from tests.emulators.telegram_updates import text_update

SECRET = "s3cret_Token-1"
URL = f"/webhooks/telegram/{ACCOUNT}"
KEY = {SECRET_HEADER: SECRET}


def build_app(intake: MemoryIntake) -> FastAPI:
    app = FastAPI()
    app.include_router(
        build_router({ACCOUNT: Door(SECRET, Reception(account=ACCOUNT, intake=intake, clock=SystemClock()))})
    )
    return app


@pytest.fixture
async def http(intake: MemoryIntake) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(build_app(intake), raise_app_exceptions=True)
    async with httpx.AsyncClient(transport=transport, base_url="http://bot") as client:
        yield client


async def test_a_genuine_update_is_stored_before_it_is_answered(http: httpx.AsyncClient, intake: MemoryIntake) -> None:
    intake.slow = timedelta(seconds=0.05)
    answer = await http.post(URL, json=text_update("привіт"), headers=KEY)
    assert (answer.status_code, answer.content) == (200, b"")
    assert intake.texts == ["привіт"]


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 401),
        ({SECRET_HEADER: ""}, 403),
        ({SECRET_HEADER: SECRET + "x"}, 403),
        ({SECRET_HEADER: SECRET.upper()}, 403),
        ({SECRET_HEADER: "пароль".encode()}, 403),
    ],
)
async def test_a_call_without_the_right_secret_stores_nothing(
    http: httpx.AsyncClient, intake: MemoryIntake, headers: Any, status: int
) -> None:
    answer = await http.post(URL, content=json.dumps(text_update("чуже")), headers=headers)
    assert answer.status_code == status
    assert intake.calls == 0


async def test_an_unknown_account_is_not_found(http: httpx.AsyncClient) -> None:
    assert (await http.post("/webhooks/telegram/other", json={}, headers=KEY)).status_code == 404
    assert (await http.get(URL, headers=KEY)).status_code == 405


@pytest.mark.parametrize(
    "body", [b"", b"{", b"nope", b'{"update_id": 1', b"\xff\xfe{}", b"[" * 500_000, b'{"a": "\xd0"}'], ids=str
)
async def test_a_body_that_is_no_json_is_a_bad_request(
    http: httpx.AsyncClient, intake: MemoryIntake, body: bytes
) -> None:
    assert (await http.post(URL, content=body, headers=KEY)).status_code == 400
    assert intake.calls == 0


async def test_a_body_of_ten_megabytes_is_refused_before_it_is_read(http: httpx.AsyncClient) -> None:
    body = json.dumps(text_update("х" * 10_000_000), ensure_ascii=False).encode()
    assert (await http.post(URL, content=body, headers=KEY)).status_code == 413

    async def drip() -> AsyncIterator[bytes]:
        for _ in range(BODY_LIMIT // 1000 + 2):
            yield b"x" * 1000

    assert (await http.post(URL, content=drip(), headers=KEY)).status_code == 413


@pytest.mark.parametrize("update", [None, [], "x", 7, {}, {"update_id": "1"}, {"update_id": 1, "message": {"text": 1}}])
async def test_valid_json_that_is_no_update_is_acknowledged_so_that_it_never_comes_back(
    http: httpx.AsyncClient, intake: MemoryIntake, update: Any
) -> None:
    assert (await http.post(URL, content=json.dumps(update), headers=KEY)).status_code == 200
    assert intake.stored == []


async def test_escaped_and_plain_letters_read_the_same(http: httpx.AsyncClient, intake: MemoryIntake) -> None:
    text = "Привіт / 😀 <&>"
    plain = json.dumps(text_update(text, update_id=1), ensure_ascii=False).encode()
    escaped = json.dumps(text_update(text, update_id=2)).replace("/", "\\/").encode()
    for body in (plain, escaped):
        assert (await http.post(URL, content=body, headers=KEY)).status_code == 200
    assert intake.texts == [text, text]


async def test_a_store_that_fails_answers_so_that_the_platform_comes_again(
    http: httpx.AsyncClient, intake: MemoryIntake
) -> None:
    intake.fail = lambda message: True
    answer = await http.post(URL, json=text_update("x"), headers=KEY)
    assert answer.status_code == 503
    assert answer.headers["retry-after"] == "5"


def test_the_route_declares_that_everybody_may_call_it(intake: MemoryIntake) -> None:
    routes = [route for route in guarded_routes(build_app(intake).routes) if route.path.startswith("/webhooks")]
    (route,) = routes
    assert route.rule is not None
    assert route.rule.roles is None
    assert "POST" in route.methods


@contextlib.contextmanager
def served(intake: MemoryIntake) -> Iterator[str]:
    with LoopbackServer(build_app(intake)) as server:
        yield f"{server.address}{URL}"


async def test_redelivered_side_by_side_and_shuffled_each_update_is_stored_once(
    telegram: TelegramEmulator, intake: MemoryIntake
) -> None:
    intake.slow = timedelta(milliseconds=1)
    for number in range(100):
        telegram.duplicate(telegram.say(f"{number}"), times=2)
    telegram.shuffle(seed=7)
    with served(intake) as url:
        telegram.state.webhook.secret = SECRET
        telegram.state.webhook.url = url
        telegram.state.arrived.notify()
        await until(lambda: not telegram.state.queue)
    assert sorted(map(int, intake.texts)) == list(range(100))
    assert len(telegram.state.deliveries) == 300


async def test_an_update_comes_again_until_it_could_be_stored(telegram: TelegramEmulator, intake: MemoryIntake) -> None:
    intake.fail = lambda message: intake.calls < 4
    with served(intake) as url:
        telegram.state.webhook.secret = SECRET
        telegram.state.webhook.url = url
        update_id = telegram.say("наполегливе")
        await until(lambda: not telegram.state.queue)
    assert telegram.state.deliveries == [(update_id, 503)] * 3 + [(update_id, 200)]
    assert intake.texts == ["наполегливе"]


async def test_an_account_with_a_public_address_registers_its_webhook_and_works(
    telegram: TelegramEmulator, intake: MemoryIntake, health: HealthBoard
) -> None:
    app = FastAPI()
    with LoopbackServer(app) as server:
        account = build_account(telegram, public_url=server.address + "/")
        async with running(account, intake, health):
            assert account.router is not None
            app.include_router(account.router)
            await until(lambda: health.state(ACCOUNT) is AccountState.OK)
            telegram.say("через двері")
            await until(lambda: intake.texts == ["через двері"])
    hook = telegram.state.webhook
    assert (hook.url, hook.secret) == (f"{server.address}{URL}", derive_secret(TOKEN))
    assert set(telegram.state.allowed) >= {"message", "callback_query", "my_chat_member", "business_message"}
    assert TOKEN.partition(":")[2] not in hook.secret


async def test_a_webhook_that_is_taken_away_shows_on_the_board(
    telegram: TelegramEmulator, intake: MemoryIntake, health: HealthBoard
) -> None:
    async with running(build_account(telegram, public_url="https://shop.example"), intake, health):
        await until(lambda: health.state(ACCOUNT) is AccountState.OK)
        telegram.state.webhook.url = "https://elsewhere.example"
        await until(lambda: health.state(ACCOUNT) is AccountState.CONFLICT)


async def test_a_rejected_token_stops_the_registration_only(
    telegram: TelegramEmulator, intake: MemoryIntake, health: HealthBoard
) -> None:
    telegram.always("setWebhook", faults.unauthorized())
    async with running(build_account(telegram, public_url="https://shop.example"), intake, health):
        await until(lambda: health.state(ACCOUNT) is AccountState.UNAUTHORIZED)


NOW = datetime(2026, 1, 5, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("url", "error_at", "state"),
    [
        ("https://shop.example", None, None),
        ("https://shop.example", NOW - timedelta(minutes=6), None),
        ("https://shop.example", NOW - timedelta(minutes=1), AccountState.UNREACHABLE),
        ("https://other.example", None, AccountState.CONFLICT),
        ("", None, AccountState.CONFLICT),
    ],
)
def test_what_the_platform_says_of_the_webhook_becomes_health(
    url: str, error_at: datetime | None, state: AccountState | None
) -> None:
    info = WebhookInfo(url, False, 3, last_error_date=error_at, last_error_message="Connection timed out")
    found = inspect(info, "https://shop.example", since=NOW - timedelta(minutes=5), now=NOW)
    assert (found.state if found else None) is state
    if state is AccountState.UNREACHABLE:
        assert found is not None
        assert "3 waiting" in found.reason


async def test_a_slow_dialogue_is_not_part_of_the_answer(http: httpx.AsyncClient, intake: MemoryIntake) -> None:
    started = time.perf_counter()
    await asyncio.gather(
        *(http.post(URL, json=text_update("x", update_id=number), headers=KEY) for number in range(100))
    )
    assert time.perf_counter() - started < 2
    assert len(intake.stored) == 100
