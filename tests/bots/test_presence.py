"""What really happened counts: sent before kept, there before promised, recorded before forgotten."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from core.domain.conversation import Holder
from core.domain.ids import LeadId
from core.domain.outcomes import OutcomeKind
from core.domain.promises import PromiseState
from core.domain.sending import Refused, Unknown
from core.storage import users
from core.storage.tables import EventRow, table
from tests.bots.test_duties import TALK, Shop, open_shop, owner
from tests.spine import NOON, settle

OPEN, KEPT = PromiseState.OPEN, PromiseState.KEPT


@pytest.fixture
async def shop(tmp_path: Path) -> AsyncIterator[Shop]:
    shop = await open_shop(tmp_path, NOON)
    yield shop
    await shop.app.stop()


async def say(shop: Shop, text: str) -> None:
    await shop.app.operators.reply(TALK, "petro", text)
    await settle(shop.app)


async def reasons(shop: Shop) -> list[str]:
    rows = table(EventRow)
    wanted = sa.select(rows.c.data).where(rows.c.kind == "followup_cancelled").order_by(rows.c.id)
    return [data["reason"] for data in await shop.app.database.read(lambda conn: list(conn.scalars(wanted)))]


async def add_operator(shop: Shop, *, away: bool = False) -> int:
    def add(conn: sa.Connection) -> int:
        user = users.create_user(conn, "ada", "hash", "operator", NOON)
        users.set_away(conn, user.id, away)
        return user.id

    return await shop.app.database.write(add)


async def test_a_promise_is_kept_by_what_was_sent_and_not_by_what_was_refused(shop: Shop) -> None:
    await shop.hears("hello")
    await say(shop, "I'll send you the price list within an hour.")
    shop.channel.script = [Refused("too_long")]
    await say(shop, "Here it is: https://example.com/prices.pdf")
    assert await shop.promises() == [("price", "petro", OPEN)]
    shop.channel.script = [Unknown("timeout")]
    await say(shop, "Here: https://example.com/prices.pdf")
    assert await shop.promises() == [("price", "petro", OPEN)]
    await say(shop, "Once more: https://example.com/prices.pdf")
    assert await shop.promises() == [("price", "petro", KEPT)]
    assert await shop.events("promise_kept") == 1


async def test_a_message_does_not_keep_what_it_promises_itself(shop: Shop) -> None:
    await shop.hears("hello")
    await say(shop, "I'll send you the price list tomorrow, the old one is https://example.com/old.pdf")
    assert await shop.promises() == [("price", "petro", OPEN)]


async def test_a_talk_that_delivery_gave_to_people_is_given_to_an_operator(shop: Shop) -> None:
    await add_operator(shop)
    shop.channel.script = [Refused("not_allowed")]
    await shop.hears("hello")
    assert (await shop.holder())[0] is Holder.WAITING
    await shop.wait(0)
    assert await owner(shop) == "ada"


async def test_in_working_hours_nobody_is_there_when_everybody_is_away(shop: Shop) -> None:
    ada = await add_operator(shop, away=True)
    await shop.hears("a person!")
    trace = shop.channel.seen[-1][1]
    assert "tomorrow" not in trace
    await shop.wait(16)
    assert await owner(shop) is None
    await shop.app.database.write(lambda conn: users.set_away(conn, ada, False))
    await shop.wait(16)
    assert await owner(shop) == "ada"


async def test_who_is_away_alone_decides_nothing_for_the_others(shop: Shop) -> None:
    assert not await shop.app.database.read(users.is_all_away)
    await add_operator(shop, away=True)
    assert await shop.app.database.read(users.is_all_away)
    await shop.app.database.write(lambda conn: users.create_user(conn, "bo", "hash", "lead", NOON))
    assert not await shop.app.database.read(users.is_all_away)


async def test_each_end_of_a_planned_follow_up_is_recorded_with_its_reason(shop: Shop) -> None:
    await shop.hears("hello")
    assert await shop.events("followup_planned") == 1
    await shop.hears("what does it cost?")
    assert await reasons(shop) == ["customer_wrote"]
    await shop.app.operators.take_over(TALK, "petro")
    assert await reasons(shop) == ["customer_wrote", "taken_over"]
    await shop.app.operators.hand_back(TALK, "petro")
    await shop.hears("hello again")
    await shop.app.operators.record_outcome(LeadId(1), OutcomeKind.LEAD_WON, "petro")
    assert (await reasons(shop))[-1] == "lead_closed"


async def test_stopping_and_calling_a_person_end_it_too(shop: Shop) -> None:
    await shop.hears("hello")
    await shop.hears("a person!")
    assert await reasons(shop) == ["handed_off"]


async def test_a_person_in_the_app_ends_it_and_one_that_fired_is_not_cancelled(shop: Shop) -> None:
    await shop.hears("hello")
    await shop.writes_in_the_app("Hi, this is Olia.")
    assert await reasons(shop) == ["taken_over"]
    await shop.hears("thanks")
    assert await reasons(shop) == ["taken_over"]
