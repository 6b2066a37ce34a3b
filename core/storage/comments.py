"""Public comments: each is stored once, in the talk with its author, and is followed there."""

from dataclasses import replace
from datetime import datetime

import sqlalchemy as sa

from core.domain.identity import Proof
from core.domain.ids import ConversationId
from core.domain.messages import COMMENT_EVENT, InboundMessage
from core.storage.database import per_dialect
from core.storage.echoes import row_of
from core.storage.inbox import Arrival, store_arrival
from core.storage.linking import BOT, link, was_parted
from core.storage.people import members
from core.storage.standing import note_comment
from core.storage.tables import ChannelIdentityRow, ConversationRow, InboxRow, OutboxRow, table

_conversations = table(ConversationRow)
_identities = table(ChannelIdentityRow)
_inbox = table(InboxRow)
_outbox = table(OutboxRow)
_insert_identity = per_dialect(lambda insert: insert(_identities).on_conflict_do_nothing())


def store_comment(conn: sa.Connection, message: InboundMessage, channel: str, now: datetime) -> Arrival:
    """Whatever the platform calls its author in the talk with us."""
    known = _find_arrival(conn, message.account, message.event_id)
    if known is not None:
        return Arrival(known, None, is_new=False, has_mail=False)
    arrival = store_arrival(conn, _moved(conn, message), channel, now)
    if arrival.is_new and message.external_id:
        at = min(message.at, now)
        note_comment(conn, arrival.conversation_id, message.external_id, at, arrival.message_id)
    return arrival


def follow_comment(conn: sa.Connection, message: InboundMessage) -> InboundMessage:
    """A change of a comment, at the place where the comment is."""
    found = _find_arrival(conn, message.account, f"{COMMENT_EVENT}{message.external_id}")
    if found is None:
        return message
    chat = conn.execute(sa.select(_conversations.c.chat).where(_conversations.c.id == found)).scalar_one()
    return replace(message, chat=str(chat))


def know_as(conn: sa.Connection, conversation_id: ConversationId, chat: str, now: datetime) -> None:
    """The platform told under which id the person of a conversation writes: what they write next joins it. A talk that
    is there already stays where it is, and the two are one person by the platform's word."""
    row = conn.execute(sa.select(_conversations).where(_conversations.c.id == conversation_id)).one()
    there = sa.and_(_conversations.c.account_id == row.account_id, _conversations.c.chat == chat)
    other = conn.execute(sa.select(_conversations.c.contact_id).where(there)).scalar()
    if other is not None:
        if other != row.contact_id and not was_parted(conn, [row.contact_id], [other]):
            link(conn, row.contact_id, other, proof=Proof.PLATFORM, by=BOT, now=now, inside=conversation_id)
        return
    conn.execute(sa.update(_conversations).where(_conversations.c.id == conversation_id).values(chat=chat))
    person = {"contact_id": row.contact_id, "account_id": row.account_id, "external_id": chat, "reachable": True}
    conn.execute(_insert_identity[conn.dialect.name], person)


def follow_receipt(conn: sa.Connection, message: InboundMessage, now: datetime) -> InboundMessage:
    """Our private reply comes back under the id by which its reader writes: perhaps all that ever tells it."""
    sent = (
        sa.select(_conversations.c.id, _conversations.c.chat)
        .join(_outbox, _outbox.c.conversation_id == _conversations.c.id)
        .where(
            _outbox.c.id == row_of(message.payload),
            _outbox.c.account_id == message.account,
            _outbox.c.answers.is_not(None),
        )
    )
    row = conn.execute(sent).first()
    if row is None or row.chat == message.chat:
        return message
    know_as(conn, ConversationId(row.id), message.chat, now)
    chat = conn.execute(sa.select(_conversations.c.chat).where(_conversations.c.id == row.id)).scalar_one()
    return replace(message, chat=str(chat))


def _find_arrival(conn: sa.Connection, account: str, event_id: str) -> ConversationId | None:
    same = sa.and_(_inbox.c.account_id == account, _inbox.c.event_id == event_id)
    found = conn.execute(sa.select(_inbox.c.conversation_id).where(same)).scalar()
    return None if found is None else ConversationId(found)


def _moved(conn: sa.Connection, message: InboundMessage) -> InboundMessage:
    """To where its author talks with us, under whatever id."""
    same = sa.and_(_identities.c.account_id == message.account, _identities.c.external_id == message.sender)
    author = conn.execute(sa.select(_identities.c.contact_id).where(same)).scalar()
    if author is None:
        return message
    theirs = _conversations.c.contact_id.in_(members(conn, author, proven=True))
    place = (
        sa.select(_conversations.c.chat)
        .where(_conversations.c.account_id == message.account, theirs)
        .order_by(
            _conversations.c.opened_at.is_(None), _conversations.c.chat != message.chat, _conversations.c.id.desc()
        )
        .limit(1)
    )
    chat = conn.execute(place).scalar()
    return message if chat is None else replace(message, chat=str(chat))
