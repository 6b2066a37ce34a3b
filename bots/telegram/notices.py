"""Arrivals that are no message: pressed buttons, blocked and unblocked bots, moved groups."""

from dataclasses import replace
from typing import TYPE_CHECKING

from bots.arrival import Parsed, clean_text
from bots.telegram.address import Address
from bots.telegram.envelope import Envelope, Reader, profile_of, whole
from core.domain.messages import InboundKind, Profile

if TYPE_CHECKING:
    from telegram import CallbackQuery, ChatMemberUpdated, Message

_MEMBERSHIP = {"kicked": InboundKind.BLOCKED, "member": InboundKind.UNBLOCKED}


def parse_button(query: "CallbackQuery", event_id: str, reader: Reader) -> Parsed:
    """A press dates from now: Telegram tells only when the pressed message was sent."""
    from telegram import Message

    user, shown = query.from_user, query.message
    if user.is_bot or (shown and shown.chat.id != user.id):
        return Parsed(ignored="button outside a customer's chat")
    message = shown if isinstance(shown, Message) else None
    chat = Address(whole(user.id), message.business_connection_id if message else None)
    envelope = Envelope(reader, event_id, chat, user.id, reader.now, profile_of(user))
    pressed = envelope.message(InboundKind.BUTTON, _title(message, query.data))
    payload = query.data or query.game_short_name
    return Parsed((replace(pressed, payload=clean_text(payload) if payload else None, callback=str(query.id)),))


def _title(message: "Message | None", data: str | None) -> str:
    """What the person read on the button; empty when Telegram does not show the message any more."""
    rows = message.reply_markup.inline_keyboard if message and message.reply_markup else ()
    return next((button.text for row in rows for button in row if data and button.callback_data == data), "")


def parse_membership(member: "ChatMemberUpdated", event_id: str, reader: Reader) -> Parsed:
    """In a private chat: the person blocked the bot, or took that back."""
    kind = _MEMBERSHIP.get(member.new_chat_member.status)
    if member.chat.type != "private" or kind is None:
        return Parsed(ignored=f"membership in a {member.chat.type} chat")
    user = member.from_user
    envelope = Envelope(reader, event_id, Address(whole(member.chat.id)), user.id, member.date, profile_of(user))
    return Parsed((envelope.message(kind),))


def parse_migration(message: "Message", event_id: str, reader: Reader) -> Parsed:
    """Told twice, from the old group and from the new one; both say the same."""
    old = whole(message.migrate_from_chat_id or message.chat.id)
    new = whole(message.migrate_to_chat_id or message.chat.id)
    envelope = Envelope(reader, event_id, Address(old), old, message.date, Profile())
    return Parsed((replace(envelope.message(InboundKind.MIGRATED), payload=str(new)),))
