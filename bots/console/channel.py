"""The terminal as a channel: what would be sent is collected, so that it can be printed, or asserted on."""

import asyncio

from bots.channel import Capabilities, TextUnit
from bots.console.window import WINDOW
from core.domain.messages import AttachmentKind, OutboundMessage
from core.domain.sending import SendResult, Sent

CAPABILITIES = Capabilities(
    text_limit=100_000,
    text_unit=TextUnit.CODE_POINTS,
    max_buttons=10,
    button_title_limit=60,
    contact_button=False,
    attachments=frozenset({AttachmentKind.LINK}),
    resend_is_harmless=True,
    typing_every=None,
    window=WINDOW,
)


class ConsoleChannel:
    name = "console"
    capabilities = CAPABILITIES

    def __init__(self) -> None:
        self.sent: asyncio.Queue[tuple[str, OutboundMessage]] = asyncio.Queue()

    async def send(self, chat: str, message: OutboundMessage, *, key: str) -> SendResult:
        await self.sent.put((chat, message))
        return Sent(key)

    async def show_typing(self, chat: str) -> None:
        return None

    async def acknowledge(self, callback: str) -> None:
        return None
