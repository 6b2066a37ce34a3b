"""Messages that are changed or taken back: in any order, with no trace of what was said, and nothing unproved."""

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from core.domain.facts import FoundFact, Witness
from core.domain.ids import ConversationId
from core.domain.messages import Attachment, AttachmentKind, InboundKind
from core.storage.database import Database
from core.storage.facts import edit_fact, load_facts
from core.storage.inbox import Arrival
from core.storage.tables import (
    ChannelIdentityRow,
    EventRow,
    FactRow,
    InboxRow,
    LeadRow,
    MessageRow,
    TurnRow,
    metadata,
    table,
)
from core.storage.turns import load_turn
from tests.core.storage.samples import NOW, arrive, find, take_turn

MINUTE = timedelta(minutes=1)
PHONE = "0671234567"


async def rows(database: Database, wanted: type) -> list[Any]:
    found = table(wanted)
    return await database.read(lambda conn: list(conn.execute(sa.select(found).order_by(found.c.id)).all()))


async def everything(database: Database) -> str:
    """Every cell of every table."""
    return await database.read(
        lambda conn: "\n".join(str(row) for one in metadata.sorted_tables for row in conn.execute(sa.select(one)))
    )


async def unread(database: Database, talk: ConversationId) -> list[str]:
    loaded = await database.read(lambda conn: load_turn(conn, talk))
    return [message.text for message in loaded.messages]


async def unsend(database: Database, mid: str, **parts: Any) -> Arrival:
    return await arrive(
        database, f"unsent:{mid}", "", **{"kind": InboundKind.UNSENT, "external_id": mid, "payload": mid, **parts}
    )


async def edit(database: Database, mid: str, text: str, number: int = 1, **parts: Any) -> Arrival:
    given = {"kind": InboundKind.EDIT, "external_id": mid, "payload": mid, "at": NOW - (9 - number) * MINUTE, **parts}
    return await arrive(database, f"edit:{mid}:{number}", text, **given)


async def say(database: Database, mid: str, text: str, **facts: Any) -> Arrival:
    """A message that is answered, with the facts that the turn found in it, each by the words that say it."""
    arrival = await arrive(database, mid, text, external_id=mid)
    assert arrival.message_id is not None
    found = [
        FoundFact(name, value, Witness(arrival.message_id, text.index(words), text.index(words) + len(words)))
        for name, (value, words) in facts.items()
    ]
    await take_turn(database, arrival.conversation_id, facts=found, trace={"search": {"query": text}}, now=NOW + MINUTE)
    return arrival


async def known(database: Database, arrival: Arrival) -> dict[str, Any]:
    contact = (await find(database, arrival.conversation_id)).contact_id
    found = await database.read(lambda conn: load_facts(conn, contact))
    return {name: fact.value for name, fact in found.items()}


async def test_an_unsent_message_leaves_neither_words_nor_media_and_is_not_answered(database: Database) -> None:
    picture = Attachment(AttachmentKind.IMAGE, url="https://cdn/x")
    arrived = await arrive(database, "m1", "мій пароль 1234", external_id="m1", attachments=(picture,))
    await unsend(database, "m1")
    (row,) = await rows(database, MessageRow)
    assert (row.text, row.extra) == ("", None)
    assert [row.state for row in await rows(database, InboxRow)] == ["done", "done"]
    assert await unread(database, arrived.conversation_id) == []
    assert [event.kind for event in await rows(database, EventRow)] == ["message_unsent"]


@pytest.mark.parametrize("is_known", [True, False], ids=["somebody we know", "a stranger"])
async def test_what_was_taken_back_before_it_came_never_comes(database: Database, is_known: bool) -> None:
    if is_known:
        await say(database, "m0", "Добрий день")
    gone = await unsend(database, "m1")
    assert (gone.is_new, gone.has_mail) == (True, False)
    assert not (await unsend(database, "m1")).is_new
    for _ in range(2):
        late = await arrive(database, "m1", "мій пароль 1234", external_id="m1")
        assert (late.is_new, late.has_mail) == (False, False)
    assert await unread(database, gone.conversation_id) == []
    assert "1234" not in await everything(database)
    assert (await arrive(database, "m2", "Скільки коштує?", external_id="m2")).conversation_id == gone.conversation_id


async def test_a_later_edit_that_was_late_does_not_bring_the_words_back(database: Database) -> None:
    arrived = await arrive(database, "m1", "мій пароль", external_id="m1")
    await unsend(database, "m1")
    await edit(database, "m1", "мій пароль 1234")
    assert "1234" not in await everything(database)
    assert await unread(database, arrived.conversation_id) == []


async def test_an_edit_that_came_before_its_message_is_what_is_answered(database: Database) -> None:
    first = await edit(database, "m1", "Хочу 3 штуки")
    assert first.has_mail
    assert not (await arrive(database, "m1", "Хочу 2 штуки", external_id="m1")).is_new
    assert await unread(database, first.conversation_id) == ["Хочу 3 штуки"]
    await edit(database, "m1", "Хочу 4 штуки", 2)
    assert await unread(database, first.conversation_id) == ["Хочу 4 штуки"]
    assert not (await edit(database, "m1", "Хочу 3 штуки")).is_new


async def test_an_edit_of_what_nobody_can_name_changes_nothing(database: Database) -> None:
    await say(database, "m1", "Добрий день")
    before = await rows(database, MessageRow)
    await edit(database, "m9", "?", payload=None)
    await unsend(database, "m9", payload=None)
    assert await rows(database, MessageRow) == before


async def test_an_earlier_edit_does_not_undo_a_later_one(database: Database) -> None:
    arrived = await arrive(database, "m1", "раз", external_id="m1")
    await edit(database, "m1", "три", 3)
    await edit(database, "m1", "два", 2)
    assert await unread(database, arrived.conversation_id) == ["три"]
    await edit(database, "m2", "три", 3)
    await edit(database, "m2", "два", 2)
    assert [row.text for row in await rows(database, MessageRow)] == ["три", "три"]


@pytest.mark.parametrize("change", [edit, unsend])
async def test_a_turn_over_words_that_changed_meanwhile_is_not_saved(database: Database, change: Any) -> None:
    arrived = await arrive(database, "m1", "Хочу 2 штуки", external_id="m1")
    epoch = (await find(database, arrived.conversation_id)).lease_epoch
    await (change(database, "m1", "Хочу 3 штуки") if change is edit else change(database, "m1"))
    assert (await take_turn(database, arrived.conversation_id, epoch=epoch)).status == "stale"


async def test_a_change_of_what_was_answered_disturbs_no_turn(database: Database) -> None:
    arrived = await say(database, "m1", "Хочу 2 штуки")
    epoch = (await find(database, arrived.conversation_id)).lease_epoch
    await arrive(database, "m2", "І ще одне", external_id="m2")
    await edit(database, "m1", "Хочу 3 штуки")
    assert (await take_turn(database, arrived.conversation_id, epoch=epoch)).status == "stored"


async def test_nothing_is_left_of_what_only_an_unsent_message_said(database: Database) -> None:
    arrived = await say(database, "m1", f"Мій номер {PHONE}", phone=("+380671234567", PHONE))
    scored = sa.update(table(LeadRow)).values(score=20, score_reasons=["phone +20"])
    await database.write(lambda conn: conn.execute(scored))
    await unsend(database, "m1")
    assert await known(database, arrived) == {}
    assert [(row.score, row.score_reasons) for row in await rows(database, LeadRow)] == [(0, [])]
    left = await everything(database)
    assert PHONE not in left
    assert "671234567" not in left
    assert [row.trace for row in await rows(database, TurnRow)] == [None]


async def test_what_was_said_before_holds_again(database: Database) -> None:
    await say(database, "m1", "на 2 кг", quantity=(2, "2"))
    await say(database, "m2", "ні, 3", quantity=(3, "3"))
    arrived = await say(database, "m3", "ой, 4", quantity=(4, "4"))
    await unsend(database, "m2")
    assert await known(database, arrived) == {"quantity": 4}
    await unsend(database, "m3")
    assert await known(database, arrived) == {"quantity": 2}
    assert [row.superseded_by for row in await rows(database, FactRow)] == [None]


async def test_what_another_message_says_too_stays_with_that_witness(database: Database) -> None:
    await say(database, "m1", f"Мій номер {PHONE}", phone=("+380671234567", PHONE))
    again = await say(database, "m2", f"Так, {PHONE}", phone=("+380671234567", PHONE))
    third = await say(database, "m3", f"Кажу ж: {PHONE}", phone=("+380671234567", PHONE))
    await unsend(database, "m1")
    (fact,) = await rows(database, FactRow)
    assert fact.message_id in (again.message_id, third.message_id)
    await unsend(database, "m3")
    (fact,) = await rows(database, FactRow)
    assert (fact.message_id, fact.start, fact.again) == (again.message_id, 5, None)
    await unsend(database, "m2")
    assert await known(database, again) == {}


async def test_what_a_person_wrote_down_needs_no_witness_and_stays(database: Database) -> None:
    arrived = await say(database, "m1", "Я Оля", name=("Оля", "Оля"))
    talk = await find(database, arrived.conversation_id)
    await database.write(lambda conn: edit_fact(conn, talk, "name", "Ольга", "olia", NOW))
    await unsend(database, "m1")
    assert await known(database, arrived) == {"name": "Ольга"}


async def test_what_a_person_took_away_does_not_come_back(database: Database) -> None:
    arrived = await say(database, "m1", "на 2 кг", quantity=(2, "2"))
    await say(database, "m2", "ні, 3", quantity=(3, "3"))
    talk = await find(database, arrived.conversation_id)
    await database.write(lambda conn: edit_fact(conn, talk, "quantity", None, "olia", NOW))
    await unsend(database, "m2")
    assert await known(database, arrived) == {}


@pytest.mark.parametrize(
    ("text", "left", "start"),
    [(f"Олена, {PHONE}", True, 7), (f"{PHONE}", True, 0), ("потім скажу", False, 0), (f"9{PHONE}9", False, 0)],
)
async def test_an_edit_moves_a_witness_or_ends_it(database: Database, text: str, left: bool, start: int) -> None:
    arrived = await say(database, "m1", f"Мій номер {PHONE}", phone=("+380671234567", PHONE))
    await edit(database, "m1", text)
    assert bool(await known(database, arrived)) == left
    assert [row.start for row in await rows(database, FactRow)] == ([start] if left else [])


async def test_a_number_that_the_platform_vouched_for_goes_with_its_card(database: Database) -> None:
    card = Attachment(AttachmentKind.CONTACT, phone="+380671234567", trusted=True)
    arrived = await arrive(database, "m1", "", external_id="m1", attachments=(card,))
    identities = table(ChannelIdentityRow)
    vouched = sa.update(identities).values(phone="+380671234567", phone_at=NOW)
    await database.write(lambda conn: conn.execute(vouched))
    await unsend(database, "m1")
    assert [(row.phone, row.phone_at) for row in await rows(database, ChannelIdentityRow)] == [(None, None)]
    assert "671234567" not in await everything(database)
    assert await unread(database, arrived.conversation_id) == []
