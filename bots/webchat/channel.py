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
    title = "Web chat"
    spoken = r"веб-?чат\w*|чат\w* на (?:ваш\w+ )?сайт\w*|\bсайт\w*|website|web ?chat"

    def __init__(self, *, address: str | None = None) -> None:
        self._address = address

    def link_to(self, code: str) -> str | None:
        return f"{self._address}/?ref={code}" if self._address else None

    async def send(self, chat: str, message: OutboundMessage, *, key: str) -> SendResult:
        return Sent(key)

    async def show_typing(self, chat: str) -> None:
        return None

    async def acknowledge(self, callback: str) -> None:
        return None
