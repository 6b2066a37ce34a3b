"""From a signed webhook through the spine to what the person sees, and what comes back of it."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
import sqlalchemy as sa
from fastapi import FastAPI

from bots.bootstrap import Application
from bots.meta.account import AppSettings, MetaAccounts
from bots.meta.webhook import WEBHOOK_PATH
from core.clock import ManualClock
from core.domain.conversation import Holder
from core.storage.tables import ConversationRow, MessageRow, OutboxRow, table
from tests.bots.meta.bench import PLATFORMS, connect, emulate
from tests.bots.telegram.kit import until
from tests.emulators import faults
from tests.emulators.meta import MetaEmulator
from tests.emulators.meta_events import envelope, message
from tests.emulators.meta_push import sign
from tests.emulators.meta_state import APP_SECRET, PERSON, VERIFY_TOKEN
from tests.spine import build_spine, settle


@dataclass
class Shop:
    """The whole bot beside an emulated platform whose webhooks are handed over by hand, so that order is ours."""

    app: Application
    emulator: MetaEmulator
    door: FastAPI
    accounts: MetaAccounts

    async def hand_over(self, *, times: int = 1) -> None:
        """Everything that the platform has to tell, each `times` times, until it has nothing more."""
        while waiting := self.emulator.pusher.take_all():
            for raw in waiting:
                for _ in range(times):
                    assert await self.post(raw) == 200
            await settle(self.app)

    async def post(self, raw: bytes) -> int:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(self.door), base_url="http://bot") as http:
            return (await http.post(WEBHOOK_PATH, content=raw, headers=sign(raw, APP_SECRET))).status_code

    async def post_until(self, holds: Callable[[Any], bool]) -> Any:
        """The same once, without waiting for what is put off; give the first outbox row of which it is true then."""
        for raw in self.emulator.pusher.take_all():
            assert await self.post(raw) == 200
        async with asyncio.timeout(5):
            while not (found := [row for row in await self.rows(OutboxRow) if holds(row)]):  # noqa: ASYNC110
                await asyncio.sleep(0.01)
        return found[0]

    async def rows(self, wanted: type) -> list[Any]:
        found = table(wanted)
        return await self.app.database.read(lambda conn: list(conn.execute(sa.select(found).order_by(found.c.id))))


@pytest.fixture(params=PLATFORMS)
async def shop(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Shop]:
    platform = PLATFORMS[request.param]
    with emulate(platform) as emulator:
        account = connect(platform, emulator.base_url)
        clock = ManualClock(datetime.fromtimestamp(emulator.state.now, UTC))
        app = await build_spine(tmp_path, channels=[(account.account, account.channel)], clock=clock)
        settings = AppSettings(secrets=[APP_SECRET], verify_token=VERIFY_TOKEN)
        accounts = MetaAccounts(app=settings, accounts=[account], clock=app.clock)
        accounts.connect(intake=app.intake, health=app.health)
        door = FastAPI()
        assert accounts.router is not None
        door.include_router(accounts.router)
        await app.start()
        yield Shop(app, emulator, door, accounts)
        await app.stop()
        await accounts.stop()


async def test_a_message_is_answered_once_however_often_it_comes_and_the_echo_starts_no_loop(shop: Shop) -> None:
    shop.emulator.say("Добрий день!")
    await shop.hand_over(times=3)
    assert len(shop.emulator.texts()) == 1
    (row,) = await shop.rows(OutboxRow)
    assert (row.state, row.platform_id) == ("sent", shop.emulator.seen()[0].mid)


async def test_a_reply_in_doubt_is_settled_by_its_echo_and_never_sent_again(shop: Shop) -> None:
    shop.emulator.script("messages", faults.delivered_but_silent(1.5))
    shop.emulator.say("Добрий день!")
    (arrived,) = shop.emulator.pusher.take_all()
    await shop.post(arrived)
    await settle(shop.app)
    assert [row.state for row in await shop.rows(OutboxRow)] == ["unconfirmed"]
    await shop.hand_over()
    assert [row.state for row in await shop.rows(OutboxRow)] == ["sent"]
    assert len(shop.emulator.texts()) == 1


async def test_an_echo_that_is_quicker_than_the_answer_settles_the_reply_when_the_answer_never_comes(
    shop: Shop,
) -> None:
    shop.emulator.script("messages", faults.delivered_but_silent(1.5))
    shop.emulator.say("Добрий день!")
    (arrived,) = shop.emulator.pusher.take_all()
    await shop.post(arrived)
    await until(lambda: shop.emulator.seen())
    await shop.hand_over()
    assert [row.state for row in await shop.rows(OutboxRow)] == ["sent"]
    assert len(shop.emulator.texts()) == 1


async def test_a_person_who_answers_in_the_native_app_silences_the_bot(shop: Shop) -> None:
    shop.emulator.say("Добрий день!")
    await shop.hand_over()
    shop.emulator.answer_by_hand("Вітаю, це Оля, я допоможу")
    await shop.hand_over()
    shop.emulator.say("Дякую, чекаю")
    await shop.hand_over()
    assert len(shop.emulator.texts()) == 1
    (talk,) = await shop.rows(ConversationRow)
    assert (talk.holder, talk.holder_reason) == (Holder.OPERATOR.value, "native_app")
    assert [row.role for row in await shop.rows(MessageRow)] == ["customer", "bot", "system", "operator", "customer"]


async def test_what_was_unsent_before_it_was_answered_is_not_answered(shop: Shop) -> None:
    shop.emulator.open_chat()
    shop.emulator.inject(message("забудьте", mid="m1"), message(None, mid="m1", is_deleted=True))
    await shop.hand_over()
    assert [row.text for row in await shop.rows(MessageRow) if row.direction == "in"] == [""]
    assert "забудьте" not in str([dict(row._mapping) for row in await shop.rows(MessageRow)])


async def test_what_was_taken_back_before_it_came_is_neither_kept_nor_answered(shop: Shop) -> None:
    shop.emulator.open_chat()
    shop.emulator.inject(message(None, mid="m1", is_deleted=True))
    await shop.hand_over()
    shop.emulator.inject(message("забудьте", mid="m1"))
    await shop.hand_over(times=2)
    assert await shop.rows(MessageRow) == []
    assert shop.emulator.texts() == []


async def test_an_edit_that_is_here_first_is_answered_once(shop: Shop) -> None:
    shop.emulator.open_chat()
    shop.emulator.inject(envelope(message_edit={"mid": "m1", "text": "а для дому?", "num_edit": "1"}))
    await shop.hand_over()
    shop.emulator.inject(message("а для офісу?", mid="m1"))
    await shop.hand_over(times=2)
    assert [row.text for row in await shop.rows(MessageRow) if row.direction == "in"] == ["а для дому?"]
    assert len(shop.emulator.texts()) == 1


async def test_ten_stickers_in_a_row_get_one_answer(shop: Shop) -> None:
    shop.emulator.open_chat()
    sticker = {"type": "sticker", "payload": {"sticker_id": 144885145685752}}
    for number in range(10):
        shop.emulator.inject(message(None, mid=f"m{number}", attachments=[sticker]))
        await shop.hand_over()
    assert len(shop.emulator.texts()) == 1


async def test_a_blocked_person_is_left_alone_until_they_write_again(shop: Shop) -> None:
    shop.emulator.block()
    shop.emulator.say("привіт")
    await shop.hand_over()
    (talk,) = await shop.rows(ConversationRow)
    assert not talk.reachable
    shop.emulator.state.blocked.clear()
    shop.emulator.say("ще раз привіт")
    await shop.hand_over()
    assert len(shop.emulator.texts(PERSON)) >= 1


async def test_after_a_day_without_a_word_nothing_leaves_and_a_person_is_called(shop: Shop) -> None:
    shop.emulator.open_chat()
    day_old = message("є хтось?", mid="m1")
    day_old["timestamp"] -= 25 * 3600 * 1000
    shop.emulator.inject(day_old)
    await shop.hand_over()
    assert shop.emulator.seen() == []
    assert [(row.state, row.reason) for row in await shop.rows(OutboxRow)] == [("refused", "window")]
    (talk,) = await shop.rows(ConversationRow)
    assert talk.holder == Holder.WAITING.value


async def test_typing_is_asked_of_the_platform_as_an_action_of_its_own(shop: Shop) -> None:
    shop.emulator.open_chat()
    (channel,) = shop.app.channels.values()
    await channel.show_typing(PERSON)
    await channel.show_typing(PERSON)
    assert shop.emulator.state.actions == [(PERSON, "mark_seen"), (PERSON, "typing_on"), (PERSON, "typing_on")]
