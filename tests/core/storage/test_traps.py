"""Many people who look alike: nobody is linked by a likeness, and the hints are worth reading."""

import random
from collections.abc import Iterator
from datetime import timedelta

import pytest
import sqlalchemy as sa

from core.domain.facts import FoundFact, Witness
from core.domain.identity import Proof
from core.domain.ids import AccountId, ContactId, MessageId
from core.domain.messages import Profile
from core.storage.database import Database
from core.storage.facts import record_facts
from core.storage.inbox import store_arrival
from core.storage.likenesses import suggest
from core.storage.linking import reject
from core.storage.proofs import note_verified
from core.storage.tables import ContactLinkRow, table
from core.storage.turns import load_conversation
from tests.core.storage.samples import NOW, message

PEOPLE = 150
"""`benchmarks.identity` sets the same trap with a thousand."""
SEED = 20261121

GIVEN = (
    ("Олена", "Елена", "Olena"), ("Олександр", "Александр", "Oleksandr"), ("Юлія", "Юлия", "Yuliia"),
    ("Андрій", "Андрей", "Andrii"), ("Ірина", "Ирина", "Iryna"), ("Дмитро", "Дмитрий", "Dmytro"),
    ("Ганна", "Анна", "Hanna"), ("Сергій", "Сергей", "Serhii"),
)  # fmt: skip
FAMILY = (
    ("Шевченко", "Шевченко", "Shevchenko"), ("Коваленко", "Коваленко", "Kovalenko"), ("Мельник", "Мельник", "Melnyk"),
    ("Бондар", "Бондарь", "Bondar"), ("Хоменко", "Хоменко", "Khomenko"), ("Яценко", "Яценко", "Yatsenko"),
)  # fmt: skip
CITIES = (("Київ", "Киев", "Kyiv"), ("Львів", "Львов", "Lviv"), ("Одеса", "Одесса", "Odesa"))
CHANNELS = ("telegram", "messenger", "instagram", "webchat")


def populate(conn: sa.Connection, people: int = PEOPLE) -> Iterator[ContactId]:
    """Namesakes in three spellings, families on one number, colleagues on one address; a quarter proved a number that
    is theirs alone. Gives the contacts."""
    choose = random.Random(SEED)
    for number in range(people):
        language = choose.randrange(3)
        name = f"{choose.choice(GIVEN)[language]} {choose.choice(FAMILY)[language]}"
        channel = choose.choice(CHANNELS)
        told = {"name": name, "city": choose.choice(CITIES)[language]}
        if number % 3 == 0:
            told["phone"] = f"+38067{choose.randrange(120):07d}"
        if number % 5 == 0:
            told["email"] = f"office@firm{choose.randrange(9)}.example"
        inbound = message(
            str(number), account=AccountId(f"{channel}:shop"), chat=f"p{number}", sender=f"p{number}",
            profile=Profile(name=name if number % 2 else name.split()[0]),
        )  # fmt: skip
        arrival = store_arrival(conn, inbound, channel, NOW)
        talk = load_conversation(conn, arrival.conversation_id)
        witness = Witness(arrival.message_id or MessageId(0), 0, 1)
        record_facts(conn, talk, [FoundFact(key, value, witness) for key, value in told.items()], NOW)
        if number % 4 == 0:
            note_verified(conn, talk, Proof.PHONE, f"+38050{number:07d}", NOW)
        yield talk.contact_id


@pytest.fixture
def town(database: Database) -> Iterator[tuple[sa.Connection, list[ContactId]]]:
    if database.dialect != "sqlite":
        pytest.skip("the same code on both; many people on one of them")
    with database.engine.connect() as conn:
        conn.exec_driver_sql("BEGIN")
        yield conn, list(populate(conn))
        conn.exec_driver_sql("ROLLBACK")


def test_nobody_is_linked_by_a_likeness(town: tuple[sa.Connection, list[ContactId]]) -> None:
    conn, contacts = town
    hinted = [one for contact in random.Random(SEED).sample(contacts, 20) for one in suggest(conn, contact)]
    links = conn.execute(sa.select(sa.func.count()).select_from(table(ContactLinkRow))).scalar_one()
    assert links == 0
    assert hinted, "the set is meant to trap"
    assert {"name"} not in [set(one.reasons) for one in hinted], "a name alone is not even a hint"


def test_a_hint_says_why_and_is_gone_once_it_was_rejected(database: Database) -> None:
    with database.engine.connect() as conn:
        ids = []
        for number, (name, city) in enumerate([("Юлія Мельник", "Львів"), ("Yuliia Melnyk", "Lviv")]):
            inbound = message(f"t{number}", account=AccountId(f"door{number}"), chat="x", sender="x")
            arrival = store_arrival(conn, inbound, "webchat", NOW)
            talk = load_conversation(conn, arrival.conversation_id)
            witness = Witness(arrival.message_id or MessageId(0), 0, 1)
            told = {"name": name, "city": city, "phone": "+380671112233"}
            record_facts(conn, talk, [FoundFact(key, value, witness) for key, value in told.items()], NOW)
            ids.append(talk.contact_id)
        (hint,) = suggest(conn, ids[0])
        assert (hint.door.contact_id, hint.reasons) == (ids[1], ("phone", "name", "city"))
        reject(conn, ids[0], ids[1], by="olena", now=NOW)
        assert suggest(conn, ids[0]) == []
        conn.rollback()


@pytest.mark.parametrize(("days", "joined"), [(1, True), (179, True), (181, False)])
def test_an_old_proof_of_a_number_is_only_a_hint(database: Database, days: int, joined: bool) -> None:
    with database.engine.connect() as conn:
        talks = []
        for number in range(2):
            inbound = message(f"t{number}", account=AccountId(f"door{number}"), chat="x", sender="x")
            talks.append(load_conversation(conn, store_arrival(conn, inbound, "webchat", NOW).conversation_id))
        note_verified(conn, talks[0], Proof.PHONE, "+380671112233", NOW)
        later = NOW + timedelta(days=days)
        assert note_verified(conn, talks[1], Proof.PHONE, "+380671112233", later) is joined
        hints = [hint.reasons for hint in suggest(conn, ContactId(talks[0].contact_id))]
        assert hints == ([] if joined else [("verified_phone",)])
        conn.rollback()
