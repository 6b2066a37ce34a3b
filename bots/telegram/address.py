"""Where to answer: a private chat, or a customer's chat that a business account shares with the bot."""

from dataclasses import dataclass

_BUSINESS = "biz"


@dataclass(frozen=True, slots=True)
class Address:
    chat_id: int
    business: str | None = None
    """The id of the business connection to answer through."""

    def __str__(self) -> str:
        return f"{_BUSINESS}:{self.business}:{self.chat_id}" if self.business else str(self.chat_id)


def read_address(chat: str) -> Address:
    """The inverse of str(Address). Raises ValueError for what is no address of this channel."""
    head, *rest = chat.split(":", 1)
    if head != _BUSINESS or not rest:
        return Address(int(chat))
    business, _, chat_id = rest[0].rpartition(":")
    return Address(int(chat_id), business or None)
