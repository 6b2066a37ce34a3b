"""What a checkup of a bot finds, and what setting it up changes."""

import time
from collections.abc import Iterator
from typing import Any

import pytest

from bots.caretaker import Checkup, Outcome, SetUp
from bots.channel import AccountState
from core.domain.channel_texts import ChannelTexts, Tap
from tests.bots.telegram.kit import build_account
from tests.emulators import faults
from tests.emulators.telegram import TelegramEmulator

HERE = "https://bot.example.com"
HOOK = f"{HERE}/webhooks/telegram/telegram"
TEXTS = ChannelTexts(
    greeting={"uk": "Вітаємо!", "en": "Welcome!"},
    about={"uk": "Помічник"},
    menu=(Tap({"uk": "Ціни", "en": "Prices"}, act="ask_price", command="prices"), Tap({"uk": "Без команди"})),
)


@pytest.fixture
def emulator() -> Iterator[TelegramEmulator]:
    with TelegramEmulator() as served:
        yield served


async def check(emulator: TelegramEmulator, **more: Any) -> Checkup:
    (caretaker,) = build_account(emulator, **more).caretakers
    try:
        return await caretaker.check()
    finally:
        await caretaker.close()


async def set_up(
    emulator: TelegramEmulator,
    texts: ChannelTexts = TEXTS,
    marks: dict[str, str] | None = None,
    *,
    force: bool = False,
    **more: Any,
) -> SetUp:
    (caretaker,) = build_account(emulator, **more).caretakers
    try:
        return await caretaker.set_up(texts, marks or {}, force=force)
    finally:
        await caretaker.close()


def outcomes(found: SetUp) -> dict[str, Outcome]:
    return {change.part: change.outcome for change in found.changes}


async def test_a_bot_that_asks_for_its_messages_is_well_without_a_webhook(emulator: TelegramEmulator) -> None:
    checkup = await check(emulator)
    assert checkup.is_well
    assert f"@{emulator.state.bot['username']}" in checkup.notes


async def test_a_webhook_that_takes_what_is_asked_for_is_told(emulator: TelegramEmulator) -> None:
    emulator.state.webhook.url = "https://elsewhere.example"
    assert [finding.state for finding in (await check(emulator)).findings] == [AccountState.CONFLICT]


async def test_a_webhook_that_is_missing_is_set_up_and_well_then(emulator: TelegramEmulator) -> None:
    (finding,) = (await check(emulator, public_url=HERE)).findings
    assert (finding.state, "seller channels setup" in finding.hint) == (AccountState.DEAF, True)
    await set_up(emulator, public_url=HERE)
    assert emulator.state.webhook.url == HOOK
    assert (await check(emulator, public_url=HERE)).is_well


async def test_a_webhook_of_another_program_stays_until_it_is_forced(emulator: TelegramEmulator) -> None:
    emulator.state.webhook.url = "https://elsewhere.example"
    assert outcomes(await set_up(emulator, public_url=HERE))["webhook"] is Outcome.KEPT
    assert emulator.state.webhook.url == "https://elsewhere.example"
    await set_up(emulator, public_url=HERE, force=True)
    assert emulator.state.webhook.url == HOOK


async def test_deliveries_that_fail_are_told_with_telegrams_own_words(emulator: TelegramEmulator) -> None:
    hook = emulator.state.webhook
    hook.url, hook.last_error, hook.last_error_at = HOOK, "Wrong response from the webhook: 502", int(time.time())
    (finding,) = (await check(emulator, public_url=HERE)).findings
    assert "502" in finding.what
    hook.last_error_at -= 7200
    assert (await check(emulator, public_url=HERE)).is_well


@pytest.mark.parametrize(
    ("fault", "state"),
    [
        (faults.unauthorized(), AccountState.UNAUTHORIZED),
        (faults.server_error(), AccountState.UNREACHABLE),
        (faults.cut_off(delivered=False), AccountState.UNREACHABLE),
    ],
)
async def test_an_outage_is_never_taken_for_a_wrong_token(
    fault: faults.Fault, state: AccountState, emulator: TelegramEmulator
) -> None:
    emulator.script("getme", fault)
    assert [finding.state for finding in (await check(emulator)).findings] == [state]


async def test_what_people_see_first_is_set_in_each_language_and_not_again(emulator: TelegramEmulator) -> None:
    first = await set_up(emulator)
    shown = emulator.state.profile
    assert (shown["description", ""], shown["description", "en"]) == ("Вітаємо!", "Welcome!")
    assert shown["short_description", ""] == "Помічник"
    assert [told["command"] for told in shown["commands", "en"]] == ["prices"]
    assert set(outcomes(first).values()) == {Outcome.SET}
    assert set(outcomes(await set_up(emulator, marks=dict(first.marks))).values()) == {Outcome.SAME}


async def test_what_a_person_wrote_by_hand_stays_until_it_is_forced(emulator: TelegramEmulator) -> None:
    emulator.state.profile["description", ""] = "Рукою"
    kept = await set_up(emulator)
    assert outcomes(kept)["description"] is Outcome.KEPT
    assert any("Рукою" in change.told and "--force" in change.told for change in kept.changes)
    assert emulator.state.profile["description", ""] == "Рукою"
    await set_up(emulator, force=True)
    assert emulator.state.profile["description", ""] == "Вітаємо!"


async def test_what_we_set_ourselves_follows_the_firms_texts(emulator: TelegramEmulator) -> None:
    first = await set_up(emulator)
    found = await set_up(emulator, ChannelTexts(greeting={"uk": "Нове", "en": "New"}), dict(first.marks))
    assert outcomes(found) == {"description": Outcome.SET}
    assert emulator.state.profile["description", "en"] == "New"


async def test_a_wait_that_telegram_wants_is_told(emulator: TelegramEmulator) -> None:
    emulator.script("setmydescription", faults.too_many_requests(30))
    found = await set_up(emulator)
    assert not found.is_done
    assert "try again in 30 seconds" in str(found.changes)
