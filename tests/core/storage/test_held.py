from datetime import timedelta

import pytest
import sqlalchemy as sa

from core.domain.conversation import Holder
from core.domain.hand_over import Assign
from core.domain.ids import ConversationId
from core.domain.messages import OutboundMessage
from core.storage import users
from core.storage.conversations import set_holder
from core.storage.database import Database
from core.storage.held import assign_lead, give_to_bot, reopen_unanswered, unanswered_since
from core.storage.lead_table import list_leads_after
from core.storage.marks import Mark, add_mark
from core.storage.outbox import queue_replies
from core.storage.tables import EventRow, UserRow, table
from core.storage.transcript import list_shown
from core.storage.turns import load_turn
from tests.core.storage.samples import NOW, arrive, find, take_turn, with_mail

MINUTE = timedelta(minutes=1)


async def write(database: Database, who: str, text: str) -> ConversationId:
    arrival = await arrive(database, f"{who}:{text}", text, chat=who, sender=who)
    return arrival.conversation_id


async def answer_by_hand(database: Database, talk: ConversationId, text: str) -> None:
    held = await find(database, talk)
    reply = [OutboundMessage(text)]
    await database.write(lambda conn: queue_replies(conn, held, reply, now=NOW, origin="operator:petro"))


async def test_what_nobody_answered_is_taken_up_again_and_nothing_else(database: Database) -> None:
    talk = await write(database, "anna", "Скільки коштує?")
    await take_turn(database, talk, replies=(), holder=Holder.OPERATOR)
    await answer_by_hand(database, talk, "500 грн")
    for text in ("А доставка?", "І гарантія?"):
        await write(database, "anna", text)
    await take_turn(database, talk, replies=(), holder=Holder.OPERATOR)
    assert await database.read(with_mail) == []
    assert await database.read(lambda conn: unanswered_since(conn, talk)) == NOW
    assert await database.write(lambda conn: reopen_unanswered(conn, talk)) == 2
    assert await database.read(with_mail) == [talk]
    loaded = await database.read(lambda conn: load_turn(conn, talk))
    assert [(message.text, message.again) for message in loaded.messages] == [
        ("А доставка?", True), ("І гарантія?", True),
    ]  # fmt: skip


async def test_an_answered_talk_has_nothing_to_take_up(database: Database) -> None:
    talk = await write(database, "anna", "Скільки коштує?")
    await take_turn(database, talk, replies=(), holder=Holder.OPERATOR)
    await answer_by_hand(database, talk, "500 грн")
    assert await database.read(lambda conn: unanswered_since(conn, talk)) is None
    assert await database.write(lambda conn: reopen_unanswered(conn, talk)) == 0


async def test_the_bots_return_leaves_a_line_that_customers_do_not_see(database: Database) -> None:
    talk = await write(database, "anna", "Добрий день")
    await take_turn(database, talk, replies=(), holder=Holder.OPERATOR)
    held = await find(database, talk)
    await database.write(lambda conn: give_to_bot(conn, held, Mark.RESUMED, NOW + MINUTE, by="timer", reason="resumed"))
    after = await find(database, talk)
    assert (after.holder, after.holder_reason, after.lease_epoch) == (Holder.BOT, "resumed", held.lease_epoch + 1)
    shown = await database.read(lambda conn: list_shown(conn, talk, 0))
    assert [message.text for message in shown] == ["Добрий день"]
    events = await database.read(lambda conn: list(conn.scalars(sa.select(table(EventRow).c.kind))))
    assert "handed_back" in events


async def test_a_line_of_the_transcript_is_read_with_the_history(database: Database) -> None:
    talk = await write(database, "anna", "Добрий день")
    await take_turn(database, talk, replies=(), holder=Holder.OPERATOR)
    await database.write(lambda conn: add_mark(conn, talk, Mark.TAKEN_OVER, NOW, by="petro"))
    await write(database, "anna", "Ви тут?")
    loaded = await database.read(lambda conn: load_turn(conn, talk))
    assert [line.role for line in loaded.history] == ["customer", "system"]


async def hire(database: Database, *names: str) -> None:
    def add(conn: sa.Connection) -> None:
        for name in names:
            users.create_user(conn, name, "hash", "operator", NOW)

    await database.write(add)


async def assign(database: Database, talk: ConversationId, how: Assign) -> str | None:
    held = await find(database, talk)

    def give(conn: sa.Connection) -> str | None:
        set_holder(conn, talk, Holder.WAITING, now=NOW)
        return assign_lead(conn, held, how, NOW + talk * MINUTE)

    return await database.write(give)


async def test_leads_go_round(database: Database) -> None:
    await hire(database, "ada", "bo", "cy")
    given = [
        await assign(database, await write(database, f"c{number}", "Добрий день"), Assign.ROUND_ROBIN)
        for number in range(5)
    ]
    assert given == ["ada", "bo", "cy", "ada", "bo"]


async def test_the_one_with_the_fewest_talks_in_hand_is_next(database: Database) -> None:
    await hire(database, "ada", "bo")
    talks = [await write(database, f"c{number}", "Добрий день") for number in range(4)]
    assert [await assign(database, talk, Assign.LEAST_LOADED) for talk in talks[:2]] == ["ada", "bo"]
    await database.write(lambda conn: set_holder(conn, talks[1], Holder.BOT))
    assert await assign(database, talks[2], Assign.LEAST_LOADED) == "bo"


async def test_a_lead_keeps_its_owner_as_long_as_they_work_here(database: Database) -> None:
    await hire(database, "ada", "bo")
    talk = await write(database, "anna", "Добрий день")
    assert await assign(database, talk, Assign.ROUND_ROBIN) == "ada"
    assert await assign(database, talk, Assign.ROUND_ROBIN) == "ada"
    leaves = sa.update(table(UserRow)).where(table(UserRow).c.name == "ada").values(active=False)
    await database.write(lambda conn: conn.execute(leaves))
    assert await assign(database, talk, Assign.ROUND_ROBIN) == "bo"


@pytest.mark.parametrize("how", [Assign.NOBODY, Assign.ROUND_ROBIN])
async def test_who_is_away_is_given_nothing(database: Database, how: Assign) -> None:
    await hire(database, "ada")
    await database.write(lambda conn: conn.execute(sa.update(table(UserRow)).values(away=True)))
    assert await assign(database, await write(database, "anna", "Добрий день"), how) is None


async def test_a_turn_that_calls_a_person_gives_the_lead_to_an_operator(database: Database) -> None:
    await hire(database, "ada")
    talk = await write(database, "anna", "Покличте людину")
    await take_turn(database, talk, holder=Holder.WAITING, reason="asked", assign=Assign.LEAST_LOADED)
    (lead,) = await database.read(lambda conn: list_leads_after(conn, 0, 10))
    assert (lead.owner, lead.holder) == ("ada", "waiting")
