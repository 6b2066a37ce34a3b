"""From a person's phone to the store and back: the real spine, the real door, an emulated platform."""

import contextlib
from collections.abc import AsyncIterator
from pathlib import Path

import sqlalchemy as sa

from bots.bootstrap import Application
from bots.channel import AccountState
from bots.telegram.account import ACCOUNT
from core.storage.tables import ConversationRow, OutboxRow, table
from tests.bots.telegram.kit import Naps, build_account, until
from tests.emulators import faults
from tests.emulators.moving_clock import MovingClock
from tests.emulators.telegram import TelegramEmulator
from tests.emulators.telegram_people import USER
from tests.spine import build_spine, settle


@contextlib.asynccontextmanager
async def selling(telegram: TelegramEmulator, folder: Path) -> AsyncIterator[Application]:
    telegram.state.clock = MovingClock()  # whoever wrote long ago is left alone in quiet hours
    account = build_account(telegram)
    account.sleep = Naps()
    app = await build_spine(folder, channels=[(ACCOUNT, account.channel)])
    account.connect(intake=app.intake, health=app.health)
    await app.start()
    await account.start()
    try:
        await until(lambda: app.health.state(ACCOUNT) is AccountState.OK)
        yield app
    finally:
        await account.stop()
        await app.stop()


async def test_a_person_who_writes_is_answered(telegram: TelegramEmulator, tmp_path: Path) -> None:
    async with selling(telegram, tmp_path):
        telegram.say("/start spring-ad")
        await until(lambda: telegram.texts())
    assert len(telegram.seen()) >= 1


async def test_three_hundred_redelivered_updates_give_no_second_reply(
    telegram: TelegramEmulator, tmp_path: Path
) -> None:
    people = range(50, 60)
    async with selling(telegram, tmp_path) as app:
        said = [telegram.say("/start", user_id=user) for user in people]
        await until(lambda: all(telegram.texts(user) for user in people))
        await settle(app)
        before = {user: telegram.texts(user) for user in people}
        await until(lambda: not telegram.state.queue)
        for _ in range(3):
            telegram.redeliver(said * 10)
            await until(lambda: not telegram.state.queue)
        await until(lambda: app.intake.duplicates == 300)
        await settle(app)
    assert {user: telegram.texts(user) for user in people} == before
    assert app.intake.received == len(people)


async def test_a_reply_in_doubt_is_marked_and_not_repeated(telegram: TelegramEmulator, tmp_path: Path) -> None:
    telegram.script("sendMessage", faults.delivered_but_silent(2))
    async with selling(telegram, tmp_path) as app:
        telegram.say("/start")
        await until(lambda: telegram.texts())
        await settle(app)
        states = await app.database.read(lambda conn: conn.execute(sa.select(table(OutboxRow).c.state)).scalars().all())
    assert states.count("unconfirmed") == 1
    assert len(telegram.texts()) == len(states)


async def test_a_person_who_blocks_the_bot_is_left_alone_and_found_again(
    telegram: TelegramEmulator, tmp_path: Path
) -> None:
    reachable = sa.select(table(ConversationRow).c.reachable).where(table(ConversationRow).c.chat == str(USER))

    async with selling(telegram, tmp_path) as app:
        telegram.say("/start")
        await until(lambda: telegram.texts())
        last = telegram.block()
        await until(lambda: telegram.state.offsets[-1:] == [last + 1])
        assert await app.database.read(lambda conn: conn.execute(reachable).scalar()) is False
        last = telegram.unblock()
        await until(lambda: telegram.state.offsets[-1:] == [last + 1])
        assert await app.database.read(lambda conn: conn.execute(reachable).scalar()) is True
