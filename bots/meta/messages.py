"""One event of Messenger or Instagram in, our messages out. Pure; what cannot be read becomes a reason."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Final

from bots.arrival import Parsed
from bots.meta.attachments import THUMBS, read_attachment
from bots.meta.beside import (
    keep_unknown,
    overhear,
    parse_pass,
    parse_policy,
    parse_reaction,
    parse_read,
    parse_request,
    parse_take,
)
from bots.meta.clean import clean_tree, read_text
from bots.meta.comments import parse_change
from bots.meta.envelope import Event, kind_of
from bots.meta.reader import METADATA, Envelope, Reader, read_envelope, read_source
from core.domain.messages import Attachment, AttachmentKind, InboundKind, InboundMessage

GET_STARTED: Final = "GET_STARTED"
"""The payload of the get-started button: the same as Telegram's /start."""

_START: Final = "/start"
_FEWEST_DIGITS: Final = 7


def parse_event(event: Event, reader: Reader) -> Parsed:
    """Never raises. Type only is told of what went wrong: the text of an error may quote what the person wrote."""
    try:
        if event.way == "changes":
            return parse_change(event, reader)
        if event.way == "entry":
            return Parsed(refused=f"an entry that is a {type(event.data).__name__}")
        parsed = _parse(event, reader)
        return overhear(parsed) if event.way == "standby" else parsed
    except Exception as error:
        return Parsed(refused=f"{type(error).__name__} while reading {kind_of(event.data)}")


def _parse(event: Event, reader: Reader) -> Parsed:
    data = event.data
    if not isinstance(data, Mapping):
        return Parsed(refused=f"an event that is a {type(data).__name__}")
    for name, handle in _HANDLERS.items():
        part = data.get(name)
        if isinstance(part, Mapping):
            return handle(part, data, reader)
    if "delivery" in data:
        return Parsed(ignored="delivery")
    return keep_unknown(event, reader)


def _parse_message(part: Mapping[str, Any], data: Mapping[str, Any], reader: Reader) -> Parsed:
    envelope, mid = read_envelope(data, reader), _read_mid(part)
    if part.get("is_deleted") and (part.get("is_echo") or envelope.is_own):
        return Parsed(ignored="a message of our own was taken back")
    if part.get("is_echo") or envelope.is_own:
        return _parse_echo(part, envelope, mid)
    if part.get("is_deleted"):
        return Parsed((replace(envelope.message(InboundKind.UNSENT, f"unsent:{mid}", external_id=mid), payload=mid),))
    text = read_text(part.get("text"))
    source = read_source(part.get("referral"), data.get("referral"))
    built = envelope.message(InboundKind.TEXT, mid, text, mid)
    quick = part.get("quick_reply")
    if isinstance(quick, Mapping):
        return Parsed((_with_answer(built, read_text(quick.get("payload"), 1_000), source),))
    attachments = _read_attachments(part)
    if _is_thumb(attachments) and not text:
        return Parsed((replace(built, text="👍", source=source),))
    if attachments and not text and all(item.kind is AttachmentKind.UNSUPPORTED for item in attachments):
        return Parsed((_unsupported(built, attachments, part),))
    if attachments:
        return Parsed((replace(built, kind=InboundKind.MEDIA, attachments=attachments, source=source),))
    if text:
        return Parsed((replace(built, source=source),))
    return Parsed((_unsupported(built, (Attachment(AttachmentKind.UNSUPPORTED),), part),))


def _with_answer(built: InboundMessage, payload: str, source: str | None) -> InboundMessage:
    """A tapped answer. A phone or an address comes as the payload, and is what the person said."""
    if _is_contact(payload):
        text = built.text if payload in built.text else payload
        return replace(built, text=text, attachments=(_read_own_contact(payload),), source=source)
    return replace(built, kind=InboundKind.BUTTON, payload=payload, text=built.text or payload, source=source)


def _read_own_contact(payload: str) -> Attachment:
    """From the person's profile, which the platform vouches for: a typed one comes as plain text."""
    if "@" in payload:
        return Attachment(AttachmentKind.CONTACT, email=payload, trusted=True)
    number = "".join(sign for sign in payload if sign.isdigit())
    return Attachment(AttachmentKind.CONTACT, phone=f"+{number}", trusted=True)


def _is_contact(payload: str) -> bool:
    """A button of ours may hold a bare number too, but none that long."""
    digits = sum(sign.isdigit() for sign in payload)
    return "@" in payload or (digits >= _FEWEST_DIGITS and not payload.strip("+()- 0123456789"))


def _read_attachments(part: Mapping[str, Any]) -> tuple[Attachment, ...]:
    listed = part.get("attachments")
    attachments = [read_attachment(item) for item in listed] if isinstance(listed, list) else []
    number = part.get("sticker_id")
    if number:
        attachments = [Attachment(AttachmentKind.STICKER, external_id=str(number)[:40])]
    reply_to = part.get("reply_to")
    if isinstance(reply_to, Mapping) and isinstance(reply_to.get("story"), Mapping):
        attachments.append(Attachment(AttachmentKind.LINK, title="story"))
    if isinstance(listed, list) and any(
        isinstance(item, Mapping) and item.get("type") == "like_heart" for item in listed
    ):
        return (Attachment(AttachmentKind.STICKER, external_id="like_heart"),)
    return tuple(attachments)


def _is_thumb(attachments: tuple[Attachment, ...]) -> bool:
    return len(attachments) == 1 and attachments[0].external_id in {*THUMBS, "like_heart"}


def _unsupported(built: InboundMessage, attachments: tuple[Attachment, ...], part: Mapping[str, Any]) -> InboundMessage:
    return replace(built, kind=InboundKind.UNSUPPORTED, attachments=attachments, raw=clean_tree(dict(part)))


def _parse_echo(part: Mapping[str, Any], envelope: Envelope, mid: str) -> Parsed:
    """Ours comes back with our metadata; any other was written by a person or another application of the firm."""
    metadata = str(part.get("metadata") or "")
    if metadata.startswith(METADATA):
        receipt = envelope.message(InboundKind.RECEIPT, f"echo:{mid}", external_id=mid)
        return Parsed((replace(receipt, payload=metadata.removeprefix(METADATA)[:40]),))
    if part.get("is_self"):
        return Parsed(ignored="a note to oneself")
    echo = envelope.message(InboundKind.ECHO, f"echo:{mid}", read_text(part.get("text")), mid)
    return Parsed((replace(echo, attachments=_read_attachments(part)),))


def _parse_postback(part: Mapping[str, Any], data: Mapping[str, Any], reader: Reader) -> Parsed:
    envelope = read_envelope(data, reader)
    payload = read_text(part.get("payload"), 1_000)
    mid = part.get("mid")
    event_id = str(mid) if mid else f"postback:{envelope.sender}:{envelope.stamp}:{payload}"
    source = read_source(part.get("referral"), data.get("referral"))
    text = read_text(part.get("title"), 500)
    if payload == GET_STARTED:
        return Parsed((replace(envelope.message(InboundKind.COMMAND, event_id, _START), source=source),))
    button = envelope.message(InboundKind.BUTTON, event_id, text or payload)
    return Parsed((replace(button, payload=payload or None, source=source),))


def _parse_referral(part: Mapping[str, Any], data: Mapping[str, Any], reader: Reader) -> Parsed:
    """A link or an ad opened a talk that exists already."""
    envelope = read_envelope(data, reader)
    source = read_source(part)
    event_id = f"referral:{envelope.sender}:{envelope.stamp}:{source}"
    return Parsed((replace(envelope.message(InboundKind.COMMAND, event_id, _START), source=source),))


def _parse_optin(part: Mapping[str, Any], data: Mapping[str, Any], reader: Reader) -> Parsed:
    """The checkbox plugin names no sender: there is nobody to answer yet, so the event is only kept."""
    if not isinstance(data.get("sender"), Mapping):
        return keep_unknown(Event(reader.own_id, "messaging", data), reader)
    envelope = read_envelope(data, reader)
    source = read_source({"ref": part.get("ref")}, data.get("referral"))
    event_id = f"optin:{envelope.sender}:{envelope.stamp}"
    return Parsed((replace(envelope.message(InboundKind.COMMAND, event_id, _START), source=source),))


def _parse_edit(part: Mapping[str, Any], data: Mapping[str, Any], reader: Reader) -> Parsed:
    envelope, mid = read_envelope(data, reader), _read_mid(part)
    if envelope.is_own:
        return Parsed(ignored="an edit of our own")
    event_id = f"edit:{mid}:{part.get('num_edit')}"
    edit = envelope.message(InboundKind.EDIT, event_id, read_text(part.get("text")), mid)
    return Parsed((replace(edit, payload=mid),))


def _read_mid(part: Mapping[str, Any]) -> str:
    """Raises ValueError when the message has no id: it could not be told from its copies."""
    mid = part.get("mid")
    if not isinstance(mid, str | int) or not mid:
        raise ValueError("no mid")
    return str(mid)[:180]


_HANDLERS: Final[Mapping[str, Callable[[Mapping[str, Any], Mapping[str, Any], Reader], Parsed]]] = {
    "message": _parse_message,
    "postback": _parse_postback,
    "optin": _parse_optin,
    "message_edit": _parse_edit,
    "reaction": parse_reaction,
    "read": parse_read,
    "pass_thread_control": parse_pass,
    "take_thread_control": parse_take,
    "request_thread_control": parse_request,
    "policy_enforcement": parse_policy,
    "referral": _parse_referral,
}
