"""Public comments: each is stored once, in the talk with its author, and is followed there."""

from dataclasses import replace
from datetime import datetime

import sqlalchemy as sa

from core.domain.ids import ConversationId
from core.domain.messages import COMMENT_EVENT, InboundMessage
from core.storage.database import per_dialect
from core.storage.inbox import Arrival, store_arrival
from core.storage.standing import note_comment
from core.storage.tables import ChannelIdentityRow, ConversationRow, InboxRow, table

_conversations = table(ConversationRow)
_identities = table(ChannelIdentityRow)
_inbox = table(InboxRow)
_insert_identity = per_dialect(lambda insert: insert(_identities).on_conflict_do_nothing())


def store_comment(conn: sa.Connection, message: InboundMessage, channel: str, now: datetime) -> Arrival:
    """Whatever the platform calls its author in the talk with us."""
    known = _find_arrival(conn, message.account, message.event_id)
    if known is not None:
        return Arrival(known, None, is_new=False, has_mail=False)
    arrival = store_arrival(conn, _moved(conn, message), channel, now)
    if arrival.is_new and message.external_id:
        note_comment(conn, arrival.conversation_id, message.external_id, min(message.at, now))
    return arrival


def follow_comment(conn: sa.Connection, message: InboundMessage) -> InboundMessage:
    """A change of a comment, at the place where the comment is."""
    found = _find_arrival(conn, message.account, f"{COMMENT_EVENT}{message.external_id}")
    if found is None:
        return message
    chat = conn.execute(sa.select(_conversations.c.chat).where(_conversations.c.id == found)).scalar_one()
    return replace(message, chat=str(chat))


def know_as(conn: sa.Connection, conversation_id: ConversationId, chat: str) -> None:
    """The platform told under which id the person of a conversation writes: what they write next joins it. A talk that
    is there already stays where it is."""
    row = conn.execute(sa.select(_conversations).where(_conversations.c.id == conversation_id)).one()
    there = sa.and_(_conversations.c.account_id == row.account_id, _conversations.c.chat == chat)
    if conn.execute(sa.select(_conversations.c.id).where(there)).first() is not None:
        return
    conn.execute(sa.update(_conversations).where(_conversations.c.id == conversation_id).values(chat=chat))
    person = {"contact_id": row.contact_id, "account_id": row.account_id, "external_id": chat, "reachable": True}
    conn.execute(_insert_identity[conn.dialect.name], person)


def _find_arrival(conn: sa.Connection, account: str, event_id: str) -> ConversationId | None:
    same = sa.and_(_inbox.c.account_id == account, _inbox.c.event_id == event_id)
    found = conn.execute(sa.select(_inbox.c.conversation_id).where(same)).scalar()
    return None if found is None else ConversationId(found)


def _moved(conn: sa.Connection, message: InboundMessage) -> InboundMessage:
    """To where its author's talk is now."""
    whose = sa.select(_identities.c.contact_id).where(
        _identities.c.account_id == message.account, _identities.c.external_id == message.sender
    )
    place = (
        sa.select(_conversations.c.chat)
        .where(_conversations.c.account_id == message.account, _conversations.c.contact_id == whose.scalar_subquery())
        .order_by(_conversations.c.chat != message.chat, _conversations.c.id.desc())
        .limit(1)
    )
    chat = conn.execute(place).scalar()
    return message if chat is None else replace(message, chat=str(chat))
