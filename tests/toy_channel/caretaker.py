"""Says what is wrong with our box and how to mend it: `seller channels check`, and the account's health."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import httpx

from bots.caretaker import Checkup, Finding, SetUp
from bots.channel import AccountState
from core.domain.channel_texts import ChannelTexts
from core.domain.ids import AccountId
from tests.toy_channel.inbound import ACCOUNT

_KEY_HINT: Final = "put the present key into LETTERBOX_KEY, start again"
_AWAY_HINT: Final = "check this machine's way to the post office; it is tried again by itself"


@dataclass(frozen=True, slots=True)
class LetterboxCaretaker:
    """Implements Caretaker. People see nothing of a box before they write, so there is nothing to set up."""

    http: httpx.AsyncClient
    account: AccountId = ACCOUNT

    @property
    def title(self) -> str:
        return f"box at {self.http.base_url}"

    @property
    def mark(self) -> str | None:
        return None

    def look(self) -> Sequence[Finding]:
        return ()

    async def check(self) -> Checkup:
        try:
            answer = await self.http.get("/box")
        except httpx.HTTPError as error:
            what = f"the post office cannot be reached ({type(error).__name__})"
            return Checkup((Finding(AccountState.UNREACHABLE, what, _AWAY_HINT),))
        if answer.status_code == 401:
            return Checkup((Finding(AccountState.UNAUTHORIZED, "the key is rejected", _KEY_HINT),))
        return Checkup()

    async def set_up(self, texts: ChannelTexts, marks: Mapping[str, str], *, force: bool) -> SetUp:
        return SetUp([], marks)

    async def mend(self) -> bool:
        return False

    async def close(self) -> None:
        await self.http.aclose()
