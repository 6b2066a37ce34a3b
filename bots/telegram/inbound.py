"""A Telegram update in, our messages out. Pure; an update that cannot be read becomes a reason, never an exception."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from bots.arrival import Parsed, clean_text
from bots.telegram.address import Address
from bots.telegram.attachments import list_attachments
from bots.telegram.clean import clean_tree
from bots.telegram.envelope import Envelope, Reader, parse_text, profile_of, told_at, whole
from bots.telegram.notices import parse_button, parse_membership, parse_migration
from bots.telegram.quick import parse_quickly
from core.domain.ids import AccountId
from core.domain.messages import Attachment, AttachmentKind, InboundKind, InboundMessage

if TYPE_CHECKING:
    from telegram import Message

# What this module reads; nothing else is asked of Telegram.
ALLOWED_UPDATES = (
    "message", "edited_message", "callback_query", "my_chat_member", "business_connection", "business_message",
    "edited_business_message", "deleted_business_messages",
)  # fmt: skip

# Notes that Telegram writes into a private chat by itself: nobody waits for an answer.
_SERVICE = frozenset({
    "boost_added", "chat_background_set", "chat_owner_changed", "chat_owner_left", "chat_shared",
    "checklist_tasks_added", "checklist_tasks_done", "connected_website", "delete_chat_photo",
    "forum_topic_closed", "forum_topic_created", "forum_topic_edited", "forum_topic_reopened",
    "general_forum_topic_hidden", "general_forum_topic_unhidden", "managed_bot_created",
    "message_auto_delete_timer_changed", "new_chat_photo", "new_chat_title", "pinned_message",
    "poll_option_added", "poll_option_deleted", "proximity_alert_triggered", "refunded_payment", "users_shared",
    "video_chat_ended", "video_chat_participants_invited", "video_chat_scheduled", "video_chat_started",
    "write_access_allowed",
})  # fmt: skip


def parse(update: Mapping[str, Any], account: AccountId, *, now: datetime, username: str | None = None) -> Parsed:
    """`now` stamps what Telegram itself does not date; `username` is the bot's own, to tell whose a command is."""
    reader = Reader(account, now, username)
    try:
        return parse_quickly(update, reader) or _parse_fully(update, reader)
    except Exception as error:
        # Type only: the text of an error may quote what the person wrote.
        return Parsed(refused=f"{type(error).__name__} while reading {kind_of(update)}")


def kind_of(update: Any) -> str:
    """The name of what an update carries, for logs."""
    if not isinstance(update, Mapping):
        return type(update).__name__
    return next((clean_text(str(name), 64) for name in update if name != "update_id"), "nothing")


def _parse_fully(data: Mapping[str, Any], reader: Reader) -> Parsed:
    from telegram import Update

    if not isinstance(data, Mapping) or type(data.get("update_id")) is not int:
        return Parsed(refused="no update_id")
    update = Update.de_json(dict(data), None)
    event_id = str(update.update_id)
    if update.message:
        return _parse_message(update.message, data["message"], event_id, reader)
    if update.business_message:
        return _parse_message(update.business_message, data["business_message"], event_id, reader)
    edited = update.edited_message or update.edited_business_message
    if edited:
        return _parse_edit(edited, event_id, reader)
    if update.callback_query:
        return parse_button(update.callback_query, event_id, reader)
    if update.my_chat_member:
        return parse_membership(update.my_chat_member, event_id, reader)
    return Parsed(ignored=kind_of(data))


def _parse_message(message: "Message", data: Mapping[str, Any], event_id: str, reader: Reader) -> Parsed:
    if message.migrate_to_chat_id or message.migrate_from_chat_id:
        return parse_migration(message, event_id, reader)
    envelope = _envelope(message, event_id, reader)
    if envelope is None:
        return Parsed(ignored=f"not from a customer ({message.chat.type})")
    if message.text:
        return parse_text(envelope, message.text)
    attachments = list_attachments(message)
    if attachments:
        return Parsed((_with_media(envelope.message(InboundKind.MEDIA, message.caption or ""), message, attachments),))
    if any(data.get(name) is not None for name in _SERVICE):
        return Parsed(ignored="service message")
    unsupported = envelope.message(InboundKind.UNSUPPORTED, message.caption or "")
    attachment = Attachment(AttachmentKind.UNSUPPORTED)
    return Parsed((replace(unsupported, attachments=(attachment,), raw=clean_tree(dict(data))),))


def _parse_edit(message: "Message", event_id: str, reader: Reader) -> Parsed:
    envelope = _envelope(message, event_id, reader)
    if envelope is None:
        return Parsed(ignored=f"edit not from a customer ({message.chat.type})")
    if message.location:
        # A live location moves by edits, many times a minute.
        return Parsed(ignored="moved location")
    edit = envelope.message(InboundKind.EDIT, message.text or message.caption or "")
    return Parsed((_with_media(edit, message, list_attachments(message)),))


def _envelope(message: "Message", event_id: str, reader: Reader) -> Envelope | None:
    """None when no customer wrote it: groups, channels, bots, and the owner of a business account."""
    user = message.from_user
    if message.chat.type != "private" or user is None or user.is_bot or message.sender_business_bot:
        return None
    if whole(user.id) != whole(message.chat.id):
        return None
    return Envelope(
        reader=reader,
        event_id=event_id,
        chat=Address(message.chat.id, message.business_connection_id),
        sender=user.id,
        at=told_at(message.edit_date or message.date, whole(message.message_id)),
        profile=profile_of(user),
        external_id=str(whole(message.message_id)),
    )


def _with_media(parsed: InboundMessage, message: "Message", attachments: tuple[Attachment, ...]) -> InboundMessage:
    return replace(
        parsed, attachments=attachments, group=str(message.media_group_id) if message.media_group_id else None
    )


def number_of(update: Any) -> int | None:
    number = update.get("update_id") if isinstance(update, Mapping) else None
    return number if type(number) is int else None
