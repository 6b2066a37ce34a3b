"""Between people and the bot, through the whole spine: the bot's return, promises, operators in the morning."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from bots.bootstrap import Application
from core.clock import ManualClock
from core.domain.conversation import Holder
from core.domain.ids import ConversationId
from core.domain.messages import InboundKind
from core.domain.promises import PromiseState
from core.jobs.memory import MemoryJobs
from core.storage import users
from core.storage.lead_table import list_leads_after
from core.storage.promises import list_promises
from core.storage.tables import EventRow, MessageRow, table
from core.storage.turns import load_conversation
from tests.spine import NOON, CollectingChannel, ScriptedUnderstanding, build_message, build_spine, settle

MINUTES = timedelta(minutes=1)
TALK = ConversationId(1)


class Shop:
    def __init__(self, app: Application, channel: CollectingChannel, clock: ManualClock) -> None:
        self.app, self.channel, self.clock = app, channel, clock

    async def hears(self, text: str) -> None:
        await self.app.intake.receive([build_message(text, event=f"{text}:{self.clock.now()}")])
        await settle(self.app)

    async def writes_in_the_app(self, text: str) -> None:
        echo = build_message(text, kind=InboundKind.ECHO, event=f"echo:{text}", external_id=f"m:{text}")
        await self.app.intake.receive([echo])
        await self.wait(0)

    async def wait(self, minutes: float) -> None:
        self.clock.advance(minutes * MINUTES)
        jobs = self.app.jobs
        assert isinstance(jobs, MemoryJobs)
        await self.app._relay()
        await jobs.run_due()
        await settle(self.app)

    async def holder(self) -> tuple[Holder, str | None]:
        talk = await self.app.database.read(lambda conn: load_conversation(conn, TALK))
        return talk.holder, talk.holder_reason

    async def promises(self) -> list[tuple[str, str, PromiseState]]:
        found = await self.app.database.read(lambda conn: list_promises(conn, TALK))
        return [(entry.kind.value, entry.made_by, entry.state) for entry in found]

    async def roles(self) -> list[str]:
        rows = table(MessageRow)
        wanted = sa.select(rows.c.role).where(rows.c.conversation_id == TALK).order_by(rows.c.id)
        return await self.app.database.read(lambda conn: list(conn.scalars(wanted)))

    async def events(self, kind: str) -> int:
        rows = table(EventRow)
        return await self.app.database.read(
            lambda conn: conn.execute(sa.select(sa.func.count()).where(rows.c.kind == kind)).scalar_one()
        )


async def open_shop(folder: Path, start: datetime) -> Shop:
    channel, clock = CollectingChannel(), ManualClock(start)
    meant = ScriptedUnderstanding({"what does it cost?": ("ask_price",), "a person!": ("ask_human",)})
    app = await build_spine(folder, channel=channel, clock=clock, understanding=meant)
    await app.start()
    return Shop(app, channel, clock)


@pytest.fixture
async def shop(tmp_path: Path) -> AsyncIterator[Shop]:
    shop = await open_shop(tmp_path, NOON)
    yield shop
    await shop.app.stop()


async def test_the_bot_comes_back_when_the_person_in_the_app_leaves_the_customer_waiting(shop: Shop) -> None:
    await shop.hears("hello")
    await shop.writes_in_the_app("Hi, this is Olia.")
    said = len(shop.channel.seen)
    await shop.hears("what does it cost?")
    await shop.wait(29)
    assert len(shop.channel.seen) == said
    await shop.wait(2)
    assert "the automated assistant of Kavomir again" in shop.channel.seen[-1][1]
    assert await shop.holder() == (Holder.BOT, None)
    assert (await shop.roles())[-3:] == ["customer", "system", "bot"]
    assert await shop.events("message_received") == 2
    assert await shop.events("handed_back") == 1


async def test_who_writes_again_waits_no_longer(shop: Shop) -> None:
    await shop.hears("hello")
    await shop.writes_in_the_app("Hi, this is Olia.")
    said = len(shop.channel.seen)
    await shop.hears("what does it cost?")
    await shop.wait(20)
    await shop.hears("are you there?")
    await shop.wait(11)
    assert len(shop.channel.seen) == said + 1


async def test_what_the_person_answered_is_not_answered_by_the_bot(shop: Shop) -> None:
    await shop.hears("hello")
    await shop.writes_in_the_app("Hi, this is Olia.")
    await shop.hears("what does it cost?")
    await shop.wait(20)
    await shop.writes_in_the_app("It is 18 900.")
    said = len(shop.channel.seen)
    await shop.wait(60)
    assert len(shop.channel.seen) == said
    assert await shop.holder() == (Holder.OPERATOR, "native_app")


async def test_who_took_over_at_the_desk_keeps_the_talk_unless_the_firm_says_otherwise(shop: Shop) -> None:
    await shop.hears("hello")
    await shop.app.operators.take_over(TALK, "petro")
    said = len(shop.channel.seen)
    await shop.hears("what does it cost?")
    await shop.wait(600)
    assert len(shop.channel.seen) == said
    assert (await shop.holder())[0] is Holder.OPERATOR


async def test_handing_back_lets_the_bot_answer_what_nobody_answered(shop: Shop) -> None:
    await shop.hears("hello")
    await shop.app.operators.take_over(TALK, "petro")
    await shop.hears("what does it cost?")
    said = len(shop.channel.seen)
    await shop.app.operators.hand_back(TALK, "petro")
    await settle(shop.app)
    await shop.app._recover()
    await settle(shop.app)
    assert len(shop.channel.seen) == said + 1
    assert (await shop.roles())[-4:] == ["system", "customer", "system", "bot"]


async def test_an_operators_promise_becomes_overdue_once_unless_it_is_kept(shop: Shop) -> None:
    await shop.hears("hello")
    await shop.app.operators.reply(
        TALK, "petro", "I'll send you the price list within an hour. And I'll call you at 17:00."
    )
    assert await shop.promises() == [("price", "petro", PromiseState.OPEN), ("call", "petro", PromiseState.OPEN)]
    await shop.wait(30)
    await shop.app.operators.reply(TALK, "petro", "Here it is: https://example.com/prices.pdf")
    await shop.wait(360)
    await shop.wait(1)
    assert await shop.promises() == [("call", "petro", PromiseState.OVERDUE), ("price", "petro", PromiseState.KEPT)]
    assert await shop.events("promise_overdue") == 1


async def test_a_promise_in_the_app_is_one_too(shop: Shop) -> None:
    await shop.hears("hello")
    await shop.writes_in_the_app("Передзвоню завтра о 10")
    assert await shop.promises() == [("call", "native_app", PromiseState.OPEN)]


async def test_who_asked_at_night_finds_an_operator_in_the_morning(tmp_path: Path) -> None:
    shop = await open_shop(tmp_path, datetime(2026, 11, 23, 20, 0, tzinfo=UTC))
    await shop.app.database.write(lambda conn: users.create_user(conn, "ada", "hash", "operator", NOON))
    await shop.hears("a person!")
    assert "tomorrow at 9:00" in shop.channel.seen[-1][1]
    assert await owner(shop) is None
    await shop.hears("what does it cost?")
    assert len(shop.channel.seen) == 2
    assert (await shop.holder())[0] is Holder.WAITING
    await shop.wait(11 * 60)
    assert await owner(shop) == "ada"
    await shop.hears("hello?")
    await shop.hears("hello??")
    assert len(shop.channel.seen) == 3
    await shop.app.stop()


async def owner(shop: Shop) -> str | None:
    (lead,) = await shop.app.database.read(lambda conn: list_leads_after(conn, 0, 10))
    return lead.owner
