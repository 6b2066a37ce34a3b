from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from core.domain.conversation import Holder
from core.domain.facts import FactValue, FoundFact, Witness
from core.domain.ids import LeadId
from core.domain.messages import Profile
from core.domain.outcomes import Outcome, OutcomeKind
from core.storage.conversations import set_holder
from core.storage.database import Database
from core.storage.facts import edit_fact
from core.storage.lead_table import (
    COLUMNS,
    PAGE,
    LeadFilter,
    LeadOrder,
    count_holders,
    get_lead,
    list_choices,
    list_lead_ids,
    list_leads,
    load_leads,
    set_owner,
)
from core.storage.leads import conversation_of_lead, record_outcome
from core.storage.tables import ConversationRow, LeadRow, MessageRow, table
from core.storage.turns import load_conversation
from tests.core.storage.samples import NOW, arrive, take_turn

BY_NAME = LeadOrder("contact", descending=False)


async def lead(database: Database, name: str | None, facts: Mapping[str, FactValue] | None = None, **turn: Any) -> int:
    """A lead with these facts, written by a person; its id."""
    who = name or "nobody"
    arrival = await arrive(database, who, chat=who, sender=who, profile=Profile(name=name))
    await take_turn(database, arrival.conversation_id, **turn)

    def write(conn: sa.Connection) -> int:
        talk = load_conversation(conn, arrival.conversation_id)
        for fact, value in (facts or {}).items():
            edit_fact(conn, talk, fact, value, "olena", NOW)
        found: int = conn.execute(
            sa.select(table(LeadRow).c.id).where(table(LeadRow).c.conversation_id == talk.id)
        ).scalar_one()
        return found

    return await database.write(write)


async def names(database: Database, /, order: LeadOrder = BY_NAME, **wanted: Any) -> list[str | None]:
    page = await database.read(lambda conn: list_leads(conn, LeadFilter(**wanted), order, 1))
    assert page.total == len(page.entries)
    return [entry.contact for entry in page.entries]


async def test_a_row_holds_all_that_is_known_of_a_lead(database: Database) -> None:
    lead_id = await lead(database, "Ірина", {"city": "Київ"}, stage="discovery", score=(35, ("city +5",)), source="ad7")
    await database.write(lambda conn: set_owner(conn, lead_id, "olena", NOW))
    entry = await database.read(lambda conn: get_lead(conn, lead_id))
    assert (entry.contact, entry.channel, entry.stage, entry.score) == ("Ірина", "telegram", "discovery", 35)
    assert (entry.reasons, entry.source, entry.owner) == (("city +5",), "ad7", "olena")
    assert (entry.holder, entry.language, entry.last_message_at) == ("bot", "uk", NOW)
    assert entry.facts["city"].text == "Київ"


async def test_a_cell_that_the_bot_filled_brings_its_words(database: Database) -> None:
    arrival = await arrive(database, text="Я з Києва")
    assert arrival.message_id is not None
    fact = FoundFact("city", "Київ", Witness(arrival.message_id, 4, 9))
    await take_turn(database, arrival.conversation_id, facts=(fact,))
    page = await database.read(lambda conn: list_leads(conn, LeadFilter(), LeadOrder(), 1))
    city = page.entries[0].facts["city"]
    assert (city.text, city.words, city.message_id) == ("Київ", "Києва", arrival.message_id)


@pytest.mark.parametrize(
    "text", ["київ", "КИЇВ", "ірин", "067 123", "+38 (067) 123", "Zürich ", "100%", "30000", "до травня"]
)
async def test_text_is_found_in_names_and_facts_whatever_its_case(database: Database, text: str) -> None:
    facts: dict[str, FactValue] = {
        "city": "Київ", "phone": "+380671234567", "company": "Zürich AG", "need": "100% арабіка",
        "budget": {"amount": 30000, "currency": "UAH"}, "deadline": {"text": "до травня", "date": None},
    }  # fmt: skip
    await lead(database, "Ірина", facts)
    await lead(database, "Bob", {"city": "Lviv", "need": "100 грн"})
    assert await names(database, text=text) == ["Ірина"]


async def test_text_that_nobody_said_finds_nobody(database: Database) -> None:
    await lead(database, "Ірина", {"city": "Київ"})
    assert await names(database, text="Харків") == []


@pytest.mark.parametrize(
    "wanted",
    [
        {"stage": "closing"},
        {"role": "partner"},
        {"holder": "operator"},
        {"outcome": "lead_won"},
        {"language": "en"},
        {"owner": "olena"},
        {"stage": "closing", "language": "en"},
    ],
)
async def test_each_filter_keeps_the_leads_it_names(database: Database, wanted: dict[str, Any]) -> None:
    mine = await lead(database, "Anna", stage="closing", role="partner", language="en")
    await lead(database, "Bohdan")

    def change(conn: sa.Connection) -> None:
        set_owner(conn, mine, "olena", NOW)
        record_outcome(conn, LeadId(mine), Outcome(OutcomeKind.LEAD_WON, "api", NOW))
        set_holder(conn, conversation_of_lead(conn, LeadId(mine)), Holder.OPERATOR)

    await database.write(change)
    assert await names(database, **wanted) == ["Anna"]
    assert await names(database, outcome="none") == ["Bohdan"]


@pytest.mark.parametrize(
    ("column", "values"),
    [
        ("quantity", (2, 10)),
        ("budget", ({"amount": 900, "currency": "UAH"}, {"amount": 25000, "currency": "UAH"})),
        ("deadline", ({"text": "в травні", "date": "2026-05-01"}, {"text": "восени", "date": "2026-09-01"})),
        ("city", ("Lviv", "Odesa")),
    ],
)
async def test_facts_are_sorted_by_what_they_mean_and_gaps_come_last(
    database: Database, column: str, values: tuple[FactValue, FactValue]
) -> None:
    await lead(database, "more", {column: values[1]})
    await lead(database, "gap")
    await lead(database, "less", {column: values[0]})
    assert await names(database, LeadOrder(column, descending=False)) == ["less", "more", "gap"]
    assert await names(database, LeadOrder(column, descending=True)) == ["more", "less", "gap"]


@pytest.mark.parametrize("column", COLUMNS)
async def test_every_column_can_be_sorted_by(database: Database, column: str) -> None:
    await lead(database, "Anna", {"name": "Anna"})
    await lead(database, None)
    assert len(await names(database, LeadOrder(column))) == 2


async def test_the_last_message_of_each_talk_decides_the_first_order(database: Database) -> None:
    await lead(database, "quiet")
    await lead(database, "busy")
    busy = sa.select(table(ConversationRow).c.id).where(table(ConversationRow).c.chat == "quiet")

    def write(conn: sa.Connection) -> None:
        row = {"direction": "in", "role": "customer", "text": "ще", "state": "received"}
        later = NOW + timedelta(minutes=5)
        conn.execute(sa.insert(table(MessageRow)).values(**row, conversation_id=conn.scalar(busy), at=later))

    await database.write(write)
    assert await names(database, LeadOrder()) == ["quiet", "busy"]


async def test_pages_hold_every_lead_once(database: Database) -> None:
    await lead(database, "first")
    for number in range(PAGE + 5):
        await arrive(database, f"copy-{number}", chat=f"copy-{number}", sender=f"copy-{number}")
    first = await database.read(lambda conn: list_leads(conn, LeadFilter(), LeadOrder(), 1))
    second = await database.read(lambda conn: list_leads(conn, LeadFilter(), LeadOrder(), 2))
    assert (first.total, len(first.entries), len(second.entries)) == (PAGE + 6, PAGE, 6)
    seen = [entry.id for entry in (*first.entries, *second.entries)]
    assert sorted(seen) == await database.read(lambda conn: sorted(conn.scalars(sa.select(table(LeadRow).c.id))))
    assert seen == await database.read(lambda conn: list_lead_ids(conn, LeadFilter(), LeadOrder()))


async def test_leads_are_loaded_in_the_order_asked_for(database: Database) -> None:
    first, second = await lead(database, "Anna"), await lead(database, "Bohdan")
    loaded = await database.read(lambda conn: load_leads(conn, [second, 99, first]))
    assert [entry.contact for entry in loaded] == ["Bohdan", "Anna"]


async def test_filters_offer_what_occurs_and_tabs_count_holders(database: Database) -> None:
    mine = await lead(database, "Anna")
    await lead(database, "Bohdan", holder=Holder.WAITING)
    await database.write(lambda conn: set_owner(conn, mine, "olena", NOW))
    assert await database.read(list_choices) == {"channel": ["telegram"], "owner": ["olena"]}
    assert await database.read(count_holders) == {"bot": 1, "waiting": 1}


async def test_a_lead_that_does_not_exist_is_told(database: Database) -> None:
    with pytest.raises(LookupError):
        await database.read(lambda conn: get_lead(conn, 99))
    with pytest.raises(LookupError):
        await database.write(lambda conn: set_owner(conn, 99, "olena", NOW))
