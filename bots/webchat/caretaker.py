"""The web chat needs nothing from anybody: its platform is this program."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bots.caretaker import Checkup, Finding, SetUp
from bots.webchat.inbound import ACCOUNT
from core.domain.channel_texts import ChannelTexts
from core.domain.ids import AccountId


@dataclass
class WebChatCaretaker:
    """Implements Caretaker. `address` is where its page is."""

    address: str
    account: AccountId = ACCOUNT

    @property
    def title(self) -> str:
        return f"page at {self.address}"

    @property
    def mark(self) -> None:
        return None

    def look(self) -> Sequence[Finding]:
        return ()

    async def check(self) -> Checkup:
        return Checkup(notes=(self.address,))

    async def set_up(self, texts: ChannelTexts, marks: Mapping[str, str], *, force: bool) -> SetUp:
        return SetUp([], marks)

    async def mend(self) -> bool:
        return False

    async def close(self) -> None:
        return None
