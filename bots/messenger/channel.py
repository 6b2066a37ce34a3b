"""What Messenger can show, and its payloads. Their shapes are pymessenger's; sending is ours."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any, Final

from pymessenger.bot import Bot

from bots.bucket import Bucket
from bots.channel import Capabilities, TextUnit
from bots.messenger.window import WINDOW
from bots.meta.pace import PRIVATE_REPLIES, Rates
from core.domain.messages import Attachment, AttachmentKind, Button, OutboundMessage

NAME: Final = "messenger"
RATES: Final = Rates(
    text=Bucket(interval=1 / 40, burst=40),  # 300 are allowed, but above forty the page's inbox stalls
    media=Bucket(interval=1 / 10, burst=10),
    private=PRIVATE_REPLIES,
    source="developers.facebook.com/docs/messenger-platform: Send API rate limits; graph-api/overview/rate-limiting",
    as_of="2026-11",
)

_TEMPLATE_TEXT: Final = 640
_TEMPLATE_BUTTONS: Final = 3
_KINDS: Final = {
    AttachmentKind.IMAGE: "image",
    AttachmentKind.VIDEO: "video",
    AttachmentKind.AUDIO: "audio",
    AttachmentKind.VOICE: "audio",
    AttachmentKind.FILE: "file",
}

CAPABILITIES: Final = Capabilities(
    text_limit=1990,
    text_unit=TextUnit.UTF16,
    max_buttons=13,
    button_title_limit=20,
    contact_button=True,
    attachments=frozenset(_KINDS),
    resend_is_harmless=False,
    typing_every=timedelta(seconds=15),
    window=WINDOW,
)


class PayloadComposer(Bot):  # type: ignore[misc]
    """pymessenger's Bot that hands the payload back instead of sending it."""

    def send_raw(self, payload: dict[str, Any]) -> dict[str, Any]:
        return payload


_COMPOSER: Final = PayloadComposer("")


def compose(recipient: str, message: OutboundMessage, metadata: str) -> Mapping[str, Any]:
    """The Send API's body for a message that fits. Raises ValueError for an attachment without an address."""
    links = [button for button in message.buttons if button.url]
    text = message.text
    if links and not message.attachments and len(text) <= _TEMPLATE_TEXT and len(message.buttons) <= _TEMPLATE_BUTTONS:
        payload = _COMPOSER.send_button_message(recipient, text, [_button(button) for button in message.buttons])
        return _with(payload, metadata)
    text = "\n".join([text, *(f"{button.title}: {button.url}" for button in links)]).strip()
    body: dict[str, Any] = (
        {"attachment": _attachment(message.attachments[0])} if message.attachments else {"text": text}
    )
    answers = _quick_replies([button for button in message.buttons if not button.url])
    if answers:
        body["quick_replies"] = answers
    return _with(_COMPOSER.send_message(recipient, body), metadata)


def _with(payload: dict[str, Any], metadata: str) -> dict[str, Any]:
    payload["message"]["metadata"] = metadata
    return payload


def _attachment(attachment: Attachment) -> dict[str, Any]:
    if attachment.external_id:
        return {"type": _KINDS[attachment.kind], "payload": {"attachment_id": attachment.external_id}}
    if not attachment.url:
        raise ValueError("attachment_without_address")
    return {"type": _KINDS[attachment.kind], "payload": {"url": attachment.url, "is_reusable": True}}


def _button(button: Button) -> dict[str, Any]:
    if button.url:
        return {"type": "web_url", "title": button.title, "url": button.url}
    return {"type": "postback", "title": button.title, "payload": button.data or button.title}


def _quick_replies(buttons: Sequence[Button]) -> list[dict[str, Any]]:
    return [
        {"content_type": "user_phone_number"}
        if button.contact
        else {"content_type": "text", "title": button.title, "payload": button.data or button.title}
        for button in buttons
    ]
