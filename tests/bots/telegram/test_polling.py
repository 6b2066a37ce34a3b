"""The poller against the emulator: nothing is confirmed before it is stored, and nothing stops the program."""

import asyncio
import contextlib
import time
from datetime import timedelta

import pytest

from bots.channel import AccountState, HealthBoard
from bots.telegram.account import ACCOUNT
from bots.telegram.polling import Poller
from bots.telegram.reception import Reception
from core.clock import SystemClock
from core.domain.messages import InboundKind
from tests.bots.telegram.kit import MemoryIntake, Naps, build_account, running, until
from tests.emulators import faults
from tests.emulators.telegram import TelegramEmulator
from tests.emulators.telegram_updates import text_update


async def test_what_people_write_is_stored_in_order(
    telegram: TelegramEmulator, intake: MemoryIntake, health: HealthBoard
) -> None:
    for number in range(250):
        telegram.say(f"раз {number}")
    async with running(build_account(telegram), intake, health):
        await until(lambda: len(intake.stored) == 250)
        telegram.say("ще")
        await until(lambda: "ще" in intake.texts)
    assert intake.texts == [*(f"раз {number}" for number in range(250)), "ще"]
    assert health.state(ACCOUNT) is AccountState.OK


async def test_the_offset_moves_only_after_the_commit(
    telegram: TelegramEmulator, intake: MemoryIntake, health: HealthBoard
) -> None:
    first = telegram.say("не загуби мене")
    broken = True
    intake.fail = lambda message: broken
    async with running(build_account(telegram), intake, health):
        await until(lambda: intake.calls >= 4)
        assert all(offset <= first for offset in telegram.state.offsets)
        assert len(telegram.state.queue) == 1
        broken = False
        await until(lambda: intake.texts == ["не загуби мене"])
        await until(lambda: telegram.state.offsets[-1:] == [first + 1])


async def test_stopping_in_the_middle_of_a_commit_finishes_it_first(
    telegram: TelegramEmulator, intake: MemoryIntake, health: HealthBoard
) -> None:
    intake.slow = timedelta(seconds=0.2)
    telegram.say("останнє слово")
    async with running(build_account(telegram), intake, health):
        await until(lambda: intake.calls == 1)
    assert intake.texts == ["останнє слово"]


async def test_a_long_poll_is_given_up_at_once_when_stopping(
    telegram: TelegramEmulator, intake: MemoryIntake, health: HealthBoard
) -> None:
    async with running(build_account(telegram, long_poll_s=30), intake, health):
        await until(lambda: health.state(ACCOUNT) is AccountState.OK and telegram.state.pollers)
        started = time.monotonic()
    assert time.monotonic() - started < 1


async def test_a_webhook_left_from_elsewhere_is_removed_and_what_waits_is_kept(
    telegram: TelegramEmulator, intake: MemoryIntake, health: HealthBoard
) -> None:
    telegram.state.webhook.url = "http://127.0.0.1:1/elsewhere"
    telegram.say("я писав раніше")
    async with running(build_account(telegram), intake, health):
        await until(lambda: intake.texts == ["я писав раніше"])
    assert telegram.state.webhook.url == ""
    (params,) = [params for method, params in telegram.state.calls if method == "deletewebhook"]
    assert params == {"drop_pending_updates": "false"}


async def test_a_restart_replays_what_was_not_confirmed_and_loses_nothing(
    telegram: TelegramEmulator, intake: MemoryIntake, health: HealthBoard
) -> None:
    update_id = telegram.say("раз")
    async with running(build_account(telegram), intake, health):
        await until(lambda: intake.texts == ["раз"])
    telegram.say("поки тебе не було")
    telegram.duplicate(update_id)
    async with running(build_account(telegram), intake, health):
        await until(lambda: len(intake.texts) == 2)
    assert intake.texts == ["раз", "поки тебе не було"]


@pytest.mark.parametrize(
    ("words", "hint"),
    [(faults.OTHER_POLLER, "another program"), (faults.WEBHOOK_ACTIVE, "a webhook was set")],
)
async def test_a_second_owner_of_the_bot_is_a_conflict_that_is_tried_again(
    telegram: TelegramEmulator, intake: MemoryIntake, health: HealthBoard, words: str, hint: str
) -> None:
    telegram.always("getUpdates", faults.conflict(words))
    account = build_account(telegram)
    async with running(account, intake, health):
        await until(lambda: health.state(ACCOUNT) is AccountState.CONFLICT)
        assert hint in health.accounts[ACCOUNT].hint
        naps = account.sleep
        assert isinstance(naps, Naps)
        await until(lambda: len(naps.asked) >= 7)
        assert naps.asked[:7] == [1, 2, 4, 8, 16, 32, 60]
        telegram.faults.clear()
        telegram.say("тепер моя черга")
        await until(lambda: intake.texts == ["тепер моя черга"])
        assert health.state(ACCOUNT) is AccountState.OK


async def test_two_pollers_of_one_bot_are_told_of_each_other(
    telegram: TelegramEmulator, intake: MemoryIntake, health: HealthBoard
) -> None:
    boards = (health, HealthBoard())
    async with contextlib.AsyncExitStack() as both:
        for board in boards:
            await both.enter_async_context(running(build_account(telegram), intake, board))
        await until(lambda: any(board.state(ACCOUNT) is AccountState.CONFLICT for board in boards))


@pytest.mark.parametrize("fault", [faults.unauthorized(), faults.not_found()], ids=str)
@pytest.mark.parametrize("method", ["getMe", "getUpdates"])
async def test_a_rejected_token_stops_the_account_with_a_hint_and_not_the_program(
    telegram: TelegramEmulator, intake: MemoryIntake, health: HealthBoard, fault: faults.Fault, method: str
) -> None:
    telegram.always(method, fault)
    async with running(build_account(telegram), intake, health) as account:
        await until(lambda: health.state(ACCOUNT) is AccountState.UNAUTHORIZED)
        assert "TELEGRAM_TOKEN" in health.accounts[ACCOUNT].hint
        assert account._running is not None
        await asyncio.wait_for(account._running, 1)


@pytest.mark.parametrize(
    "fault",
    [faults.server_error(), faults.silent(3), faults.cut_off(delivered=True), faults.Fault(200, body="no JSON")],
    ids=str,
)
async def test_a_network_that_fails_is_tried_again_until_it_works(
    telegram: TelegramEmulator, intake: MemoryIntake, health: HealthBoard, fault: faults.Fault
) -> None:
    telegram.script("getMe", fault)
    telegram.script("deleteWebhook", fault)
    telegram.say("чекаю")
    async with running(build_account(telegram), intake, health):
        await until(lambda: health.state(ACCOUNT) is AccountState.UNREACHABLE)
        await until(lambda: intake.texts == ["чекаю"])
        assert health.state(ACCOUNT) is AccountState.OK


async def test_an_answer_that_is_cut_off_loses_no_update(
    telegram: TelegramEmulator, intake: MemoryIntake, health: HealthBoard
) -> None:
    telegram.script("getUpdates", faults.cut_off(delivered=True), faults.delivered_but_silent(3))
    telegram.say("двічі не дійшло")
    async with running(build_account(telegram), intake, health):
        await until(lambda: intake.texts == ["двічі не дійшло"])


async def test_too_many_requests_are_answered_by_the_wait_they_ask_for(
    telegram: TelegramEmulator, intake: MemoryIntake, health: HealthBoard
) -> None:
    telegram.script("getUpdates", faults.too_many_requests(17))
    account = build_account(telegram)
    telegram.say("а тепер")
    async with running(account, intake, health):
        await until(lambda: intake.texts == ["а тепер"])
        assert isinstance(account.sleep, Naps)
        assert account.sleep.asked == [17]


async def test_a_poison_update_is_refused_and_its_neighbours_are_stored(
    telegram: TelegramEmulator, intake: MemoryIntake, health: HealthBoard
) -> None:
    telegram.say("перед")
    telegram.inject({"message": "не повідомлення"})
    telegram.inject({"something_of_next_year": {"x": 1}})
    last = telegram.say("після")
    async with running(build_account(telegram), intake, health):
        await until(lambda: telegram.state.offsets[-1:] == [last + 1])
    assert intake.texts == ["перед", "після"]


async def test_an_update_that_cannot_be_stored_is_set_aside_after_three_tries(
    telegram: TelegramEmulator, intake: MemoryIntake, health: HealthBoard
) -> None:
    intake.fail = lambda message: message.text == "отрута"
    for text in ("перед", "отрута", "після"):
        last = telegram.say(text)
    async with running(build_account(telegram), intake, health):
        await until(lambda: telegram.state.offsets[-1:] == [last + 1])
        telegram.say("далі")
        await until(lambda: "далі" in intake.texts)
    assert intake.texts == ["перед", "після", "далі"]


async def test_an_update_that_alone_cannot_be_stored_waits_for_the_store(
    telegram: TelegramEmulator, intake: MemoryIntake, health: HealthBoard
) -> None:
    broken = True
    intake.fail = lambda message: broken
    telegram.say("диск повний")
    async with running(build_account(telegram), intake, health):
        await until(lambda: intake.calls > 12)
        broken = False
        await until(lambda: intake.texts == ["диск повний"])


async def test_numbers_that_start_anew_after_a_quiet_week_are_not_forgotten(
    telegram: TelegramEmulator, intake: MemoryIntake
) -> None:
    account = build_account(telegram, long_poll_s=0)
    reception = Reception(account=ACCOUNT, intake=intake, clock=SystemClock())
    poller = Poller(client=account.client, reception=reception, long_poll_s=0)
    telegram.inject(text_update("високий номер", update_id=900_000))
    await poller.take(await poller.wait())
    assert await poller.wait() == []
    telegram.inject(text_update("низький номер", update_id=12))
    await poller.take(await poller.wait())
    await account.client.close_connections()
    assert intake.texts == ["високий номер", "низький номер"]


async def test_blocked_and_returned_people_are_noticed(
    telegram: TelegramEmulator, intake: MemoryIntake, health: HealthBoard
) -> None:
    telegram.block()
    telegram.unblock()
    async with running(build_account(telegram), intake, health):
        await until(lambda: len(intake.stored) == 2)
    assert [message.kind for message in intake.stored] == [InboundKind.BLOCKED, InboundKind.UNBLOCKED]


async def test_the_bots_own_name_is_learned_so_that_others_commands_are_left_alone(
    telegram: TelegramEmulator, intake: MemoryIntake, health: HealthBoard
) -> None:
    telegram.say("/start@another_bot x")
    telegram.say("/start@example_shop_bot y")
    async with running(build_account(telegram), intake, health):
        await until(lambda: intake.stored)
    assert [(message.text, message.source) for message in intake.stored] == [("/start y", "y")]
