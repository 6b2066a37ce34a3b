"""The lead table as people read it: filtered, sorted by any column, page by page, with a witness behind every cell."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa

from core.domain.conversation import Holder
from core.domain.reply_window import Standing
from core.domain.score import score_lead
from core.domain.vocabulary import FACT_NAMES
from core.storage import person_leads
from core.storage.lead_search import build_condition, teach_letters
from core.storage.partial import LIVING_PROMISE
from core.storage.promises import PromiseEntry, list_living
from core.storage.standing import STANDING, read_standing
from core.storage.tables import (
    ChannelIdentityRow,
    ContactRow,
    ConversationRow,
    FactRow,
    MessageRow,
    PromiseRow,
    table,
)
from core.storage.witnessed import WitnessedFact, load_witnessed

_leads = person_leads.leads
_people = person_leads.people
_current = person_leads.current
_conversations = table(ConversationRow)
_identities = table(ChannelIdentityRow)
_messages = table(MessageRow)
_talks = table(ConversationRow).alias("talks")
_facts = table(FactRow)
_promises = table(PromiseRow)
_contacts = table(ContactRow)

COLUMNS: Final = (
    "contact", "channel", "stage", "score", *FACT_NAMES, "source", "owner", "outcome", "holder", "language",
    "last_message", "reach", "waits", "promise",
)  # fmt: skip
PAGE: Final = 50


@dataclass(frozen=True, slots=True)
class LeadFilter:
    """Empty means any. `text` is looked for in names and facts, `outcome` "none" means still open."""

    text: str = ""
    stage: str = ""
    role: str = ""
    holder: str = ""
    outcome: str = ""
    language: str = ""
    channel: str = ""
    owner: str = ""
    promise: str = ""
    """`open`: something is still to be kept; `overdue`: and it is late."""


@dataclass(frozen=True, slots=True)
class LeadOrder:
    """Leads without a value come last, whichever way the others run."""

    column: str = "last_message"
    descending: bool = True


@dataclass(frozen=True, slots=True)
class LeadEntry:
    id: int
    contact_id: int
    conversation_id: int
    contact: str | None
    username: str | None
    channel: str
    chat: str
    stage: str
    score: int
    reasons: tuple[str, ...]
    facts: Mapping[str, WitnessedFact]
    source: str | None
    owner: str | None
    outcome: str | None
    outcome_by: str | None
    outcome_at: datetime | None
    holder: str
    holder_reason: str | None
    operator: str | None
    language: str | None
    last_message_at: datetime | None
    account: str
    standing: Standing
    holder_since: datetime | None = None
    promises: Sequence[PromiseEntry] = ()
    """Still to be kept, the most urgent first."""


@dataclass(frozen=True, slots=True)
class LeadPage:
    entries: Sequence[LeadEntry]
    total: int


def _identity(column: str) -> sa.ScalarSelect[Any]:
    """Of the identity in the account where the person wrote last; of several the first."""
    return (
        sa.select(_identities.c[column])
        .where(
            _identities.c.contact_id == _conversations.c.contact_id,
            _identities.c.account_id == _conversations.c.account_id,
        )
        .order_by(_identities.c.id)
        .limit(1)
        .correlate(_conversations)
        .scalar_subquery()
    )


_contact_name = _identity("name")
_username = _identity("username")
_last_message_at = (
    sa.select(_messages.c.at)
    .where(_messages.c.conversation_id == _conversations.c.id)
    .order_by(_messages.c.id.desc())
    .limit(1)
    .correlate(_conversations)
    .scalar_subquery()
)
_next_due = (
    sa.select(sa.func.min(_promises.c.due_at))
    .where(_promises.c.conversation_id == _conversations.c.id, LIVING_PROMISE)
    .correlate(_conversations)
    .scalar_subquery()
)
_select = sa.select(
    _leads.c.id,
    _leads.c.contact_id,
    _people.c.person_id,
    _current.c.conversation_id,
    _current.c.stage,
    _current.c.score,
    _current.c.score_reasons,
    person_leads.source.label("source"),
    person_leads.owner.label("owner"),
    person_leads.outcome.label("outcome"),
    person_leads.outcome_by.label("outcome_by"),
    person_leads.outcome_at.label("outcome_at"),
    _contact_name.label("contact"),
    _username.label("username"),
    _conversations.c.channel,
    _conversations.c.chat,
    _conversations.c.holder,
    _conversations.c.holder_reason,
    _conversations.c.operator,
    _conversations.c.holder_since,
    _conversations.c.language,
    _last_message_at.label("last_message_at"),
    _conversations.c.account_id,
    *STANDING,
).select_from(person_leads.JOINED.join(_contacts, _contacts.c.id == _conversations.c.contact_id))
_plain_columns: Final[Mapping[str, Any]] = {
    "contact": _contact_name,
    "channel": _conversations.c.channel,
    "stage": _current.c.stage,
    "score": _current.c.score,
    "source": person_leads.source,
    "owner": person_leads.owner,
    "outcome": person_leads.outcome,
    "holder": _conversations.c.holder,
    "language": _conversations.c.language,
    "last_message": _last_message_at,
    "reach": _conversations.c.opened_at,
    "waits": _conversations.c.holder_since,
    "promise": _next_due,
}


def list_leads(conn: sa.Connection, wanted: LeadFilter, order: LeadOrder, page: int) -> LeadPage:
    """One page, counted from 1, and how many leads there are on all of them."""
    teach_letters(conn)
    condition = build_condition(conn.dialect.name, wanted)
    total = conn.execute(sa.select(sa.func.count()).select_from(person_leads.JOINED).where(condition)).scalar_one()
    query = _select.where(condition).order_by(*_order(order)).limit(PAGE).offset((page - 1) * PAGE)
    return LeadPage(_entries(conn, query), total)


def list_lead_ids(conn: sa.Connection, wanted: LeadFilter, order: LeadOrder) -> list[int]:
    """Every lead of the filter in the table's order: an export reads them in parts."""
    teach_letters(conn)
    condition = build_condition(conn.dialect.name, wanted)
    return list(
        conn.scalars(sa.select(_leads.c.id).select_from(person_leads.JOINED).where(condition).order_by(*_order(order)))
    )


def list_leads_after(
    conn: sa.Connection, after: int, limit: int, *, channel: str | None = None, chat: str | None = None
) -> list[LeadEntry]:
    """By id, so that a reader who comes back with the last id misses none."""
    conditions = [_leads.c.id > after, person_leads.IS_HEAD]
    places = [(_talks.c.channel, channel), (_talks.c.chat, chat)]
    wanted = [column == value for column, value in places if value is not None]
    if wanted:
        conditions.append(person_leads.heads_of(sa.select(_talks.c.contact_id).where(*wanted)))
    return _entries(conn, _select.where(*conditions).order_by(_leads.c.id).limit(limit))


def load_leads(conn: sa.Connection, ids: Sequence[int]) -> list[LeadEntry]:
    """In the order of `ids`; a lead that is gone is left out."""
    found = {entry.id: entry for entry in _entries(conn, _select.where(_leads.c.id.in_(ids)))}
    return [found[lead_id] for lead_id in ids if lead_id in found]


def get_lead(conn: sa.Connection, lead_id: int) -> LeadEntry:
    """Of a linked person the one row, whichever side's number is given. Raises LookupError when there is none."""
    found = load_leads(conn, [person_leads.head_lead(conn, lead_id)])
    if not found:
        raise LookupError(f"no lead {lead_id}")
    return found[0]


def set_owner(conn: sa.Connection, lead_id: int, owner: str | None, now: datetime) -> None:
    """Raises LookupError when there is no such lead."""
    given = sa.update(_leads).where(_leads.c.id == lead_id).values(owner=owner, owner_at=now)
    if not conn.execute(given).rowcount:
        raise LookupError(f"no lead {lead_id}")


def count_holders(conn: sa.Connection) -> dict[str, int]:
    """How many leads' conversations each kind of holder has."""
    rows = conn.execute(
        sa.select(_conversations.c.holder, sa.func.count())
        .select_from(person_leads.JOINED)
        .where(person_leads.IS_HEAD)
        .group_by(_conversations.c.holder)
    )
    return {row[0]: row[1] for row in rows}


def waiting_since(conn: sa.Connection) -> datetime | None:
    """Since when the customer waits who waits longest for a person."""
    longest = sa.select(sa.func.min(_conversations.c.holder_since, type_=_conversations.c.holder_since.type))
    found: datetime | None = conn.execute(longest.where(_conversations.c.holder == Holder.WAITING.value)).scalar()
    return found


def list_choices(conn: sa.Connection) -> dict[str, list[str]]:
    """The values that the filters can offer: channels and owners as they occur."""
    channels = conn.scalars(sa.select(_conversations.c.channel).distinct().order_by(_conversations.c.channel))
    owners = sa.select(_leads.c.owner).where(_leads.c.owner.is_not(None)).distinct().order_by(_leads.c.owner)
    return {"channel": list(channels), "owner": [owner for owner in conn.scalars(owners) if owner]}


def said_name(facts: Mapping[str, WitnessedFact]) -> str | None:
    """What the person calls themselves, where the platform tells no name."""
    return str(facts["name"].value) if "name" in facts else None


def _entries(conn: sa.Connection, query: sa.Select[Any]) -> list[LeadEntry]:
    rows = conn.execute(query).all()
    facts = load_witnessed(conn, [row.contact_id for row in rows])
    promises = list_living(conn, [row.conversation_id for row in rows])
    return [
        LeadEntry(
            id=row.id,
            contact_id=row.contact_id,
            conversation_id=row.conversation_id,
            contact=row.contact or said_name(facts.get(row.contact_id, {})),
            username=row.username,
            channel=row.channel,
            chat=row.chat,
            stage=row.stage,
            score=score,
            reasons=reasons,
            facts=facts.get(row.contact_id, {}),
            source=row.source,
            owner=row.owner,
            outcome=row.outcome,
            outcome_by=row.outcome_by,
            outcome_at=row.outcome_at,
            holder=row.holder,
            holder_reason=row.holder_reason,
            operator=row.operator,
            language=row.language,
            last_message_at=row.last_message_at,
            account=row.account_id,
            standing=read_standing(row),
            holder_since=row.holder_since,
            promises=promises.get(row.conversation_id, ()),
        )
        for row in rows
        for score, reasons in [_score(row, facts.get(row.contact_id, {}))]
    ]


def _score(row: Any, facts: Mapping[str, WitnessedFact]) -> tuple[int, tuple[str, ...]]:
    """As it was counted; of a linked person counted over all that is known of them."""
    return (row.score, tuple(row.score_reasons or ())) if row.person_id is None else score_lead(facts, row.stage)


def _order(order: LeadOrder) -> tuple[sa.ColumnElement[Any], ...]:
    column = _plain_columns.get(order.column)
    if column is None:
        column = _fact_column(order.column)
    directed = column.desc() if order.descending else column.asc()
    return (directed.nulls_last(), _leads.c.id.desc())


def _fact_column(name: str) -> sa.ColumnElement[Any]:
    """A fact's value as something that can be compared: numbers as numbers, a budget by its amount."""
    value: Any = _facts.c.value
    match name:
        case "quantity":
            value = sa.cast(sa.cast(value, sa.Text), sa.Float)
        case "budget":
            value = value["amount"].as_float()
        case "deadline":
            value = sa.func.coalesce(value["date"].as_string(), value["text"].as_string())
        case _:
            value = sa.cast(value, sa.Text)
    holds = sa.select(value).where(_facts.c.name == name, _facts.c.superseded_by.is_(None)).limit(1)
    alone = holds.where(_facts.c.contact_id == _leads.c.contact_id).correlate(_leads)
    sides = sa.select(_contacts.c.id).where(_contacts.c.person_id == _people.c.person_id).correlate(_people)
    newest = (_facts.c.written_by != "bot").desc(), _facts.c.at.desc(), _facts.c.id.desc()
    together = holds.where(_facts.c.contact_id.in_(sides)).order_by(*newest).correlate(_people)
    return sa.case((person_leads.IS_ALONE, alone.scalar_subquery()), else_=together.scalar_subquery())
