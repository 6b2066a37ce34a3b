"""Channels that are their own platform: nothing can go wrong between them and the person."""

from collections.abc import Sequence

from bots.channel import Capabilities, Channel
from core.domain.messages import OutboundMessage
from core.domain.sending import SendResult
from tests.emulators.bench import Trouble


class Recorded:
    """A channel that remembers what it was given."""

    def __init__(self, inner: Channel) -> None:
        self._inner = inner
        self.name = inner.name
        self.texts: list[str] = []

    @property
    def capabilities(self) -> Capabilities:
        return self._inner.capabilities

    async def send(self, chat: str, message: OutboundMessage, *, key: str) -> SendResult:
        self.texts.append(message.text)
        return await self._inner.send(chat, message, key=key)

    async def show_typing(self, chat: str) -> None:
        await self._inner.show_typing(chat)

    async def acknowledge(self, callback: str) -> None:
        await self._inner.acknowledge(callback)


class OwnPage:
    """Implements Outbound."""

    chat = "visitor"
    secrets: Sequence[str] = ()
    troubles: frozenset[Trouble] = frozenset()

    def __init__(self, channel: Channel) -> None:
        self._recorded = Recorded(channel)
        self.channel: Channel = self._recorded

    def cause(self, trouble: Trouble) -> None:
        raise LookupError(f"{self.channel.name} knows no such trouble: {trouble}")

    def shown(self) -> list[str]:
        return self._recorded.texts
