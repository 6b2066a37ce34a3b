import asyncio
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from core.domain.conversation import Conversation, Holder, Memory
from core.domain.events import Event, EventKind
from core.domain.facts import FoundFact, Witness
from core.domain.ids import ConversationId
from core.domain.messages import InboundKind, OutboundMessage
from core.domain.sending import OutboxState
from core.domain.turn import JobRequest
from core.storage.database import Database
from core.storage.facts import load_facts
from core.storage.jobs import due_requests
from core.storage.leases import fence
from core.storage.outbox import claim_entry, next_entry
from core.storage.saving import Saved, TurnRecord, save_turn
from core.storage.tables import ContactRow, EventRow, LeadRow, TurnRow, table
from core.storage.turns import HISTORY, Loaded, follow_up_key, load_conversation, load_turn, record_events
from tests.core.storage.samples import NOW, arrive, conversation, find, queue, take_turn, turn_record, with_mail

LATER = NOW + timedelta(days=30)
FOLLOW_UP = timedelta(days=1)


async def load(database: Database, conversation_id: ConversationId) -> Loaded:
    return await database.read(lambda conn: load_turn(conn, conversation_id))


async def rows(database: Database, row: Any) -> list[Any]:
    statement = sa.select(table(row)).order_by(table(row).c.id)
    return await database.read(lambda conn: list(conn.execute(statement)))


async def save(database: Database, record: TurnRecord) -> Saved:
    return await database.write(lambda conn: save_turn(conn, record))


async def left_nothing(database: Database, held: Conversation) -> bool:
    entry = await database.read(lambda conn: next_entry(conn, held.id))
    unread = (await load(database, held.id)).messages
    return entry is None and bool(unread) and not await rows(database, TurnRow)


async def test_a_turn_leaves_all_that_it_made_together(database: Database) -> None:
    held = await conversation(database)
    (item,) = (await load(database, held.id)).messages
    saved = await take_turn(
        database,
        held.id,
        stage="discovery",
        language="ru",
        memory=Memory(focus="SKU-1", asked={"phone": 1}, turns=1),
        role="partner",
        audience="partners",
        playbook_digest="v2",
        replies=(OutboundMessage("Один"), OutboundMessage("Два")),
        facts=(FoundFact("name", "Олена", Witness(item.id, 0, 5)),),
        events=(Event(EventKind.TURN_FINISHED, {"move": "greet"}),),
        jobs=(JobRequest("follow_up", follow_up_key(held.id), {"conversation_id": held.id}, FOLLOW_UP),),
        trace={"rules": ["бо перше повідомлення"]},
        score=(25, ("name +5", "phone +20")),
        source="ad-7",
    )
    assert saved.status == "stored"
    assert saved.conversation == await database.read(lambda conn: load_conversation(conn, held.id))
    after = await find(database, held.id)
    assert (after.stage, after.language, after.role, after.audience) == ("discovery", "ru", "partner", "partners")
    assert (after.playbook_digest, after.memory.focus, after.memory.asked) == ("v2", "SKU-1", {"phone": 1})
    assert after.last_inbound_at == NOW
    (turn,) = await rows(database, TurnRow)
    assert (turn.stage_from, turn.stage_to, turn.trace) == (
        "opening",
        "discovery",
        {"rules": ["бо перше повідомлення"]},
    )
    kinds = {row.kind: row.data for row in await rows(database, EventRow)}
    assert kinds["turn_finished"] == {"move": "greet", "turn_id": turn.id}
    assert kinds["fact_recorded"]["name"] == "name"
    (lead,) = await rows(database, LeadRow)
    assert (lead.stage, lead.score, lead.score_reasons, lead.source) == (
        "discovery", 25, ["name +5", "phone +20"], "ad-7",
    )  # fmt: skip
    assert [job.key for job in await database.read(lambda conn: due_requests(conn, LATER))] == [f"follow_up:{held.id}"]
    first = await database.read(lambda conn: next_entry(conn, held.id))
    assert first is not None
    assert first.message.text == "Один"


async def test_a_turn_under_an_old_epoch_leaves_nothing(database: Database) -> None:
    held = await conversation(database)
    await database.write(lambda conn: fence(conn, held.id))
    saved = await take_turn(database, held.id, epoch=held.lease_epoch)
    assert saved.status == "stale"
    assert await left_nothing(database, held)
    assert (await take_turn(database, held.id)).status == "stored"


async def test_a_turn_with_newer_mail_leaves_nothing(database: Database) -> None:
    held = await conversation(database)
    loaded = await load(database, held.id)
    await arrive(database, "2", text="ще одне")
    record = turn_record(held, messages=loaded.messages)
    saved = await save(database, record)
    assert saved.status == "newer"
    assert await left_nothing(database, held)


async def test_a_turn_that_no_longer_waits_is_stored_and_the_newer_mail_stays(database: Database) -> None:
    held = await conversation(database)
    loaded = await load(database, held.id)
    await arrive(database, "2", text="ще одне")
    record = turn_record(held, messages=loaded.messages, refuse_newer=False)
    assert (await save(database, record)).status == "stored"
    assert await database.read(with_mail) == [held.id]
    assert [item.text for item in (await load(database, held.id)).messages] == ["ще одне"]


async def test_an_edit_that_comes_meanwhile_is_no_newer_mail(database: Database) -> None:
    held = await conversation(database)
    loaded = await load(database, held.id)
    await arrive(database, "2", text="інше", kind=InboundKind.EDIT, external_id="m-1")
    record = turn_record(held, messages=loaded.messages)
    assert (await save(database, record)).status == "stored"


async def test_of_two_turns_over_the_same_mail_under_two_epochs_one_is_stored(database: Database) -> None:
    held = await conversation(database)
    loaded = await load(database, held.id)
    await database.write(lambda conn: fence(conn, held.id))
    records = [turn_record(held, messages=loaded.messages, epoch=held.lease_epoch + n) for n in range(2)]
    saved = await asyncio.gather(*(save(database, record) for record in records))
    assert [item.status for item in saved] == ["stale", "stored"]
    assert len(await rows(database, TurnRow)) == 1


async def test_stopping_cancels_what_is_unsent_and_the_farewell_still_goes_out(database: Database) -> None:
    held = await conversation(database)
    await queue(database, held, ["Пропозиція", "Ще одна"])
    await take_turn(database, held.id, opted_out=True, replies=(OutboundMessage("Більше не пишемо."),))
    assert (await find(database, held.id)).opted_out
    left = await database.read(lambda conn: next_entry(conn, held.id))
    assert left is not None
    assert left.message.text == "Більше не пишемо."


async def test_the_timer_is_moved_by_a_turn_that_asks_and_taken_back_by_one_that_does_not(database: Database) -> None:
    held = await conversation(database)
    key = follow_up_key(held.id)
    await take_turn(database, held.id, jobs=(JobRequest("follow_up", key, {"n": 1}, FOLLOW_UP),))
    await arrive(database, "2")
    await take_turn(database, held.id, jobs=(JobRequest("follow_up", key, {"n": 2}, 2 * FOLLOW_UP),))
    (moved,) = await database.read(lambda conn: due_requests(conn, LATER))
    assert (moved.run_at, moved.payload) == (NOW + 2 * FOLLOW_UP, {"n": 2})
    await arrive(database, "3")
    await take_turn(database, held.id, jobs=())
    assert await database.read(lambda conn: due_requests(conn, LATER)) == []


async def test_a_follow_up_is_our_own_initiative_and_no_answer(database: Database) -> None:
    arrival = await arrive(database, kind=InboundKind.FOLLOW_UP, at=NOW + timedelta(days=1))
    await take_turn(database, arrival.conversation_id)
    entry = await database.read(lambda conn: next_entry(conn, arrival.conversation_id))
    assert entry is not None
    assert not entry.is_reply
    assert (await find(database, arrival.conversation_id)).last_inbound_at is None


async def test_an_outcome_by_rule_reaches_the_lead(database: Database) -> None:
    held = await conversation(database)
    await take_turn(database, held.id, outcome="meeting")
    (lead,) = await rows(database, LeadRow)
    assert (lead.outcome, lead.outcome_by) == ("meeting", "rule")


async def test_the_first_source_of_a_lead_stays(database: Database) -> None:
    arrival = await arrive(database, source="ad-7")
    await take_turn(database, arrival.conversation_id, source="ad-8")
    (lead,) = await rows(database, LeadRow)
    assert lead.source == "ad-7"


@pytest.mark.parametrize("holder", [Holder.WAITING, Holder.BOT])
async def test_a_reason_is_kept_only_while_a_person_is_called(database: Database, holder: Holder) -> None:
    held = await conversation(database)
    await take_turn(database, held.id, holder=holder, reason="asked for a person")
    assert (await find(database, held.id)).holder is holder
    stored = await database.read(lambda conn: conn.scalar(sa.text("select holder_reason from conversations")))
    assert stored == ("asked for a person" if holder is Holder.WAITING else None)


async def test_the_language_of_a_turn_becomes_the_contacts(database: Database) -> None:
    held = await conversation(database)
    await take_turn(database, held.id, language="ru")
    (contact,) = await rows(database, ContactRow)
    assert contact.language == "ru"


async def test_history_is_the_last_lines_before_the_turn_oldest_first(database: Database) -> None:
    held = await conversation(database)
    await take_turn(database, held.id, replies=[OutboundMessage(f"рядок {n}") for n in range(HISTORY + 5)])
    await arrive(database, "2", text="нове")
    history = (await load(database, held.id)).history
    assert [line.text for line in history] == [f"рядок {n}" for n in range(5, HISTORY + 5)]
    assert {line.role for line in history} == {"bot"}


async def test_what_was_never_said_is_no_history(database: Database) -> None:
    held = await conversation(database)
    await queue(database, held, ["Пропозиція"])
    await take_turn(database, held.id, opted_out=True, replies=())
    assert [line.text for line in (await load(database, held.id)).history] == ["Добрий день"]


async def test_an_epoch_that_claims_a_row_is_the_one_that_saved_it(database: Database) -> None:
    held = await conversation(database)
    await take_turn(database, held.id)
    entry = await database.read(lambda conn: next_entry(conn, held.id))
    assert entry is not None
    claim = await database.write(lambda conn: claim_entry(conn, entry.id, epoch=held.lease_epoch, owner="me"))
    assert claim
    assert entry.state is OutboxState.QUEUED


async def test_events_outside_a_turn_carry_no_turn(database: Database) -> None:
    held = await conversation(database)
    taken_over = Event(EventKind.TAKEN_OVER, {"by": "olena"})
    await database.write(lambda conn: record_events(conn, held, [taken_over], NOW))
    (row,) = await rows(database, EventRow)
    assert (row.kind, row.data, row.conversation_id) == ("taken_over", {"by": "olena"}, held.id)


async def test_facts_of_a_turn_are_known_to_the_next_one(database: Database) -> None:
    held = await conversation(database)
    (item,) = (await load(database, held.id)).messages
    await take_turn(database, held.id, facts=(FoundFact("city", "Львів", Witness(item.id, 0, 5)),))
    known = await database.read(lambda conn: load_facts(conn, held.contact_id))
    assert known["city"].value == "Львів"
    assert known["city"].witness == Witness(item.id, 0, 5)
