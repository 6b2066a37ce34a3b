"""Facts with their witness: the last statement wins, a person's edit wins over the bot."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from core.domain.conversation import Conversation
from core.domain.events import Event, EventKind
from core.domain.facts import Fact, FactValue, FoundFact, Witness, is_by_person, precedence
from core.domain.ids import ContactId, FactId, MessageId
from core.domain.likeness import key_of
from core.storage.people import members
from core.storage.tables import FactRow, table

_facts = table(FactRow)
_WITNESSES = 5
"""Remembered beside the first."""
_known = sa.select(_facts).where(
    _facts.c.contact_id.in_(sa.bindparam("all", expanding=True)), _facts.c.superseded_by.is_(None)
)
_current = sa.select(_facts).where(_facts.c.contact_id == sa.bindparam("c"), _facts.c.superseded_by.is_(None))
_insert = sa.insert(_facts).returning(_facts.c.id)
_supersede = sa.update(_facts).where(_facts.c.id == sa.bindparam("old")).values(superseded_by=sa.bindparam("new"))


def load_facts(conn: sa.Connection, contact_id: ContactId) -> dict[str, Fact]:
    """The facts that hold now, by name, of this contact alone."""
    return {row.name: _fact(row) for row in conn.execute(_current, {"c": contact_id})}


def load_known(conn: sa.Connection, contact_id: ContactId, linked: Sequence[ContactId]) -> dict[str, Fact]:
    """What is known of the whole person: of several statements a person's edit, else the last one."""
    if not linked:
        return load_facts(conn, contact_id)
    known: dict[str, Fact] = {}
    for row in conn.execute(_known, {"all": [contact_id, *linked]}):
        fact = replace(_fact(row), linked=row.contact_id != contact_id)
        old = known.get(fact.name)
        if old is None or precedence(fact) > precedence(old):
            known[fact.name] = fact
    return known


def _fact(row: Any) -> Fact:
    witness = None if row.message_id is None else Witness(MessageId(row.message_id), row.start, row.end)
    return Fact(FactId(row.id), row.name, row.value, row.written_by, row.at, witness)


def record_facts(
    conn: sa.Connection, conversation: Conversation, found: Sequence[FoundFact], now: datetime
) -> list[Event]:
    """Store what is new. The same value said again is one more witness, a person's edit is never overwritten."""
    if not found:
        return []
    known = load_facts(conn, conversation.contact_id)
    events = []
    for fact in found:
        old = known.get(fact.name)
        if old and not is_by_person(old) and old.value == _plain(fact.value):
            _note_again(conn, old, fact.witness)
        if old and (is_by_person(old) or old.value == _plain(fact.value)):
            continue
        stored = _store(conn, conversation, fact.name, fact.value, "bot", fact.witness, now)
        _replace(conn, old, stored.id)
        known[fact.name] = stored
        events.append(_event(stored, old))
    return events


def edit_fact(
    conn: sa.Connection, conversation: Conversation, name: str, value: FactValue | None, person: str, now: datetime
) -> list[Event]:
    """A person's own word; None takes the fact away. Gives the events, none when nothing changed."""
    old = load_facts(conn, conversation.contact_id).get(name)
    if value is None:
        return _remove(conn, conversation.contact_id, name)
    stored = _store(conn, conversation, name, value, person, None, now)
    _replace(conn, old, stored.id)
    return [_event(stored, old)]


def _remove(conn: sa.Connection, contact_id: ContactId, name: str) -> list[Event]:
    """At every door of the person: else the value of another one would come up in its place."""
    taken = []
    for member in members(conn, contact_id):
        old = load_facts(conn, member).get(name)
        if old:
            _replace(conn, old, old.id)
            taken.append(_event(old, old))
    return taken


def _note_again(conn: sa.Connection, fact: Fact, witness: Witness) -> None:
    if fact.witness is None or fact.witness.message_id == witness.message_id:
        return
    mine = _facts.c.id == fact.id
    known = read_again(conn.execute(sa.select(_facts.c.again).where(mine)).scalar())
    if all(other.message_id != witness.message_id for other in known):
        again = write_again([witness, *known][:_WITNESSES])
        conn.execute(sa.update(_facts).where(mine).values(again=again))


def read_again(stored: Sequence[Sequence[int]] | None) -> list[Witness]:
    """Where else the same was said, the newest first."""
    return [Witness(MessageId(message_id), start, end) for message_id, start, end in stored or ()]


def write_again(witnesses: Sequence[Witness]) -> list[list[int]] | None:
    return [[one.message_id, one.start, one.end] for one in witnesses] or None


def _plain(value: FactValue) -> Any:
    return dict(value) if isinstance(value, Mapping) else value


def _store(  # noqa: PLR0913 - a fact has this many parts
    conn: sa.Connection,
    conversation: Conversation,
    name: str,
    value: FactValue,
    written_by: str,
    witness: Witness | None,
    now: datetime,
) -> Fact:
    fact_id = conn.execute(
        _insert,
        {
            "contact_id": conversation.contact_id,
            "conversation_id": conversation.id,
            "name": name,
            "value": _plain(value),
            "key": key_of(name, value),
            "message_id": witness.message_id if witness else None,
            "start": witness.start if witness else None,
            "end": witness.end if witness else None,
            "written_by": written_by,
            "at": now,
        },
    ).scalar_one()
    return Fact(FactId(fact_id), name, _plain(value), written_by, now, witness)


def _replace(conn: sa.Connection, old: Fact | None, by: FactId) -> None:
    if old:
        conn.execute(_supersede, {"old": old.id, "new": by})


def _event(fact: Fact, old: Fact | None) -> Event:
    data = {"name": fact.name, "fact_id": fact.id, "superseded": old.id if old else None}
    return Event(EventKind.FACT_RECORDED, data)
