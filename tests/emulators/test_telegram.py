"""The emulator keeps the platform's rules: else tests against it would prove nothing."""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Iterator
from typing import Any

import httpx
import pytest

from tests.emulators import faults
from tests.emulators.telegram import TelegramEmulator
from tests.emulators.telegram_people import USER
from tests.emulators.telegram_state import TOKEN


@pytest.fixture
def telegram() -> Iterator[TelegramEmulator]:
    with TelegramEmulator() as emulator:
        emulator.open_chat()
        yield emulator


class Bot:
    """A client as simple as can be."""

    def __init__(self, http: httpx.AsyncClient) -> None:
        self._http = http

    async def ask(self, method: str, **params: Any) -> dict[str, Any]:
        answer: dict[str, Any] = (await self._http.post(f"/bot{TOKEN}/{method}", data=params)).json()
        return answer

    async def updates(self, **params: Any) -> list[int]:
        return [update["update_id"] for update in (await self.ask("getUpdates", **params))["result"]]


@pytest.fixture
async def bot(telegram: TelegramEmulator) -> AsyncIterator[Bot]:
    async with httpx.AsyncClient(base_url=telegram.address, trust_env=False) as http:
        yield Bot(http)


async def test_updates_stay_until_an_offset_confirms_them(telegram: TelegramEmulator, bot: Bot) -> None:
    first, second, third = (telegram.say(str(number)) for number in range(3))
    assert await bot.updates() == await bot.updates() == [first, second, third]
    assert await bot.updates(limit=1) == [first]
    assert await bot.updates(offset=second) == [second, third]
    assert await bot.updates() == [second, third]
    assert await bot.updates(offset=-1) == [third]
    assert await bot.updates(offset=third + 1) == []
    assert telegram.state.offsets == [second, -1, third + 1]


async def test_a_long_poll_ends_with_the_first_update(telegram: TelegramEmulator, bot: Bot) -> None:
    waiting = asyncio.create_task(bot.updates(timeout=4))
    await asyncio.sleep(0.05)
    started, update_id = time.monotonic(), telegram.say("нарешті")
    assert await waiting == [update_id]
    assert time.monotonic() - started < 1


async def test_the_later_of_two_polls_wins(telegram: TelegramEmulator, bot: Bot) -> None:
    first = asyncio.create_task(bot.ask("getUpdates", timeout=4))
    await asyncio.sleep(0.05)
    second = asyncio.create_task(bot.updates(timeout=4))
    assert (await first)["error_code"] == 409
    telegram.say("друге")
    assert len(await second) == 1


async def test_polling_and_a_webhook_exclude_each_other(telegram: TelegramEmulator, bot: Bot) -> None:
    await bot.ask("setWebhook", url="http://127.0.0.1:1/x", secret_token="s")
    assert "webhook is active" in (await bot.ask("getUpdates"))["description"]
    assert (await bot.ask("getWebhookInfo"))["result"]["url"] == "http://127.0.0.1:1/x"
    await bot.ask("deleteWebhook")
    assert (await bot.ask("getUpdates"))["ok"]


@pytest.mark.parametrize(
    ("params", "words"),
    [
        ({"text": "😀" * 4096}, None),
        ({"text": "😀" * 4097}, "message is too long"),
        ({"text": " \n"}, "message text is empty"),
        ({"text": "x", "chat_id": 999}, "chat not found"),
        ({"text": "x", "buttons": [[{"text": "a", "callback_data": "ї" * 32}]]}, None),
        ({"text": "x", "buttons": [[{"text": "a", "callback_data": "ї" * 33}]]}, "BUTTON_DATA_INVALID"),
        ({"text": "x", "buttons": [[{"text": "a", "callback_data": ""}]]}, "BUTTON_DATA_INVALID"),
        ({"text": "x", "buttons": [[{"text": "a", "url": "nowhere"}]]}, "BUTTON_URL_INVALID"),
        ({"text": "x", "buttons": [[{"text": "a", "callback_data": "x"}] * 9]}, "reply markup is too long"),
        ({"text": "x", "buttons": [[]]}, "reply markup is too long"),
        ({"text": "x", "buttons": [[{"text": "", "callback_data": "x"}]]}, "text buttons are unallowed"),
    ],
)
async def test_limits_are_those_of_the_platform(bot: Bot, params: dict[str, Any], words: str | None) -> None:
    buttons = params.pop("buttons", None)
    if buttons is not None:
        params["reply_markup"] = json.dumps({"inline_keyboard": buttons})
    answer = await bot.ask("sendMessage", **{"chat_id": USER, **params})
    assert answer["ok"] is (words is None)
    if words:
        assert words in answer["description"]


async def test_faults_are_met_once_each_and_in_order(telegram: TelegramEmulator, bot: Bot) -> None:
    telegram.script("sendMessage", faults.too_many_requests(3), faults.forbidden())
    answers = [await bot.ask("sendMessage", chat_id=USER, text="x") for _ in range(3)]
    assert [answer.get("error_code") for answer in answers] == [429, 403, None]
    assert answers[0]["parameters"] == {"retry_after": 3}
    assert telegram.texts() == ["x"]


async def test_a_blocked_bot_cannot_write_until_it_is_unblocked(telegram: TelegramEmulator, bot: Bot) -> None:
    telegram.block()
    assert (await bot.ask("sendMessage", chat_id=USER, text="x"))["error_code"] == 403
    telegram.unblock()
    assert (await bot.ask("sendMessage", chat_id=USER, text="x"))["ok"]


async def test_a_wrong_token_and_an_unknown_method_are_refused(telegram: TelegramEmulator, bot: Bot) -> None:
    async with httpx.AsyncClient(base_url=telegram.address, trust_env=False) as http:
        assert (await http.post("/bot1:wrong/getMe")).status_code == 401
    assert (await bot.ask("danceForMe"))["error_code"] == 404


async def test_files_have_the_platforms_size_limit(telegram: TelegramEmulator, bot: Bot) -> None:
    telegram.state.files["small"] = b"abc"
    telegram.state.sizes["huge"] = 21 * 1024 * 1024
    path = (await bot.ask("getFile", file_id="small"))["result"]["file_path"]
    async with httpx.AsyncClient(trust_env=False) as http:
        assert (await http.get(f"{telegram.base_file_url}{TOKEN}/{path}")).content == b"abc"
    assert "too big" in (await bot.ask("getFile", file_id="huge"))["description"]


async def test_a_held_back_update_comes_later(telegram: TelegramEmulator, bot: Bot) -> None:
    update_id = telegram.say("пізніше", delay=1.0)
    assert await bot.updates() == []
    assert await bot.updates(timeout=5) == [update_id]


async def test_another_program_can_pull_the_strings_over_http(telegram: TelegramEmulator, bot: Bot) -> None:
    async with httpx.AsyncClient(base_url=f"{telegram.address}/control", trust_env=False) as control:
        said = await control.post("/telegram/say", json={"text": "привіт", "user_id": 9})
        assert await bot.updates() == [said.json()["result"]]
        await control.post("/telegram/script", json={"method": "sendMessage", "faults": [{"code": 403}]})
        assert not (await bot.ask("sendMessage", chat_id=9, text="x"))["ok"]
        await bot.ask("sendMessage", chat_id=9, text="вітаю")
        state = (await control.get("/telegram")).json()
        assert [seen["text"] for seen in state["seen"]] == ["вітаю"]
        assert (await control.post("/telegram/dance")).status_code == 404
        assert (await control.post("/telegram/press", json={"data": "none"})).status_code == 400
