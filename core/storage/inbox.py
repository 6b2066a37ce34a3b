"""The way in: an arrival becomes a message, an inbox row and "has mail", in one transaction, once."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa

from core.domain.attribution import Attribution, SourceKind
from core.domain.conversation import ANOTHER_APP, Holder
from core.domain.ids import ContactId, ConversationId, InboxId, MessageId
from core.domain.invitation_code import without_code
from core.domain.likeness import key_of
from core.domain.messages import Attachment, AttachmentKind, InboundKind, InboundMessage
from core.domain.vocabulary import LANGUAGES
from core.storage.database import per_dialect
from core.storage.prepared import Prepared
from core.storage.standing import note_ad_entry, note_opener
from core.storage.tables import (
    ChannelIdentityRow,
    ContactRow,
    ConversationRow,
    InboxRow,
    LeadRow,
    MessageRow,
    table,
)

_inbox = table(InboxRow)
_messages = table(MessageRow)
_conversations = table(ConversationRow)
_identities = table(ChannelIdentityRow)
_contacts = table(ContactRow)
_leads = table(LeadRow)

# Kinds that nobody answers: they change what we know and are done at once.
SILENT = frozenset(
    {
        InboundKind.EDIT,
        InboundKind.UNSENT,
        InboundKind.BLOCKED,
        InboundKind.UNBLOCKED,
        InboundKind.MIGRATED,
        InboundKind.RECEIPT,
        InboundKind.ECHO,
        InboundKind.REACTION,
        InboundKind.READ,
        InboundKind.OVERHEARD,
        InboundKind.TAKEN_ELSEWHERE,
        InboundKind.GIVEN_BACK,
        InboundKind.KEPT,
    }
)


NO_CONVERSATION: Final = ConversationId(0)


@dataclass(frozen=True, slots=True)
class Arrival:
    conversation_id: ConversationId
    """NO_CONVERSATION for news of a chat that never wrote to us."""
    message_id: MessageId | None
    is_new: bool
    has_mail: bool


@dataclass(frozen=True, slots=True)
class Known:
    """The two ids that every arrival of a known conversation needs."""

    conversation_id: ConversationId
    contact_id: ContactId


_is_elsewhere = _conversations.c.holder_reason == ANOTHER_APP
TAKEN_UP: Final[Mapping[str, Any]] = {
    "has_mail": True,
    "holder": sa.case((_is_elsewhere, Holder.BOT.value), else_=_conversations.c.holder),
    "holder_reason": sa.case((_is_elsewhere, sa.null()), else_=_conversations.c.holder_reason),
    "held_elsewhere": False,
}
"""Of a conversation that somebody writes to: what comes to us shows that no other application holds it any more."""

_flag_mail = Prepared(
    sa.update(_conversations)
    .where(_conversations.c.account_id == sa.bindparam("a"), _conversations.c.chat == sa.bindparam("c"))
    .values(**TAKEN_UP)
    .returning(_conversations.c.id)
)
_lock = Prepared(
    sa.select(_conversations.c.id)
    .where(_conversations.c.account_id == sa.bindparam("a"), _conversations.c.chat == sa.bindparam("c"))
    .with_for_update()
)
_insert_arrival = Prepared(per_dialect(lambda insert: insert(_inbox).on_conflict_do_nothing().returning(_inbox.c.id)))
_insert_conversation = Prepared(
    per_dialect(lambda insert: insert(_conversations).on_conflict_do_nothing().returning(_conversations.c.id))
)
_insert_lead = Prepared(per_dialect(lambda insert: insert(_leads).on_conflict_do_nothing()))
_insert_contact = Prepared(sa.insert(_contacts).returning(_contacts.c.id))
_insert_identity = Prepared(
    per_dialect(lambda insert: insert(_identities).on_conflict_do_nothing().returning(_identities.c.id))
)
_find_contact = Prepared(
    sa.select(_identities.c.contact_id).where(
        _identities.c.account_id == sa.bindparam("a"), _identities.c.external_id == sa.bindparam("s")
    )
)
_insert_message = Prepared(sa.insert(_messages).returning(_messages.c.id))
_delete_message = sa.delete(_messages).where(_messages.c.id == sa.bindparam("m"))


def store_arrival(conn: sa.Connection, message: InboundMessage, channel: str, now: datetime) -> Arrival:
    """Store one inbound message unless its event is known. The conversation's row is locked first, so that the
    inbox ids of one conversation are committed in order."""
    silent = message.kind in SILENT
    found = (_lock if silent else _flag_mail).find(conn, {"a": message.account, "c": message.chat})
    if silent and found is None:
        return Arrival(NO_CONVERSATION, None, is_new=False, has_mail=False)
    conversation_id = ConversationId(found if found is not None else _create_conversation(conn, message, channel, now))
    if silent:
        is_new = insert_arrival(conn, message, conversation_id, now)
        if is_new:
            _apply_silently(conn, message, conversation_id, now)
        return Arrival(conversation_id, None, is_new=is_new, has_mail=False)
    message_id = _insert_message.get(conn, message_values(message, conversation_id, now))
    values = inbox_values(message, conversation_id, message_id, now)
    if _insert_arrival.find(conn, values) is None:
        conn.execute(_delete_message, {"m": message_id})
        return Arrival(conversation_id, None, is_new=False, has_mail=False)
    if message.source and Attribution.read(message.source).kind is SourceKind.AD:
        note_ad_entry(conn, conversation_id, min(message.at, now))
    return Arrival(conversation_id, MessageId(message_id), is_new=True, has_mail=True)


def open_conversation(conn: sa.Connection, message: InboundMessage, channel: str, now: datetime) -> ConversationId:
    """The conversation at the message's place, locked; a new one when there is none."""
    found = _lock.find(conn, {"a": message.account, "c": message.chat})
    return ConversationId(found if found is not None else _create_conversation(conn, message, channel, now))


def insert_arrival(conn: sa.Connection, message: InboundMessage, conversation_id: int, now: datetime) -> bool:
    """An arrival without a message to answer; False when its event is known."""
    return _insert_arrival.find(conn, inbox_values(message, conversation_id, None, now)) is not None


def inbox_values(
    message: InboundMessage, conversation_id: int, message_id: int | None, now: datetime
) -> dict[str, Any]:
    """What nobody answers is done at once."""
    return {
        "account_id": message.account,
        "event_id": message.event_id,
        "conversation_id": conversation_id,
        "message_id": message_id,
        "kind": message.kind.value,
        "payload": _payload(message),
        "platform_at": message.at,
        "received_at": now,
        "state": "done" if message.kind in SILENT else "unread",
        "attempts": 0,
    }


def message_values(message: InboundMessage, conversation_id: int, now: datetime) -> dict[str, Any]:
    extra = {"attachments": [_plain(asdict(item)) for item in message.attachments]} if message.attachments else None
    return {
        "conversation_id": conversation_id,
        "direction": "in",
        "role": "system" if message.kind is InboundKind.FOLLOW_UP else "customer",
        "text": message.text,
        "extra": extra,
        "external_id": message.external_id,
        "state": "received",
        "at": now,
    }


def _payload(message: InboundMessage) -> dict[str, Any] | None:
    """What a turn needs beyond the message's text; nothing for plain text."""
    found = {"payload": message.payload, "source": message.source, "group": message.group, "raw": message.raw}
    return _plain(found) or None


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value not in (None, False, ())}


def _create_conversation(conn: sa.Connection, message: InboundMessage, channel: str, now: datetime) -> int:
    contact_id = _find_or_create_contact(conn, message, now)
    created = _insert_conversation.find(
        conn,
        {
            "kind": "chat",
            "account_id": message.account,
            "channel": channel,
            "chat": message.chat,
            "contact_id": contact_id,
            "holder": "bot",
            "stage": "opening",
            "language": _spoken(message.profile.language),
            "role": "",
            "audience": "buyers",
            "has_mail": message.kind not in SILENT,
            "lease_epoch": 0,
            "held_elsewhere": False,
            "reachable": True,
            "created_at": now,
        },
    )
    if created is None:  # another process was first
        created = _lock.get(conn, {"a": message.account, "c": message.chat})
    conversation_id = created
    _insert_lead.run(
        conn,
        {
            "contact_id": contact_id,
            "conversation_id": conversation_id,
            "stage": "opening",
            "score": 0,
            "source": without_code(message.source),
            "created_at": now,
            "updated_at": now,
        },
    )
    return conversation_id


def _spoken(language: str | None) -> str | None:
    """The platform's guess (`uk-UA`), when it is one of ours: the first text decides anew."""
    code = (language or "").lower()[:2]
    return code if code in LANGUAGES else None


def _find_or_create_contact(conn: sa.Connection, message: InboundMessage, now: datetime) -> int:
    person = {"a": message.account, "s": message.sender}
    found = _find_contact.find(conn, person)
    if found is not None:
        return found
    contact_id = _insert_contact.get(conn, {"created_at": now, "opted_out": False})
    taken = _insert_identity.find(
        conn,
        {
            "contact_id": contact_id,
            "account_id": message.account,
            "external_id": message.sender,
            "name": message.profile.name,
            "username": message.profile.username,
            "name_key": key_of("name", message.profile.name),
            "reachable": True,
        },
    )
    if taken is None:  # another process created the same person between our two statements
        conn.execute(sa.delete(_contacts).where(_contacts.c.id == contact_id))
        return _find_contact.get(conn, person)
    return contact_id


def _apply_silently(conn: sa.Connection, message: InboundMessage, conversation_id: int, now: datetime) -> None:
    mine = _conversations.c.id == conversation_id
    if message.kind is InboundKind.REACTION and message.payload:
        note_opener(conn, ConversationId(conversation_id), min(message.at, now))
    match message.kind:
        case InboundKind.BLOCKED | InboundKind.UNBLOCKED:
            reachable = message.kind is InboundKind.UNBLOCKED
            conn.execute(sa.update(_conversations).where(mine).values(reachable=reachable))
        case InboundKind.MIGRATED:
            taken = sa.select(_conversations.c.id).where(
                _conversations.c.account_id == message.account, _conversations.c.chat == message.payload
            )
            if message.payload and conn.execute(taken).first() is None:
                conn.execute(sa.update(_conversations).where(mine).values(chat=message.payload))


def read_attachments(extra: Mapping[str, Any] | None) -> tuple[Attachment, ...]:
    stored = (extra or {}).get("attachments") or ()
    return tuple(Attachment(**{**item, "kind": AttachmentKind(item["kind"])}) for item in stored)


def count_attempt(conn: sa.Connection, inbox_ids: tuple[InboxId, ...]) -> None:
    """Remember that a turn over these rows failed."""
    conn.execute(sa.update(_inbox).where(_inbox.c.id.in_(inbox_ids)).values(attempts=_inbox.c.attempts + 1))
