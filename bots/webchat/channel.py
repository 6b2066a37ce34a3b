"""The chat on the firm's own page: the store is the platform, so sending is showing."""

from bots.channel import Capabilities, TextUnit
from bots.webchat.window import WINDOW
from core.domain.messages import AttachmentKind, OutboundMessage
from core.domain.sending import SendResult, Sent

CAPABILITIES = Capabilities(
    text_limit=4000,
    text_unit=TextUnit.CODE_POINTS,
    max_buttons=10,
    button_title_limit=60,
    contact_button=False,
    attachments=frozenset({AttachmentKind.LINK, AttachmentKind.VIDEO, AttachmentKind.FILE, AttachmentKind.IMAGE}),
    resend_is_harmless=True,
    typing_every=None,
    window=WINDOW,
)


class WebChatChannel:
    name = "webchat"
    capabilities = CAPABILITIES

    async def send(self, chat: str, message: OutboundMessage, *, key: str) -> SendResult:
        return Sent(key)

    async def show_typing(self, chat: str) -> None:
        return None

    async def acknowledge(self, callback: str) -> None:
        return None
