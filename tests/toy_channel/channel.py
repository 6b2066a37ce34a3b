"""What the post office can carry, and how one letter is sent."""

from datetime import timedelta
from typing import Final

import httpx

from bots.channel import Capabilities, TextUnit
from core.domain.messages import OutboundMessage
from core.domain.reply_window import WindowRules
from core.domain.sending import Refused, Scope, SendResult, Sent, Unknown

CAPABILITIES: Final = Capabilities(
    text_limit=200,
    text_unit=TextUnit.CODE_POINTS,
    max_buttons=3,
    button_title_limit=12,
    contact_button=False,
    attachments=frozenset(),
    resend_is_harmless=False,
    typing_every=None,
    window=WindowRules(bot_window=timedelta(days=7), source="the post office's rules, section 2", as_of="2026-11"),
)

_REFUSALS: Final = {
    401: Refused("key_rejected", Scope.CHANNEL, retry_after=timedelta(minutes=5), alert=True),
    410: Refused("no_such_box", Scope.CHAT),
    422: Refused("bad_letter", alert=True),
}


class LetterboxChannel:
    """Implements Channel. `http` knows the post office's address and our key."""

    name = "letterbox"
    capabilities = CAPABILITIES

    def __init__(self, http: httpx.AsyncClient) -> None:
        self._http = http

    async def send(self, chat: str, message: OutboundMessage, *, key: str) -> SendResult:
        letter = {"to": chat, "text": message.text, "answers": [button.title for button in message.buttons]}
        try:
            answer = await self._http.post("/letters", json=letter)
        except (httpx.ConnectError, httpx.ConnectTimeout):
            return Refused("not_connected", Scope.CHANNEL, retry_after=timedelta(seconds=5))
        except httpx.HTTPError as error:
            return Unknown(f"no answer: {type(error).__name__}")
        return judge(answer)

    async def show_typing(self, chat: str) -> None:
        """Nobody sees a letter being written."""

    async def acknowledge(self, callback: str) -> None:
        """The post office waits for nothing."""


def judge(answer: httpx.Response) -> SendResult:
    """What the post office's answer means for the letter."""
    if answer.status_code == 201:
        return Sent(str(answer.json()["number"]))
    if answer.status_code == 429:
        wait = timedelta(seconds=int(answer.headers["Retry-After"]))
        return Refused("too_many_letters", Scope.CHAT, retry_after=wait)
    return _REFUSALS.get(answer.status_code) or Unknown(f"the post office answered {answer.status_code}")
