import asyncio
from datetime import timedelta

import pytest
import sqlalchemy as sa

from core.domain.identity import LinkState, Proof
from core.domain.outcomes import Outcome, OutcomeKind
from core.storage.database import Database
from core.storage.facts import edit_fact
from core.storage.lead_table import (
    LeadEntry,
    LeadFilter,
    LeadOrder,
    get_lead,
    list_leads,
    list_leads_after,
    set_owner,
)
from core.storage.leads import record_outcome
from core.storage.linking import LinkRefused, link, list_links, reject, split, was_parted
from core.storage.people import members
from core.storage.tables import EventRow, table
from core.storage.talks import load_talk
from tests.core.storage.doors import Side
from tests.core.storage.samples import NOW, arrive
from tests.core.storage.test_erase import everything

LATER = NOW + timedelta(hours=1)
events = table(EventRow)


@pytest.fixture
async def phone(database: Database) -> Side:
    """Olena on one platform."""
    side = Side(database, "telegram", "olena")
    await side.says("Я Олена, Львів", facts={"name": "Олена", "city": "Львів"}, name="Олена", role="buyer")
    return side


@pytest.fixture
async def page(database: Database, phone: Side) -> Side:
    """The same Olena on another one, later."""
    side = Side(database, "messenger", "elena")
    await side.says("мій бюджет 900", at=LATER, facts={"quantity": 3}, name="Elena", stage="discovery")
    return side


async def table_of(database: Database, **wanted: str) -> list[LeadEntry]:
    found = await database.read(lambda conn: list_leads(conn, LeadFilter(**wanted), LeadOrder(), 1))
    assert found.total == len(found.entries)
    return list(found.entries)


async def test_strangers_know_nothing_of_each_other(phone: Side, page: Side) -> None:
    assert set(await phone.known()) == {"name", "city"}
    assert set(await page.known()) == {"quantity"}


async def test_whoever_proved_to_be_one_person_is_known_at_both_doors(phone: Side, page: Side) -> None:
    assert await phone.joins(page)
    assert await phone.known() == await page.known() == {"name": "Олена", "city": "Львів", "quantity": 3}


async def test_what_the_firm_believes_is_told_to_nobody(phone: Side, page: Side, database: Database) -> None:
    await phone.joins(page, Proof.DESK)
    assert set(await page.known()) == {"quantity"}
    (entry,) = await table_of(database)
    assert set(entry.facts) == {"name", "city", "quantity"}


async def test_a_proof_takes_the_place_of_a_belief(phone: Side, page: Side, database: Database) -> None:
    await phone.joins(page, Proof.DESK)
    assert await phone.joins(page, Proof.PHONE)
    assert set(await page.known()) == {"name", "city", "quantity"}
    contact = await phone.contact()
    links = await database.read(lambda conn: list_links(conn, [contact]))
    assert [one.state for one in links] == [LinkState.LINKED, LinkState.REPLACED]
    assert not await phone.joins(page, Proof.DESK), "as good a link is there already"


async def test_the_last_statement_counts_and_a_persons_edit_before_it(
    phone: Side, page: Side, database: Database
) -> None:
    await phone.joins(page)
    await page.says("тепер Київ", at=LATER, facts={"city": "Київ"})
    assert (await phone.known())["city"] == "Київ"
    talk = await phone.talk()
    await database.write(lambda conn: edit_fact(conn, talk, "city", "Одеса", "olena", NOW))
    assert (await page.known())["city"] == "Одеса"
    await page.parts()
    assert (await page.known(), await phone.known()) == (
        {"quantity": 3, "city": "Київ"},
        {"name": "Олена", "city": "Одеса"},
    )


async def test_a_fact_that_is_taken_away_is_gone_at_every_door(phone: Side, page: Side, database: Database) -> None:
    await page.says("Київ", at=LATER, facts={"city": "Київ"})
    await phone.joins(page)
    talk = await phone.talk()
    assert len(await database.write(lambda conn: edit_fact(conn, talk, "city", None, "olena", NOW))) == 2
    assert "city" not in await phone.known()


async def test_the_table_shows_a_person_once_with_all_that_is_known(
    phone: Side, page: Side, database: Database
) -> None:
    assert len(await table_of(database)) == 2
    await phone.joins(page)
    (entry,) = await table_of(database)
    assert (entry.id, entry.channel, entry.stage) == (await phone.lead(), "messenger", "discovery")
    assert (entry.score, entry.reasons) == (15, ("name +5", "quantity +5", "city +5"))
    for wanted in ({"text": "львів"}, {"text": "elena"}, {"channel": "messenger"}):
        assert [found.id for found in await table_of(database, **wanted)] == [entry.id], wanted
    assert await table_of(database, text="nobody") == []
    other = await page.lead()
    assert (await database.read(lambda conn: get_lead(conn, other))).id == entry.id
    by_chat = await database.read(lambda conn: list_leads_after(conn, 0, 9, channel="telegram", chat="olena"))
    assert [found.id for found in by_chat] == [entry.id]
    talk = await database.read(lambda conn: load_talk(conn, page.conversation_id))
    assert (set(talk.facts), talk.head.score) == ({"name", "city", "quantity"}, 15)


@pytest.mark.parametrize(
    "column", ["contact", "stage", "score", "owner", "outcome", "city", "quantity", "last_message"]
)
async def test_the_table_can_be_sorted_with_linked_people(
    column: str, phone: Side, page: Side, database: Database
) -> None:
    await phone.joins(page)
    stranger = Side(database, "webchat", "stranger")
    await stranger.says("Дніпро", facts={"city": "Дніпро", "quantity": 9})
    order = LeadOrder(column, descending=False)
    found = await database.read(lambda conn: list_leads(conn, LeadFilter(), order, 1))
    assert len(found.entries) == found.total == 2


async def test_what_was_decided_last_holds_and_each_side_gets_its_own_back(
    phone: Side, page: Side, database: Database
) -> None:
    first, second = await phone.lead(), await page.lead()
    await database.write(lambda conn: set_owner(conn, first, "olena", NOW))
    await database.write(lambda conn: record_outcome(conn, second, Outcome(OutcomeKind.MEETING, "desk:olena", NOW)))
    await phone.joins(page)
    (entry,) = await table_of(database, owner="olena", outcome="meeting")
    await database.write(lambda conn: set_owner(conn, second, "maria", LATER))
    assert [found.owner for found in await table_of(database)] == ["maria"]
    assert entry.outcome_by == "desk:olena"
    await phone.parts()
    found = {entry.id: (entry.owner, entry.outcome) for entry in await table_of(database)}
    assert found == {first: ("olena", None), second: ("maria", "meeting")}


async def test_a_stop_at_one_door_holds_at_both_until_they_write_again(phone: Side, page: Side) -> None:
    await page.says("стоп", at=LATER, opted_out=True)
    assert not (await phone.talk()).opted_out
    await phone.joins(page, Proof.DESK)
    assert (await phone.talk()).opted_out, "even where it is only believed"
    await phone.says("а ціна?", at=LATER + timedelta(hours=1), opted_in=True)
    assert not (await phone.talk()).opted_out, "writing is a new consent where they write"
    assert (await page.talk()).opted_out, "and nowhere else"
    await page.says("стоп!", at=LATER + timedelta(hours=2), opted_out=True)
    assert (await phone.talk()).opted_out, "a later stop holds again"
    await phone.parts()
    assert not (await phone.talk()).opted_out
    assert (await page.talk()).opted_out


async def test_forgetting_takes_every_door_that_was_proven(phone: Side, page: Side, database: Database) -> None:
    shop = Side(database, "webchat", "believed")
    await shop.says("Харків", facts={"city": "Харків"})
    await phone.joins(page)
    await phone.joins(shop, Proof.DESK)
    before = (await page.talk()).lease_epoch
    await phone.says("видаліть мої дані", at=LATER, erases=True, replies=(), role="")
    left = await everything(database)
    assert [secret for secret in ("Олена", "Львів", "бюджет", "Elena") if secret in left] == []
    assert (await page.talk()).lease_epoch > before, "a turn that runs there must not write what it knew"
    assert await shop.known() == {"city": "Харків"}, "what is only believed may be somebody else's"
    contact = await phone.contact()
    assert await database.read(lambda conn: list_links(conn, [contact])) == []
    assert await database.read(lambda conn: members(conn, contact)) == (contact,)


async def test_what_waits_at_another_door_is_said_after_it_and_answered(
    phone: Side, page: Side, database: Database
) -> None:
    await phone.joins(page)
    await arrive(database, "new", "я ще тут", account=page.account, chat="elena", sender="elena")
    await phone.says("забудьте мене", at=LATER, erases=True, replies=())
    left = await everything(database)
    assert "я ще тут" in left
    assert "бюджет" not in left


async def test_running_turns_of_both_sides_begin_anew(phone: Side, page: Side) -> None:
    epochs = [(await side.talk()).lease_epoch for side in (phone, page)]
    await phone.joins(page)
    linked = [(await side.talk()).lease_epoch for side in (phone, page)]
    await page.parts()
    parted = [(await side.talk()).lease_epoch for side in (phone, page)]
    assert all(a < b < c for a, b, c in zip(epochs, linked, parted, strict=True))


async def test_links_make_chains_and_one_door_can_leave(phone: Side, page: Side, database: Database) -> None:
    shop = Side(database, "webchat", "olena")
    await shop.says()
    await phone.joins(page)
    await page.joins(shop)
    three = [await side.contact() for side in (phone, page, shop)]
    assert await database.read(lambda conn: members(conn, three[2])) == tuple(three)
    await phone.parts()
    assert await database.read(lambda conn: members(conn, three[0])) == (three[0],)
    assert await database.read(lambda conn: members(conn, three[2])) == (three[1], three[2])


async def test_two_links_at_once_give_one_person(database: Database) -> None:
    sides = [Side(database, "webchat", f"visitor{n}") for n in range(4)]
    for side in sides:
        await side.says()
    pairs = [(0, 1), (2, 3), (1, 2), (0, 3)]
    made = await asyncio.gather(*(sides[a].joins(sides[b]) for a, b in pairs))
    assert made.count(True) == 3, "the last one joins who are together already"
    contacts = tuple([await side.contact() for side in sides])
    assert await database.read(lambda conn: members(conn, contacts[3])) == contacts


async def test_what_cannot_be_linked_is_said_so(phone: Side, page: Side, database: Database) -> None:
    one, other = await phone.contact(), await page.contact()

    async def try_to(a: int, b: int) -> None:
        await database.write(lambda conn: link(conn, a, b, proof=Proof.DESK, by="olena", now=NOW))

    with pytest.raises(LinkRefused, match="itself"):
        await try_to(one, one)
    with pytest.raises(LookupError, match="no contact 999"):
        await try_to(one, 999)
    with pytest.raises(LinkRefused, match="nobody"):
        await database.write(lambda conn: split(conn, one, by="olena", now=NOW))
    await try_to(one, other)
    with pytest.raises(LinkRefused, match="split them"):
        await database.write(lambda conn: reject(conn, one, other, by="olena", now=NOW))


async def test_a_rejection_is_remembered_until_somebody_links_them(phone: Side, page: Side, database: Database) -> None:
    one, other = await phone.contact(), await page.contact()
    assert await database.write(lambda conn: reject(conn, one, other, by="olena", now=NOW))
    assert not await database.write(lambda conn: reject(conn, other, one, by="olena", now=NOW))
    assert await database.read(lambda conn: was_parted(conn, [one], [other]))
    await phone.joins(page, Proof.DESK)
    assert not await database.read(lambda conn: was_parted(conn, [one], [other]))
    await phone.parts()
    assert await database.read(lambda conn: was_parted(conn, [other], [one])), "parting them says the same"


async def test_each_side_is_told_of_the_link_and_of_its_end(phone: Side, page: Side, database: Database) -> None:
    await phone.joins(page)
    await phone.parts()
    wanted = sa.select(events.c.kind, events.c.contact_id).where(events.c.kind.startswith("identity_"))
    told = await database.read(lambda conn: [tuple(row) for row in conn.execute(wanted.order_by(events.c.id))])
    sides = [await phone.contact(), await page.contact()]
    assert told == [(kind, side) for kind in ("identity_linked", "identity_split") for side in sides]
