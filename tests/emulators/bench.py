"""What a channel brings to the battery of contracts: its door, its way out, and its platform on a string."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Protocol

from bots.channel import Channel
from core.domain.messages import InboundMessage


class Trouble(StrEnum):
    """What may go wrong with a send, in words that fit every platform."""

    WAIT = "told to wait"
    GONE = "the person blocked us"
    BAD_MESSAGE = "the message itself is refused"
    BAD_MARKUP = "the markup is refused"
    MOVED = "the chat has another id now"
    TOKEN = "the token is rejected"
    SERVER_ERROR = "the platform fails"
    DELIVERED_BUT_SILENT = "delivered, but the answer never comes"
    NOT_CONNECTED = "the connection is refused"


class Arrival(StrEnum):
    """What may come in, in words that fit every platform."""

    TEXT = "a person writes"
    OWN = "our own words come back"
    OWNER = "the owner answers by hand"
    BOT = "another bot writes"
    GROUP = "a group chats"
    UNKNOWN_EVENT = "an event of next year"
    UNKNOWN_ATTACHMENT = "an attachment of next year"
    MALFORMED = "a broken event"


class Outbound(Protocol):
    """The way out. `chat` is one that may be written to; `secrets` must never show."""

    channel: Channel
    chat: str
    secrets: Sequence[str]
    troubles: frozenset[Trouble]

    def cause(self, trouble: Trouble) -> None:
        """The next send meets it."""
        ...

    def shown(self) -> list[str]:
        """The texts that the person saw, in order."""
        ...


class Inbound(Protocol):
    """The way in by webhook. `arrivals` are the kinds that the platform has."""

    arrivals: frozenset[Arrival]

    @property
    def stored(self) -> Sequence[InboundMessage]: ...

    def body(self, arrival: Arrival, *, number: int = 1, text: str = "привіт", sender: int = 7) -> bytes:
        """One event, as the platform writes it."""
        ...

    async def post(self, body: bytes, *, genuine: bool = True) -> int:
        """The status that the platform gets."""
        ...
