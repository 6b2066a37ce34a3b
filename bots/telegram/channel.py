"""Telegram as a channel: one message out, one clear result back."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import partial
from typing import Any, Final

import structlog
from telegram import Message
from telegram.constants import ChatAction
from telegram.error import BadRequest, RetryAfter, TelegramError

from bots.arrival import clean_text
from bots.channel import Capabilities, TextUnit
from bots.telegram.address import Address, read_address
from bots.telegram.client import TelegramClient
from bots.telegram.keyboards import Markup, build_markup
from bots.telegram.pacing import Pacer
from bots.telegram.refusals import judge, wait_of
from bots.telegram.window import CHAT, rules_for
from core.domain.messages import Attachment, AttachmentKind, Button, OutboundMessage
from core.domain.sending import Refused, Scope, SendResult, Sent, Unknown

log = structlog.get_logger()

_TEXT_LIMIT: Final = 4096
_CAPTION_LIMIT: Final = 1024

CAPABILITIES: Final = Capabilities(
    text_limit=_TEXT_LIMIT,
    # The platform may count code points; in UTF-16 units a text that fits fits by either count.
    text_unit=TextUnit.UTF16,
    max_buttons=100,
    button_title_limit=60,
    contact_button=True,
    attachments=frozenset(
        {
            AttachmentKind.IMAGE,
            AttachmentKind.FILE,
            AttachmentKind.VIDEO,
            AttachmentKind.AUDIO,
            AttachmentKind.VOICE,
        }
    ),
    resend_is_harmless=False,
    typing_every=timedelta(seconds=4),
    window=CHAT,
    window_of=rules_for,
)


class TelegramChannel:
    """Implements Channel. Text goes out plain: what a template holds is what the person reads."""

    name = "telegram"
    capabilities = CAPABILITIES
    title = "Telegram"
    spoken = r"telegram|телеграм\w*|\bтелег[уаеі]\b|\bтг\b|\btg\b"

    def __init__(self, *, client: TelegramClient, pacer: Pacer) -> None:
        self._client = client
        self.find_username: Callable[[], str | None] = lambda: None
        """The bot's own name, as soon as the platform has told it."""
        self._pacer = pacer

    def link_to(self, code: str) -> str | None:
        username = self.find_username()
        return f"https://t.me/{username}?start={code}" if username else None

    async def send(self, chat: str, message: OutboundMessage, *, key: str) -> SendResult:
        """A refused attachment is replaced by its link: the refusal is certain, so nothing shows twice."""
        try:
            address = read_address(chat)
        except ValueError:
            return Refused("not_a_chat")
        wait = await self._pacer.enter(address.chat_id)
        if wait:
            return Refused("paced", Scope.CHAT, retry_after=timedelta(seconds=wait))
        result = await self._try(address, message)
        if isinstance(result, Refused) and _is_final(result) and message.attachments:
            substitute = _as_link(message)
            if substitute is not None:
                result = await self._try(address, substitute)
        if not isinstance(result, Sent):
            log.warning("telegram.not_sent", outbox=key, result=type(result).__name__, reason=result.reason)
        return result

    async def show_typing(self, chat: str) -> None:
        try:
            address = read_address(chat)
            if self._pacer.has_room(address.chat_id):
                await self._client.send_chat_action(
                    address.chat_id, ChatAction.TYPING, business_connection_id=address.business
                )
        except Exception as error:
            log.debug("telegram.typing_failed", error=type(error).__name__)

    async def acknowledge(self, callback: str) -> None:
        try:
            await self._client.answer_callback_query(callback)
        except BadRequest:
            log.debug("telegram.acknowledged_late")
        except Exception as error:
            log.info("telegram.not_acknowledged", error=type(error).__name__)

    async def _try(self, address: Address, message: OutboundMessage) -> SendResult:
        try:
            sent = await self._call(address, message)
            return Sent(str(sent.message_id))
        except RetryAfter as error:
            self._pacer.punish(address.chat_id, wait_of(error).total_seconds())
            return judge(error)
        except TelegramError as error:
            return judge(error)
        except Exception as error:
            # The library could not read the answer; the message may well stand in the chat.
            return Unknown(f"unreadable answer: {type(error).__name__}")

    async def _call(self, address: Address, message: OutboundMessage) -> Message:
        text, markup = clean_text(message.text), _markup(address, message.buttons)
        common: dict[str, Any] = {"reply_markup": markup, "business_connection_id": address.business}
        if message.attachments:
            return await self._send_media(address.chat_id, message.attachments[0], text, common)
        return await self._client.send_message(address.chat_id, text, **common)

    async def _send_media(self, chat_id: int, attachment: Attachment, text: str, common: dict[str, Any]) -> Message:
        client, source = self._client, attachment.external_id or attachment.url or ""
        calls = {
            AttachmentKind.IMAGE: partial(client.send_photo, chat_id, source),
            AttachmentKind.VIDEO: partial(client.send_video, chat_id, source),
            AttachmentKind.AUDIO: partial(client.send_audio, chat_id, source),
            AttachmentKind.VOICE: partial(client.send_voice, chat_id, source),
        }
        call = calls.get(attachment.kind, partial(client.send_document, chat_id, source))
        caption = clean_text(text or attachment.title or "", _CAPTION_LIMIT)
        return await call(caption=caption or None, **common)


def _markup(address: Address, buttons: Sequence[Button]) -> Markup | None:
    """On behalf of a business account the platform shows no keys; the text asks for the phone already."""
    if address.business:
        buttons = [button for button in buttons if not button.contact]
    return build_markup(buttons)


def _is_final(result: Refused) -> bool:
    return result.scope is Scope.MESSAGE and result.retry_after is None


def _as_link(message: OutboundMessage) -> OutboundMessage | None:
    attachment = message.attachments[0]
    if not attachment.url:
        return None
    line = ": ".join(part for part in (attachment.title, attachment.url) if part)
    return OutboundMessage("\n\n".join(part for part in (message.text, line) if part), message.buttons)
