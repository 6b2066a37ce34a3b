"""Two contacts become one person and two again: only the relation is written, never what either side has."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from core.domain.events import EVENT_VERSION, EventKind
from core.domain.identity import Link, LinkState, Proof
from core.domain.ids import ContactId, ConversationId
from core.errors import SellerError
from core.storage.leases import fence
from core.storage.people import conversations_of, lock_people, members, regroup
from core.storage.tables import ContactLinkRow, ContactRow, EventRow, table

_contacts = table(ContactRow)
_events = table(EventRow)
_links = table(ContactLinkRow)

BOT = "bot"
"""Who linked when a proof alone did."""


class LinkRefused(SellerError):
    """A link that cannot be made or ended."""


def link(  # noqa: PLR0913 - who, with whom, why, by whom, when
    conn: sa.Connection, one: int, other: int, *, proof: Proof, by: str, now: datetime, inside: int | None = None
) -> bool:
    """False when a link that is as good joins them already. Running turns of either side begin anew with what is known
    now; `inside` is the conversation whose own turn this is. Raises LookupError and LinkRefused."""
    lock_people(conn)
    if one == other:
        raise LinkRefused("a contact cannot be linked with itself", hint="choose another contact")
    _require(conn, (one, other))
    if other in members(conn, one, proven=proof is not Proof.DESK):
        return False
    pair = _pair(one, other)
    _end(conn, _open(pair), LinkState.REPLACED, by, now)
    new = {"one": pair[0], "other": pair[1], "state": LinkState.LINKED.value, "proof": proof.value, "by": by, "at": now}
    link_id = conn.execute(sa.insert(_links).values(**new).returning(_links.c.id)).scalar_one()
    regroup(conn, pair)
    _begin_anew(conn, members(conn, one), but=inside)
    data = {"link_id": link_id, "one": pair[0], "other": pair[1], "proof": proof.value, "by": by}
    _record(conn, pair, EventKind.IDENTITY_LINKED, data, now)
    return True


def split(conn: sa.Connection, contact_id: int, *, by: str, now: datetime) -> tuple[ContactId, ...]:
    """Part a contact from everybody it is linked with; gives those. Raises LookupError and LinkRefused."""
    lock_people(conn)
    _require(conn, (contact_id,))
    before = members(conn, contact_id)
    mine = sa.or_(_links.c.one == contact_id, _links.c.other == contact_id)
    living = sa.and_(mine, _links.c.state == LinkState.LINKED.value)
    ended = [(row.id, row.one, row.other) for row in conn.execute(sa.select(_links).where(living))]
    if not ended:
        raise LinkRefused("this contact is linked with nobody", hint="look at the page again")
    _end(conn, living, LinkState.SPLIT, by, now)
    regroup(conn, before)
    _begin_anew(conn, before)
    for link_id, one, other in ended:
        data = {"link_id": link_id, "one": one, "other": other, "by": by}
        _record(conn, (one, other), EventKind.IDENTITY_SPLIT, data, now)
    return tuple(member for member in before if member != contact_id)


def reject(conn: sa.Connection, one: int, other: int, *, by: str, now: datetime) -> bool:
    """Somebody says that they are two people: it is not suggested again. False when it was said before."""
    lock_people(conn)
    _require(conn, (one, other))
    if one == other or other in members(conn, one):
        raise LinkRefused("they are linked: split them instead", hint="look at the page again")
    pair = _pair(one, other)
    if conn.execute(sa.select(_links.c.id).where(_same(pair), _is(LinkState.REJECTED))).first():
        return False
    said = {"one": pair[0], "other": pair[1], "state": LinkState.REJECTED.value, "proof": Proof.DESK.value}
    conn.execute(sa.insert(_links).values(**said, by=by, at=now))
    return True


def was_parted(conn: sa.Connection, one: Collection[int], other: Collection[int]) -> bool:
    """Whether a person of the firm ever said that somebody of these is not somebody of those."""
    across = sa.or_(
        sa.and_(_links.c.one.in_(one), _links.c.other.in_(other)),
        sa.and_(_links.c.one.in_(other), _links.c.other.in_(one)),
    )
    said = _links.c.state.in_((LinkState.REJECTED.value, LinkState.SPLIT.value))
    return conn.execute(sa.select(_links.c.id).where(across, said).limit(1)).first() is not None


def list_links(conn: sa.Connection, contact_ids: Collection[int]) -> list[Link]:
    """Every link that these contacts have or had, the latest first."""
    theirs = sa.or_(_links.c.one.in_(contact_ids), _links.c.other.in_(contact_ids))
    rows = conn.execute(sa.select(_links).where(theirs).order_by(_links.c.id.desc()))
    return [
        Link(
            row.id, ContactId(row.one), ContactId(row.other), LinkState(row.state), Proof(row.proof), row.by, row.at,
            row.ended_by, row.ended_at,
        )
        for row in rows
    ]  # fmt: skip


def forget_links(conn: sa.Connection, contact_ids: Sequence[int]) -> None:
    """That two doors are one person's is told about that person, too: it goes with the rest."""
    others = {member for one in contact_ids for member in members(conn, one)}
    conn.execute(sa.delete(_links).where(sa.or_(_links.c.one.in_(contact_ids), _links.c.other.in_(contact_ids))))
    regroup(conn, others | set(contact_ids))


def _pair(one: int, other: int) -> tuple[int, int]:
    return min(one, other), max(one, other)


def _same(pair: tuple[int, int]) -> sa.ColumnElement[bool]:
    return sa.and_(_links.c.one == pair[0], _links.c.other == pair[1])


def _is(state: LinkState) -> sa.ColumnElement[bool]:
    return _links.c.state == state.value


def _open(pair: tuple[int, int]) -> sa.ColumnElement[bool]:
    """What stands between the two until now: a weaker link, or somebody's word that they are two."""
    return sa.and_(_same(pair), sa.or_(_is(LinkState.LINKED), _is(LinkState.REJECTED)))


def _end(conn: sa.Connection, which: sa.ColumnElement[bool], state: LinkState, by: str, now: datetime) -> None:
    conn.execute(sa.update(_links).where(which).values(state=state.value, ended_by=by, ended_at=now))


def _require(conn: sa.Connection, contact_ids: Collection[int]) -> None:
    found = set(conn.scalars(sa.select(_contacts.c.id).where(_contacts.c.id.in_(contact_ids))))
    for contact_id in contact_ids:
        if contact_id not in found:
            raise LookupError(f"no contact {contact_id}")


def _begin_anew(conn: sa.Connection, contact_ids: Collection[int], but: int | None = None) -> None:
    for conversation_id in conversations_of(conn, contact_ids):
        if conversation_id != but:
            fence(conn, conversation_id)


def _record(conn: sa.Connection, pair: Collection[int], kind: EventKind, data: dict[str, Any], now: datetime) -> None:
    """Once for each side, in its own conversation."""
    for contact_id in pair:
        talks = conversations_of(conn, (contact_id,))
        conversation_id: ConversationId | None = talks[-1] if talks else None
        event = {"kind": kind.value, "version": EVENT_VERSION, "contact_id": contact_id, "data": data, "at": now}
        conn.execute(sa.insert(_events).values(**event, conversation_id=conversation_id))
