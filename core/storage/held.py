"""A conversation between people and the bot: who is waited for, what the bot takes up again, who is given a lead."""

from dataclasses import replace
from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa

from core.domain.conversation import Conversation, Holder
from core.domain.events import Event, EventKind
from core.domain.hand_over import Assign
from core.domain.ids import ConversationId
from core.storage.conversations import save_memory, set_holder
from core.storage.leases import fence
from core.storage.marks import Mark, add_mark
from core.storage.tables import ConversationRow, InboxRow, LeadRow, MessageRow, UserRow, table
from core.storage.turns import record_events

_conversations = table(ConversationRow)
_inbox = table(InboxRow)
_leads = table(LeadRow)
_messages = table(MessageRow)
_users = table(UserRow)

OPERATOR: Final = "operator"
"""The role of users to whom leads are given."""


def _last_of_ours(conversation_id: ConversationId) -> Any:
    ours = sa.and_(
        _messages.c.conversation_id == conversation_id,
        _messages.c.role.in_(("bot", "operator")),
        _messages.c.state.not_in(("cancelled", "refused")),
    )
    return sa.select(sa.func.coalesce(sa.func.max(_messages.c.id), 0)).where(ours).scalar_subquery()


def _unanswered(conversation_id: ConversationId) -> sa.ColumnElement[bool]:
    return sa.and_(
        _messages.c.conversation_id == conversation_id,
        _messages.c.role == "customer",
        _messages.c.id > _last_of_ours(conversation_id),
    )


def unanswered_since(conn: sa.Connection, conversation_id: ConversationId) -> datetime | None:
    """When the customer wrote first after our last word; None when nothing is unanswered."""
    wanted = sa.select(_messages.c.at).where(_unanswered(conversation_id)).order_by(_messages.c.id).limit(1)
    found: datetime | None = conn.execute(wanted).scalar()
    return found


def reopen_unanswered(conn: sa.Connection, conversation_id: ConversationId) -> int:
    """What the customer wrote after our last word is to be answered once more; what a person answered is not."""
    ids = sa.select(_messages.c.id).where(_unanswered(conversation_id))
    theirs = sa.and_(_inbox.c.conversation_id == conversation_id, _inbox.c.message_id.in_(ids))
    found = conn.execute(sa.update(_inbox).where(theirs).values(state="unread", attempts=0)).rowcount
    if found:
        mine = _conversations.c.id == conversation_id
        conn.execute(sa.update(_conversations).where(mine).values(has_mail=True))
    return found


def give_to_bot(
    conn: sa.Connection, talk: Conversation, mark: Mark, now: datetime, *, by: str, reason: str | None = None
) -> None:
    """The bot goes on: it says first that it is one, and answers what nobody answered. What was on its way is void."""
    fence(conn, talk.id)
    set_holder(conn, talk.id, Holder.BOT, reason=reason, now=now)
    save_memory(conn, talk.id, replace(talk.memory, disclosed_at=None, stuck=0, last_move=None))
    reopen_unanswered(conn, talk.id)
    add_mark(conn, talk.id, mark, now, by=by)
    record_events(conn, talk, [Event(EventKind.HANDED_BACK, {"user": by})], now)


def assign_lead(conn: sa.Connection, conversation: Conversation, how: Assign, now: datetime) -> str | None:
    """Give a waiting lead to an operator who is there; gives the owner. A lead keeps an owner who still works here."""
    mine = _leads.c.contact_id == conversation.contact_id
    owner = conn.execute(sa.select(_leads.c.owner).where(mine)).scalar()
    works_here = sa.select(_users.c.id).where(_users.c.active, _users.c.name == owner)
    if owner and conn.execute(works_here).first():
        return str(owner)
    if how is Assign.NOBODY:
        return None
    chosen = conn.execute(_choose(how)).scalar()
    if chosen is None:
        return None
    conn.execute(sa.update(_leads).where(mine).values(owner=chosen))
    conn.execute(sa.update(_users).where(_users.c.name == chosen).values(assigned_at=now))
    return str(chosen)


def has_operators(conn: sa.Connection) -> bool:
    works_here = sa.and_(_users.c.role == OPERATOR, _users.c.active)
    return conn.execute(sa.select(_users.c.id).where(works_here).limit(1)).first() is not None


def adopt_lead(conn: sa.Connection, conversation: Conversation, user_name: str) -> None:
    """Who takes over a lead that nobody owns owns it."""
    nobodys = sa.and_(_leads.c.contact_id == conversation.contact_id, _leads.c.owner.is_(None))
    conn.execute(sa.update(_leads).where(nobodys).values(owner=user_name))


def _choose(how: Assign) -> sa.Select[Any]:
    """The operator with the fewest talks in hand, or whose turn it is; of equals the one who was given a lead longest
    ago."""
    held = (
        sa.select(sa.func.count())
        .select_from(_leads.join(_conversations, _conversations.c.id == _leads.c.conversation_id))
        .where(
            _leads.c.owner == _users.c.name,
            _conversations.c.holder.in_((Holder.WAITING.value, Holder.OPERATOR.value)),
        )
        .correlate(_users)
        .scalar_subquery()
    )
    order: list[Any] = [_users.c.assigned_at.asc().nulls_first(), _users.c.id]
    if how is Assign.LEAST_LOADED:
        order.insert(0, held)
    there = sa.and_(_users.c.role == OPERATOR, _users.c.active, ~_users.c.away)
    return sa.select(_users.c.name).where(there).order_by(*order).limit(1)
