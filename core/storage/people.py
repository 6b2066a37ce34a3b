"""Which contacts are one person: read from their links, kept on each contact as the smallest id of the group."""

from collections.abc import Collection, Iterable
from datetime import datetime

import sqlalchemy as sa

from core.domain.identity import PROVEN, LinkState
from core.domain.ids import ContactId, ConversationId
from core.storage.tables import ContactLinkRow, ContactRow, ConversationRow, table

_contacts = table(ContactRow)
_conversations = table(ConversationRow)
_links = table(ContactLinkRow)

_PEOPLE_LOCK = 20_261_122
"""Any number that nothing else in the database locks."""
_proofs = tuple(proof.value for proof in PROVEN)


def lock_people(conn: sa.Connection) -> None:
    """Until the transaction's end: two links at once would each work out the group without the other. On SQLite
    whoever writes is alone with the whole file."""
    if conn.dialect.name == "postgresql":
        conn.execute(sa.text("select pg_advisory_xact_lock(:key)"), {"key": _PEOPLE_LOCK})


def members(conn: sa.Connection, contact_id: int, *, proven: bool = False) -> tuple[ContactId, ...]:
    """Everybody who is the same person, the contact among them; with `proven` only what the person proved."""
    column = _contacts.c.proven_id if proven else _contacts.c.person_id
    mine = sa.select(column).where(_contacts.c.id == contact_id).scalar_subquery()
    found = conn.scalars(sa.select(_contacts.c.id).where(column == mine).order_by(_contacts.c.id)).all()
    return tuple(ContactId(one) for one in found) or (ContactId(contact_id),)


def group_by_person(conn: sa.Connection, contact_ids: Collection[int]) -> dict[int, tuple[int, ...]]:
    """For each of them everybody who is the same person; those who are alone stand for themselves."""
    theirs = sa.select(_contacts.c.person_id).where(_contacts.c.id.in_(contact_ids), _contacts.c.person_id.is_not(None))
    rows = conn.execute(sa.select(_contacts.c.id, _contacts.c.person_id).where(_contacts.c.person_id.in_(theirs))).all()
    if not rows:
        return {contact_id: (contact_id,) for contact_id in contact_ids}
    groups: dict[int, list[int]] = {}
    for row in rows:
        groups.setdefault(row.person_id, []).append(row.id)
    group_of = {row.id: tuple(sorted(groups[row.person_id])) for row in rows}
    return {contact_id: group_of.get(contact_id, (contact_id,)) for contact_id in contact_ids}


def conversations_of(conn: sa.Connection, contact_ids: Iterable[int]) -> list[ConversationId]:
    wanted = sa.select(_conversations.c.id).where(_conversations.c.contact_id.in_(tuple(contact_ids)))
    return [ConversationId(found) for found in conn.scalars(wanted.order_by(_conversations.c.id))]


def regroup(conn: sa.Connection, contact_ids: Iterable[int]) -> None:
    """Work out anew to whom these contacts belong, after a link began or ended."""
    for column, only_proven in (("person_id", False), ("proven_id", True)):
        left = set(contact_ids)
        while left:
            together = _reach(conn, left.pop(), only_proven=only_proven)
            left -= together
            head = min(together) if len(together) > 1 else None
            mine = sa.update(_contacts).where(_contacts.c.id.in_(together))
            conn.execute(mine.values({column: head}))


def is_opted_out(conn: sa.Connection, contact_id: int) -> bool:
    """Whether the person asked us to stop, here or at another door since they last wrote here."""
    mine = conn.execute(sa.select(_contacts).where(_contacts.c.id == contact_id)).one()
    if mine.opted_out or mine.person_id is None:
        return bool(mine.opted_out)
    elsewhere = sa.select(_contacts.c.id).where(_contacts.c.person_id == mine.person_id, _contacts.c.opted_out)
    if mine.consent_at is not None:
        elsewhere = elsewhere.where(_contacts.c.opted_out_at > mine.consent_at)
    return conn.execute(elsewhere.limit(1)).first() is not None


def note_stop(conn: sa.Connection, contact_id: int, now: datetime) -> None:
    conn.execute(sa.update(_contacts).where(_contacts.c.id == contact_id).values(opted_out=True, opted_out_at=now))


def note_consent(conn: sa.Connection, contact_id: int, now: datetime) -> None:
    """For the door in which they wrote: what they refused at another one stays refused there."""
    conn.execute(sa.update(_contacts).where(_contacts.c.id == contact_id).values(opted_out=False, consent_at=now))


def _reach(conn: sa.Connection, start: int, *, only_proven: bool) -> set[int]:
    """Everybody to whom a chain of living links leads."""
    seen, edge = {start}, {start}
    while edge:
        found = sa.select(_links.c.one, _links.c.other).where(
            _links.c.state == LinkState.LINKED.value, sa.or_(_links.c.one.in_(edge), _links.c.other.in_(edge))
        )
        if only_proven:
            found = found.where(_links.c.proof.in_(_proofs))
        edge = {one for row in conn.execute(found) for one in row} - seen
        seen |= edge
    return seen
