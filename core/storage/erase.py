"""Forgetting a person: everything they told goes, the shell of their conversations stays."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from core.domain.conversation import Conversation
from core.domain.ids import ContactId, MessageId
from core.storage.leases import fence
from core.storage.linking import forget_links
from core.storage.marks import Mark, add_mark
from core.storage.partial import UNREAD
from core.storage.people import conversations_of
from core.storage.tables import (
    ChannelIdentityRow,
    CommentRow,
    ContactRow,
    ConversationRow,
    FactRow,
    InboxRow,
    InvitationRow,
    JobRequestRow,
    KeptEventRow,
    LeadRow,
    MessageRow,
    OutboxRow,
    PromiseRow,
    TurnRow,
    table,
)

_comments = table(CommentRow)
_contacts = table(ContactRow)
_conversations = table(ConversationRow)
_facts = table(FactRow)
_identities = table(ChannelIdentityRow)
_inbox = table(InboxRow)
_invitations = table(InvitationRow)
_jobs = table(JobRequestRow)
_kept = table(KeptEventRow)
_leads = table(LeadRow)
_messages = table(MessageRow)
_outbox = table(OutboxRow)
_promises = table(PromiseRow)
_turns = table(TurnRow)


_NOBODY = dict.fromkeys(("name", "username", "name_key", "phone", "phone_at", "email", "email_at"))


def erase_person(conn: sa.Connection, conversation: Conversation, last: MessageId, now: datetime) -> None:
    """At every door where the person proved to be the same one: who asks to be forgotten means all of it. What is
    only believed to be theirs stays, since it may be somebody else's."""
    everybody = (conversation.contact_id, *conversation.linked)
    for contact_id in conversation.linked:
        for talk in conversations_of(conn, (contact_id,)):
            fence(conn, talk)
        erase_contact(conn, contact_id, _last_answered(conn, contact_id), now)
    erase_contact(conn, conversation.contact_id, last, now)
    conn.execute(sa.delete(_invitations).where(_invitations.c.contact_id.in_(everybody)))
    conn.execute(sa.update(_invitations).where(_invitations.c.used_by.in_(everybody)).values(used_by=None))
    forget_links(conn, everybody)


def _last_answered(conn: sa.Connection, contact_id: ContactId) -> MessageId:
    """What waits for an answer at another door was said after all that is to be forgotten."""
    talks = conversations_of(conn, (contact_id,))
    waiting = sa.select(sa.func.min(_inbox.c.message_id)).where(_inbox.c.conversation_id.in_(talks), UNREAD)
    first = conn.execute(waiting).scalar()
    if first is not None:
        return MessageId(first - 1)
    return MessageId(
        conn.execute(sa.select(sa.func.max(_messages.c.id)).where(_messages.c.conversation_id.in_(talks))).scalar() or 0
    )


def erase_contact(conn: sa.Connection, contact_id: ContactId, last: MessageId, now: datetime) -> None:
    """Texts, facts, names, attachments, traces and plans of a contact, up to their `last` message: what comes later is
    said anew. What is left are rows without words: ids against answering a redelivery twice, times and moves for
    counting. An edit that comes later finds no message any more."""
    talks = sa.select(_conversations.c.id).where(_conversations.c.contact_id == contact_id)
    mine = _facts.c.contact_id == contact_id
    conn.execute(sa.update(_facts).where(mine).values(superseded_by=None))
    conn.execute(sa.delete(_facts).where(mine))
    conn.execute(
        sa.update(_messages)
        .where(_messages.c.conversation_id.in_(talks), _messages.c.id <= last)
        .values(text="", extra=None, external_id=None, edited_at=None)
    )
    conn.execute(
        sa.update(_inbox).where(_inbox.c.conversation_id.in_(talks), _inbox.c.message_id <= last).values(payload=None)
    )
    _erase_beside(conn, talks, last)
    conn.execute(sa.delete(_promises).where(_promises.c.conversation_id.in_(talks), _promises.c.message_id <= last))
    conn.execute(sa.update(_turns).where(_turns.c.conversation_id.in_(talks)).values(trace=None))
    conn.execute(
        sa.update(_outbox)
        .where(_outbox.c.conversation_id.in_(talks), _outbox.c.state == "queued", _outbox.c.message_id <= last)
        .values(state="cancelled", reason="erased")
    )
    conn.execute(
        sa.update(_jobs)
        .where(_jobs.c.conversation_id.in_(talks), _jobs.c.state.in_(("asked", "relayed")))
        .values(state="taken_back", payload=None)
    )
    conn.execute(
        sa.update(_conversations)
        .where(_conversations.c.id.in_(talks))
        .values(memory=None, role="", comment_id=None, comment_at=None)
    )
    conn.execute(sa.update(_identities).where(_identities.c.contact_id == contact_id).values(_NOBODY))
    conn.execute(
        sa.update(_leads)
        .where(_leads.c.contact_id == contact_id)
        .values(stage="opening", score=0, score_reasons=None, source=None, updated_at=now)
    )
    conn.execute(sa.update(_contacts).where(_contacts.c.id == contact_id).values(erased_at=now, language=None))
    for talk in conversations_of(conn, (contact_id,)):
        add_mark(conn, talk, Mark.ERASED, now)


def _erase_beside(conn: sa.Connection, talks: sa.Select[Any], last: MessageId) -> None:
    """Comments before the last message, and events that were kept as they came."""
    conn.execute(sa.delete(_comments).where(_comments.c.conversation_id.in_(talks), _comments.c.message_id < last))
    theirs = sa.select(_conversations.c.chat).where(_conversations.c.id.in_(talks))
    conn.execute(sa.delete(_kept).where(_kept.c.chat.in_(theirs)))
