"""A comment under a post gets one private message, and the talk goes on where the person answers."""

import json
from datetime import timedelta

import pytest
import sqlalchemy as sa

from core.domain.conversation import Holder
from core.storage.tables import CommentRow, ConversationRow, LeadRow, MessageRow, OutboxRow, table
from tests.bots.meta.test_whole_way import Shop, shop
from tests.emulators import faults
from tests.emulators.meta_events import write
from tests.emulators.meta_state import PERSON
from tests.spine import settle

__all__ = ["shop"]

WEEK = timedelta(days=7, minutes=1)


async def test_a_comment_gets_one_private_message_however_often_it_is_told(shop: Shop) -> None:
    shop.emulator.comment("Скільки коштує?", number="c1")
    await shop.hand_over(times=3)
    (text,) = shop.emulator.texts()
    assert "comment" in text
    (row,) = await shop.rows(OutboxRow)
    assert row.state == "sent"
    (talk,) = await shop.rows(ConversationRow)
    assert (talk.chat, talk.comment_id, talk.opened_at) == (PERSON, "c1", None)
    assert (await shop.rows(LeadRow))[0].source == "comment post=p1"


async def test_after_its_one_message_a_comment_allows_nothing_more_until_the_person_answers(shop: Shop) -> None:
    shop.emulator.comment("Скільки коштує?")
    await shop.hand_over()
    (talk,) = await shop.rows(ConversationRow)
    await shop.app.operators.reply(talk.id, "olia", "Ще хотіла додати")
    await settle(shop.app)
    assert len(shop.emulator.texts()) == 1
    assert (await shop.rows(OutboxRow))[-1].state == "refused"
    shop.emulator.say("так, цікаво")
    await shop.hand_over()
    await shop.app.operators.reply(talk.id, "olia", "Чудово!")
    await settle(shop.app)
    assert shop.emulator.texts()[-1] == "Чудово!"
    assert len(await shop.rows(ConversationRow)) == 1


async def test_three_comments_of_one_person_get_one_private_message_each(shop: Shop) -> None:
    numbers = [shop.emulator.comment(text) for text in ("Скільки коштує?", "а доставка є?", "🔥🔥🔥")]
    await shop.hand_over(times=2)
    assert len(shop.emulator.texts()) == 3
    comments = await shop.rows(CommentRow)
    assert [row.comment_id for row in comments] == numbers
    assert all(row.answered_at for row in comments)
    assert [row.state for row in await shop.rows(OutboxRow)] == ["sent"] * 3
    assert len(await shop.rows(ConversationRow)) == 1


async def test_a_comment_of_somebody_who_talks_with_us_is_answered_as_its_private_reply(shop: Shop) -> None:
    shop.emulator.say("Добрий день!")
    await shop.hand_over()
    shop.emulator.comment("Скільки коштує?")
    await shop.hand_over()
    assert len(shop.emulator.texts()) == 2
    assert [comment.is_answered for comment in shop.emulator.state.comments.values()] == [True]


async def test_two_people_who_comment_get_one_message_each(shop: Shop) -> None:
    shop.emulator.comment("ціна?", person="71")
    shop.emulator.comment("а доставка?", person="72")
    await shop.hand_over()
    assert [len(shop.emulator.texts(person)) for person in ("71", "72")] == [1, 1]


async def test_a_crash_between_the_call_and_its_receipt_spends_the_permission(shop: Shop) -> None:
    shop.emulator.script("messages", faults.delivered_but_silent(1.5))
    shop.emulator.comment("ціна?")
    (arrived, *_) = shop.emulator.pusher.take_all()
    await shop.post(arrived)
    await settle(shop.app)
    assert [row.state for row in await shop.rows(OutboxRow)] == ["unconfirmed"]
    for _ in range(2):
        await shop.post(arrived)
        await settle(shop.app)
    assert len(shop.emulator.texts()) == 1


async def test_a_comment_older_than_a_week_goes_to_a_person(shop: Shop) -> None:
    shop.emulator.comment("ціна?")
    (arrived,) = shop.emulator.pusher.take_all()
    shop.app.clock.advance(WEEK)  # type: ignore[attr-defined]
    await shop.post(arrived)
    await settle(shop.app)
    (talk,) = await shop.rows(ConversationRow)
    assert shop.emulator.texts() == []
    assert talk.holder == Holder.WAITING.value


async def test_who_is_known_by_a_comment_only_is_known_by_the_answers_id_afterwards(shop: Shop) -> None:
    number = shop.emulator.comment("ціна?")
    (arrived,) = shop.emulator.pusher.take_all()
    hidden = arrived.replace(b'"from"', b'"somebody"')
    assert await shop.post(hidden) == 200
    await settle(shop.app)
    (talk,) = await shop.rows(ConversationRow)
    assert (talk.chat, talk.comment_id) == (PERSON, number)
    shop.emulator.say("так, цікаво")
    await shop.hand_over()
    assert len(await shop.rows(ConversationRow)) == 1


async def test_praise_is_answered_with_an_invitation(shop: Shop) -> None:
    shop.emulator.comment("🔥🔥🔥")
    await shop.hand_over()
    assert len(shop.emulator.texts()) == 1


async def test_who_wished_to_hear_nothing_more_is_not_written_to_for_a_comment(shop: Shop) -> None:
    shop.emulator.comment("ціна?")
    await shop.hand_over()
    contacts = table(ConversationRow).metadata.tables["contacts"]
    await shop.app.database.write(lambda conn: conn.execute(sa.update(contacts).values(opted_out=True)))
    shop.emulator.comment("а доставка?")
    await shop.hand_over()
    assert len(shop.emulator.texts()) == 1


async def test_a_comment_that_was_taken_away_before_it_was_answered_is_not_answered(shop: Shop) -> None:
    if shop.emulator.state.kind != "page":
        pytest.skip("Instagram does not tell of comments that are taken away")
    number = shop.emulator.comment("видаліть це")
    value = {"item": "comment", "verb": "remove", "comment_id": number, "post_id": "p1"}
    (arrived,) = shop.emulator.pusher.take_all()
    both = json.loads(arrived)
    both["entry"][0]["changes"].append({"field": "feed", "value": value})
    await shop.post(write(both))
    await settle(shop.app)
    assert shop.emulator.texts() == []
    assert [row.text for row in await shop.rows(MessageRow) if row.direction == "in"] == [""]


async def test_a_thread_that_is_held_elsewhere_is_heard_and_not_answered_until_it_comes_back(shop: Shop) -> None:
    shop.emulator.say("Добрий день!")
    await shop.hand_over()
    shop.emulator.hold_elsewhere()
    shop.emulator.say("а доставка є?")
    await shop.hand_over()
    assert len(shop.emulator.texts()) == 1
    assert [row.text for row in await shop.rows(MessageRow) if row.direction == "in"] == [
        "Добрий день!",
        "а доставка є?",
    ]
    shop.emulator.give_back()
    shop.emulator.say("ви тут?")
    await shop.hand_over()
    assert len(shop.emulator.texts()) == 2


async def test_a_reaction_is_shown_and_not_answered(shop: Shop) -> None:
    shop.emulator.say("Добрий день!")
    await shop.hand_over()
    shop.emulator.react(shop.emulator.seen()[0].mid, "❤")
    await shop.hand_over(times=2)
    assert len(shop.emulator.texts()) == 1
    assert [row.extra for row in await shop.rows(MessageRow) if row.direction == "out"] == [{"reaction": "❤"}]
