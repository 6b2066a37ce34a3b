from datetime import datetime, timedelta

import pytest

from core.domain.conversation import Conversation
from core.domain.messages import OPENERS, InboundKind
from core.domain.reply_window import Standing
from core.storage.database import Database
from core.storage.inbox import SILENT
from core.storage.standing import (
    give_back_private_reply,
    note_ad_entry,
    note_comment,
    note_opener,
    note_other_holder,
    use_private_reply,
)
from tests.core.storage.samples import NOW, arrive, conversation, find, take_turn

HOUR = timedelta(hours=1)


async def standing(database: Database, held: Conversation) -> Standing:
    return (await find(database, held.id)).standing


async def comment(database: Database, held: Conversation, name: str, at: datetime) -> None:
    await database.write(lambda conn: note_comment(conn, held.id, name, at))


@pytest.mark.parametrize("kind", sorted(OPENERS - SILENT))
async def test_what_a_person_does_opens_the_window_when_its_turn_is_taken(
    database: Database, kind: InboundKind
) -> None:
    held = (await arrive(database, kind=kind, at=NOW - HOUR)).conversation_id
    await take_turn(database, held)
    assert (await find(database, held)).standing == Standing(NOW - HOUR)


@pytest.mark.parametrize("kind", sorted(set(InboundKind) - OPENERS))
async def test_nothing_else_opens_it(database: Database, kind: InboundKind) -> None:
    held = await conversation(database)
    await take_turn(database, held.id)
    await arrive(database, "2", kind=kind, at=NOW + HOUR, payload="1", external_id="9")
    await take_turn(database, held.id, now=NOW + HOUR)
    assert (await standing(database, held)).opened_at == NOW


async def test_a_reaction_opens_it_without_a_turn(database: Database) -> None:
    held = await conversation(database)
    await arrive(database, "2", kind=InboundKind.REACTION, payload="👍", at=NOW - HOUR)
    assert (await standing(database, held)).opened_at == NOW - HOUR


async def test_a_reaction_that_is_taken_back_opens_nothing(database: Database) -> None:
    held = await conversation(database)
    await arrive(database, "2", kind=InboundKind.REACTION, payload=None)
    assert (await standing(database, held)).opened_at is None


async def test_a_platform_whose_clock_is_ahead_opens_it_for_no_longer(database: Database) -> None:
    held = (await arrive(database, at=NOW + HOUR)).conversation_id
    await take_turn(database, held)
    await arrive(database, "2", kind=InboundKind.REACTION, payload="❤", at=NOW + HOUR)
    assert (await find(database, held)).opened_at == NOW


async def test_an_opener_that_comes_late_does_not_shorten_it(database: Database) -> None:
    held = await conversation(database)
    for at in (NOW, NOW - HOUR):
        await database.write(lambda conn, at=at: note_opener(conn, held.id, at))  # type: ignore[misc]
        await database.write(lambda conn, at=at: note_ad_entry(conn, held.id, at))  # type: ignore[misc]
    assert await standing(database, held) == Standing(NOW, ad_entry_at=NOW)


async def test_each_new_comment_is_permission_for_one_private_reply(database: Database) -> None:
    held = await conversation(database)
    await comment(database, held, "c1", NOW)
    assert await standing(database, held) == Standing(None, comment_id="c1", comment_at=NOW)
    await database.write(lambda conn: use_private_reply(conn, held.id, "c1", NOW))
    await comment(database, held, "c1", NOW)  # delivered again
    assert (await standing(database, held)).comment_answered
    await comment(database, held, "c2", NOW + HOUR)
    assert await standing(database, held) == Standing(None, comment_id="c2", comment_at=NOW + HOUR)


async def test_of_several_comments_the_newest_that_is_open_may_be_answered_now(database: Database) -> None:
    held = await conversation(database)
    for number in range(3):
        await comment(database, held, f"c{number}", NOW + number * HOUR)
    for number in (2, 0):
        await database.write(lambda conn, n=number: use_private_reply(conn, held.id, f"c{n}", NOW))  # type: ignore[misc]
    found = await standing(database, held)
    assert (found.comment_id, found.comment_answered) == ("c1", False)
    await database.write(lambda conn: use_private_reply(conn, held.id, "c1", NOW))
    assert ((await standing(database, held)).comment_id, (await standing(database, held)).comment_answered) == (
        "c2",
        True,
    )


async def test_a_private_reply_that_was_certainly_not_taken_may_be_tried_again(database: Database) -> None:
    held = await conversation(database)
    await comment(database, held, "c1", NOW)
    await database.write(lambda conn: use_private_reply(conn, held.id, "c1", NOW))
    await database.write(lambda conn: give_back_private_reply(conn, held.id, "c1"))
    assert not (await standing(database, held)).comment_answered


async def test_it_is_known_that_another_application_answers(database: Database) -> None:
    held = await conversation(database)
    await database.write(lambda conn: note_other_holder(conn, held.id, held_elsewhere=True))
    assert (await standing(database, held)).held_elsewhere
