from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from core.domain.conversation import Conversation
from core.domain.events import Event
from core.domain.facts import Fact, FactValue, FoundFact, Witness, is_by_person
from core.domain.ids import MessageId
from core.storage.database import Database
from core.storage.facts import edit_fact, load_facts, record_facts
from core.storage.tables import FactRow, table
from tests.core.storage.samples import NOW, arrive, find

LATER = NOW + timedelta(minutes=1)


class Talk:
    """One conversation whose first message is the witness of everything."""

    def __init__(self, database: Database, held: Conversation, message_id: MessageId) -> None:
        self._database = database
        self._held = held
        self._witness = Witness(message_id, 0, 5)

    async def say(self, **facts: FactValue) -> list[Event]:
        found = [FoundFact(name, value, self._witness) for name, value in facts.items()]
        return await self._database.write(lambda conn: record_facts(conn, self._held, found, NOW))

    async def edit(self, name: str, value: FactValue | None) -> list[Event]:
        return await self._database.write(lambda conn: edit_fact(conn, self._held, name, value, "olena", LATER))

    async def known(self) -> dict[str, Fact]:
        return await self._database.read(lambda conn: load_facts(conn, self._held.contact_id))

    async def value(self, name: str) -> Any:
        return (await self.known())[name].value


@pytest.fixture
async def talk(database: Database) -> Talk:
    arrival = await arrive(database)
    assert arrival.message_id is not None
    return Talk(database, await find(database, arrival.conversation_id), arrival.message_id)


VALUES: dict[str, FactValue] = {
    "name": "Олена 🌻",
    "quantity": 12,
    "budget": {"amount": 1500.5, "currency": "UAH"},
    "deadline": {"text": "до п'ятниці", "date": None},
}


@pytest.mark.parametrize(("name", "value"), VALUES.items(), ids=VALUES)
async def test_a_fact_comes_back_with_its_type_and_witness(talk: Talk, name: str, value: FactValue) -> None:
    await talk.say(**{name: value})
    fact = (await talk.known())[name]
    assert fact.value == value
    assert type(fact.value) is type(value)
    assert (fact.written_by, fact.at) == ("bot", NOW)
    assert fact.witness is not None


async def test_the_last_statement_wins_and_says_what_it_superseded(talk: Talk, database: Database) -> None:
    (first,) = await talk.say(city="Київ")
    (second,) = await talk.say(city="Львів")
    assert await talk.value("city") == "Львів"
    assert (first.data["superseded"], second.data["superseded"]) == (None, first.data["fact_id"])
    assert await database.read(lambda conn: conn.scalar(sa.select(sa.func.count()).select_from(table(FactRow)))) == 2


async def test_in_one_turn_too_the_last_statement_wins(talk: Talk, database: Database) -> None:
    arrival = await arrive(database, "2")
    assert arrival.message_id is not None
    held = await find(database, arrival.conversation_id)
    said = [FoundFact("city", city, Witness(arrival.message_id, n, n + 4)) for n, city in enumerate(("Київ", "Львів"))]
    events = await database.write(lambda conn: record_facts(conn, held, said, NOW))
    assert len(events) == 2
    assert await talk.value("city") == "Львів"


@pytest.mark.parametrize(("name", "value"), VALUES.items(), ids=VALUES)
async def test_the_same_value_said_again_changes_nothing(talk: Talk, name: str, value: FactValue) -> None:
    await talk.say(**{name: value})
    assert await talk.say(**{name: value}) == []


async def test_a_persons_edit_wins_over_what_the_bot_hears_later(talk: Talk) -> None:
    await talk.say(city="Київ")
    assert len(await talk.edit("city", "Одеса")) == 1
    assert await talk.say(city="Львів") == []
    fact = (await talk.known())["city"]
    assert (fact.value, fact.written_by, fact.witness) == ("Одеса", "olena", None)
    assert is_by_person(fact)


async def test_a_person_may_edit_again_and_add_what_was_never_said(talk: Talk) -> None:
    await talk.edit("email", "olena@example.com")
    await talk.edit("email", "o@example.com")
    assert await talk.value("email") == "o@example.com"


async def test_a_person_may_take_a_fact_away(talk: Talk) -> None:
    await talk.say(city="Київ")
    assert await talk.edit("city", None)
    assert await talk.known() == {}
    assert await talk.edit("city", None) == []


async def test_what_was_taken_away_may_be_said_anew(talk: Talk) -> None:
    await talk.say(city="Київ")
    await talk.edit("city", None)
    await talk.say(city="Львів")
    assert await talk.value("city") == "Львів"


async def test_nothing_found_stores_nothing(talk: Talk) -> None:
    assert await talk.say() == []
    assert await talk.known() == {}
