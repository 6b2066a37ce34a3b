"""What Instagram can show, and its payloads. Both flavours, page-linked and Instagram Login, take the same."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any, Final

from bots.bucket import Bucket
from bots.channel import Capabilities, TextUnit
from bots.instagram.window import WINDOW
from bots.meta.pace import PRIVATE_REPLIES, Rates
from core.domain.messages import Attachment, AttachmentKind, Button, OutboundMessage

NAME: Final = "instagram"
RATES: Final = Rates(
    text=Bucket(interval=1 / 100, burst=100),  # the overview says 100, a changelog 300
    media=Bucket(interval=1 / 10, burst=10),
    private=PRIVATE_REPLIES,
    source="developers.facebook.com/docs/graph-api/overview/rate-limiting: Instagram messaging",
    as_of="2026-11",
)

# No VOICE: what we speak is OGG, which Instagram does not play.
_KINDS: Final = {
    AttachmentKind.IMAGE: "image",
    AttachmentKind.VIDEO: "video",
    AttachmentKind.AUDIO: "audio",
    AttachmentKind.FILE: "file",
}
_UNPLAYABLE: Final = (".ogg", ".oga", ".opus")

CAPABILITIES: Final = Capabilities(
    text_limit=1000,
    text_unit=TextUnit.BYTES,
    max_buttons=13,
    button_title_limit=20,
    contact_button=False,
    attachments=frozenset(_KINDS),
    resend_is_harmless=False,
    typing_every=timedelta(seconds=15),
    window=WINDOW,
)


def compose(recipient: str, message: OutboundMessage, metadata: str) -> Mapping[str, Any]:
    """The Send API's body for a message that fits. Raises ValueError for an attachment that cannot be shown."""
    links = [f"{button.title}: {button.url}" for button in message.buttons if button.url]
    text = "\n".join([message.text, *links]).strip()
    body: dict[str, Any] = (
        {"attachment": _attachment(message.attachments[0])} if message.attachments else {"text": text}
    )
    answers = _quick_replies([button for button in message.buttons if not button.url])
    if answers:
        body["quick_replies"] = answers
    body["metadata"] = metadata
    return {"recipient": {"id": recipient}, "message": body}


def _attachment(attachment: Attachment) -> dict[str, Any]:
    if not attachment.url:
        raise ValueError("attachment_without_address")
    if attachment.url.partition("?")[0].lower().endswith(_UNPLAYABLE):
        raise ValueError("ogg_is_not_played")
    return {"type": _KINDS[attachment.kind], "payload": {"url": attachment.url}}


def _quick_replies(buttons: Sequence[Button]) -> list[dict[str, Any]]:
    """Texts only; they show on phones only, so a typed answer means the same."""
    return [
        {"content_type": "text", "title": button.title, "payload": button.data or button.title}
        for button in buttons
        if not button.contact
    ]
