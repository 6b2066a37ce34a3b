"""The pieces of a Telegram message that are not text, typed. Files by their id: a link would hold the bot's token."""

from typing import TYPE_CHECKING, Any

from bots.telegram.clean import clean_name
from core.domain.messages import Attachment, AttachmentKind

if TYPE_CHECKING:
    from telegram import Contact, Message

# In order of preference: an animation comes with a copy of itself as a document.
_FILES = (
    ("animation", AttachmentKind.VIDEO, "video/mp4"),
    ("voice", AttachmentKind.VOICE, "audio/ogg"),
    ("audio", AttachmentKind.AUDIO, None),
    ("video", AttachmentKind.VIDEO, None),
    ("video_note", AttachmentKind.VIDEO, "video/mp4"),
    ("live_photo", AttachmentKind.VIDEO, None),
    ("document", AttachmentKind.FILE, None),
)


def list_attachments(message: "Message") -> tuple[Attachment, ...]:
    """At most one: Telegram puts one piece into a message, and albums into several messages."""
    if message.photo:
        largest = max(message.photo, key=lambda size: size.width * size.height)
        return (_file(largest, AttachmentKind.IMAGE, "image/jpeg"),)
    for name, kind, mime in _FILES:
        file = getattr(message, name, None)
        if file is not None:
            return (_file(file, kind, mime),)
    if message.sticker:
        return (_file(message.sticker, AttachmentKind.STICKER, None, title=message.sticker.emoji),)
    if message.contact:
        return (_contact(message.contact, message.from_user.id if message.from_user else None),)
    if message.location:
        return (_location(message),)
    return ()


def _file(file: Any, kind: AttachmentKind, mime: str | None, title: str | None = None) -> Attachment:
    return Attachment(
        kind=kind,
        external_id=str(file.file_id),
        title=clean_name(title or getattr(file, "file_name", None) or getattr(file, "title", None)),
        mime=clean_name(getattr(file, "mime_type", None)) or mime,
        size=file.file_size if isinstance(file.file_size, int) else None,
    )


def _contact(contact: "Contact", sender: int | None) -> Attachment:
    trusted = contact.user_id is not None and contact.user_id == sender
    phone = clean_name(contact.phone_number)
    if trusted and phone and phone.isdigit():
        # The person's own number comes in international form, often without its plus.
        phone = f"+{phone}"
    name = clean_name(f"{contact.first_name or ''} {contact.last_name or ''}")
    return Attachment(AttachmentKind.CONTACT, title=name, phone=phone, trusted=trusted)


def _location(message: "Message") -> Attachment:
    assert message.location is not None
    return Attachment(
        AttachmentKind.LOCATION,
        title=clean_name(f"{message.venue.title}, {message.venue.address}") if message.venue else None,
        latitude=float(message.location.latitude),
        longitude=float(message.location.longitude),
    )
