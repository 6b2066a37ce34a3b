"""What is left of a person who wants to be forgotten."""

import functools
import json
from typing import Any

import sqlalchemy as sa

from core.domain.facts import FoundFact, Witness
from core.domain.ids import ConversationId
from core.domain.messages import Attachment, AttachmentKind, InboundKind, Profile
from core.domain.turn import JobRequest
from core.storage.database import Database
from core.storage.facts import load_facts
from core.storage.jobs import due_requests
from core.storage.tables import ContactRow, InboxRow, LeadRow, MessageRow, OutboxRow, metadata, table
from core.storage.turns import load_turn
from tests.core.storage.samples import NOW, arrive, find, queue, take_turn, turn_record
from tests.core.storage.test_turns import FOLLOW_UP, LATER, save

SECRETS = ("Ольга", "0671112233", "olha", "ольга@")


def _all(rows: sa.Table, conn: sa.Connection) -> list[Any]:
    return list(conn.execute(sa.select(rows)))


async def everything(database: Database) -> str:
    """Every cell of every table."""
    found: list[Any] = []
    for rows in metadata.sorted_tables:
        found += [list(row) for row in await database.read(functools.partial(_all, rows))]
    return json.dumps(found, ensure_ascii=False, default=str)


async def talk_and_ask_to_be_forgotten(database: Database) -> ConversationId:
    card = Attachment(AttachmentKind.CONTACT, phone="0671112233")
    arrival = await arrive(
        database, "1", "Я Ольга, 0671112233", attachments=(card,), external_id="m1", source="ольга@ad",
        profile=Profile(name="Ольга", username="olha"),
    )  # fmt: skip
    assert arrival.message_id is not None
    facts = [
        FoundFact("name", "Ольга", Witness(arrival.message_id, 2, 7)),
        FoundFact("phone", "0671112233", Witness(arrival.message_id, 9, 19)),
    ]
    job = JobRequest("follow_up", "k", {"who": "Ольга"}, FOLLOW_UP)
    await take_turn(database, arrival.conversation_id, facts=facts, jobs=(job,), trace={"said": "Ольга"})
    await take_turn(database, arrival.conversation_id, facts=[FoundFact("name", "Оля", facts[0].witness)])
    await queue(database, await find(database, arrival.conversation_id), ["Дякую, Ольга"])
    await arrive(database, "2", "видаліть мої дані, це Ольга")
    await take_turn(database, arrival.conversation_id, erases=True, replies=())
    return arrival.conversation_id


async def test_nothing_that_was_told_is_left_in_any_table(database: Database) -> None:
    conversation_id = await talk_and_ask_to_be_forgotten(database)
    left = await everything(database)
    assert [secret for secret in SECRETS if secret in left] == []
    talk = await find(database, conversation_id)
    assert await database.read(lambda conn: load_facts(conn, talk.contact_id)) == {}
    assert await database.read(lambda conn: due_requests(conn, LATER)) == []


async def test_one_line_of_the_transcript_says_that_it_was_erased(database: Database) -> None:
    conversation_id = await talk_and_ask_to_be_forgotten(database)
    rows = table(MessageRow)
    wanted = sa.select(rows.c.extra).where(rows.c.conversation_id == conversation_id, rows.c.role == "system")
    marks = await database.read(lambda conn: list(conn.scalars(wanted)))
    assert marks == [{"mark": "erased"}]


async def test_the_shell_that_stays_keeps_a_redelivery_from_being_answered_twice(database: Database) -> None:
    await talk_and_ask_to_be_forgotten(database)
    again = await arrive(database, "1", "Я Ольга, 0671112233", external_id="m1")
    assert not again.is_new
    edited = await arrive(database, "3", "Я Ольга", kind=InboundKind.EDIT, external_id="m1")
    assert edited.conversation_id == again.conversation_id
    assert "Ольга" not in await everything(database)


async def test_what_is_written_after_the_wish_is_a_new_talk(database: Database) -> None:
    arrival = await arrive(database, "1", "забудьте мене")
    loaded = await database.read(lambda conn: load_turn(conn, arrival.conversation_id))
    await arrive(database, "2", "а скільки коштує доставка?")
    record = turn_record(loaded.conversation, messages=loaded.messages, erases=True, refuse_newer=False)
    assert (await save(database, record)).status == "stored"
    texts = await database.read(
        lambda conn: [
            row.text for row in conn.execute(sa.select(table(MessageRow)).order_by("id")) if row.role != "system"
        ]
    )
    assert texts == ["", "а скільки коштує доставка?", "Вітаю!"]


async def test_the_reply_that_confirms_it_is_still_sent_and_older_ones_are_not(database: Database) -> None:
    arrival = await arrive(database, "1", "Я Ольга")
    await take_turn(database, arrival.conversation_id)
    await arrive(database, "2", "видаліть мене")
    await take_turn(database, arrival.conversation_id, erases=True)
    states = await database.read(
        lambda conn: [row.state for row in conn.execute(sa.select(table(OutboxRow)).order_by("id"))]
    )
    assert states == ["cancelled", "queued"]


async def test_contact_lead_and_inbox_say_that_it_happened(database: Database) -> None:
    await talk_and_ask_to_be_forgotten(database)

    async def only(row: Any) -> Any:
        return (await database.read(lambda conn: conn.execute(sa.select(table(row))).all()))[0]

    assert (await only(ContactRow)).erased_at == NOW
    assert ((await only(LeadRow)).score, (await only(LeadRow)).source) == (0, None)
    assert (await only(InboxRow)).payload is None


async def test_who_writes_after_stop_has_given_a_new_consent(database: Database) -> None:
    arrival = await arrive(database, "1", "стоп")
    await take_turn(database, arrival.conversation_id, opted_out=True)
    assert (await find(database, arrival.conversation_id)).opted_out
    await arrive(database, "2", "а скільки коштує?")
    await take_turn(database, arrival.conversation_id, opted_in=True)
    assert not (await find(database, arrival.conversation_id)).opted_out
