"""The lead of a whole person: one row for however many doors, made of what each side has for itself.

The row is that of the contact known longest, so that its number stays. Stage, holder and channel are those of the talk
in which the person wrote last; owner and outcome are what was decided last."""

from typing import Any, Final

import sqlalchemy as sa

from core.storage.tables import ContactRow, ConversationRow, LeadRow, table

leads: Final = table(LeadRow)
people: Final = table(ContactRow).alias("people")
current: Final = leads.alias("current_leads")
conversations: Final = table(ConversationRow)

IS_ALONE: Final = people.c.person_id.is_(None)
IS_HEAD: Final = sa.or_(IS_ALONE, people.c.person_id == people.c.id)

_side = leads.alias("side_leads")
_side_contacts = table(ContactRow).alias("side_contacts")
_side_talks = conversations.alias("side_talks")
_sides = _side.join(_side_contacts, _side_contacts.c.id == _side.c.contact_id)
_same_person = _side_contacts.c.person_id == people.c.person_id


def _of_sides(column: sa.ColumnElement[Any], *order: sa.ColumnElement[Any]) -> sa.ScalarSelect[Any]:
    chosen = sa.select(column).select_from(_sides).where(_same_person).order_by(*order).limit(1)
    return chosen.correlate(people).scalar_subquery()


_current_id = (
    sa.select(_side.c.id)
    .select_from(_sides.join(_side_talks, _side_talks.c.id == _side.c.conversation_id))
    .where(_same_person)
    .order_by(_side_talks.c.last_inbound_at.desc().nulls_last(), _side.c.id.desc())
    .limit(1)
    .correlate(people)
    .scalar_subquery()
)


def _decided(name: str, when: str) -> sa.ColumnElement[Any]:
    newest = (_side.c[when].desc().nulls_last(), _side.c[name].is_(None), _side.c.id)
    return sa.case((IS_ALONE, leads.c[name]), else_=_of_sides(_side.c[name], *newest))


owner: Final = _decided("owner", "owner_at")
outcome: Final = _decided("outcome", "outcome_at")
outcome_by: Final = _decided("outcome_by", "outcome_at")
outcome_at: Final = _decided("outcome_at", "outcome_at")
_first_source = _of_sides(_side.c.source, _side.c.source.is_(None), _side.c.id)
source: Final = sa.case((IS_ALONE, leads.c.source), else_=_first_source)

JOINED: Final = (
    leads.join(people, people.c.id == leads.c.contact_id)
    .join(current, current.c.id == sa.case((IS_ALONE, leads.c.id), else_=_current_id))
    .join(conversations, conversations.c.id == current.c.conversation_id)
)


def head_lead(conn: sa.Connection, lead_id: int) -> int:
    """The row under which the person stands; the same number when nobody is linked, or when there is no such lead."""
    head = leads.alias("head_leads")
    found = (
        sa.select(head.c.id)
        .select_from(
            leads.join(people, people.c.id == leads.c.contact_id).join(head, head.c.contact_id == people.c.person_id)
        )
        .where(leads.c.id == lead_id)
    )
    return conn.execute(found).scalar() or lead_id


def heads_of(contact_ids: sa.Select[Any]) -> sa.ColumnElement[bool]:
    """Leads of the people to whom these contacts belong."""
    whose = table(ContactRow).alias("whose")
    heads = sa.select(sa.func.coalesce(whose.c.person_id, whose.c.id)).where(whose.c.id.in_(contact_ids))
    return leads.c.contact_id.in_(heads)
