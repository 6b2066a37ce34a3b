"""What every arrival from Telegram has, and the messages built around it."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from bots.arrival import Parsed, clean_text
from bots.telegram.address import Address
from bots.telegram.clean import clean_name
from bots.telegram.commands import read_command
from core.domain.ids import AccountId
from core.domain.messages import InboundKind, InboundMessage, Profile

if TYPE_CHECKING:
    from telegram import User


@dataclass(frozen=True, slots=True)
class Reader:
    """For whom an update is read. `username` is the bot's own name, None while it is not known."""

    account: AccountId
    now: datetime
    username: str | None = None


@dataclass(frozen=True, slots=True)
class Envelope:
    reader: Reader
    event_id: str
    chat: Address
    sender: int
    at: datetime
    profile: Profile
    external_id: str | None = None

    def message(self, kind: InboundKind, text: str = "") -> InboundMessage:
        return InboundMessage(
            account=self.reader.account,
            event_id=self.event_id,
            chat=str(self.chat),
            sender=str(self.sender),
            kind=kind,
            at=self.at,
            text=clean_text(text),
            external_id=self.external_id,
            profile=self.profile,
        )


def parse_text(envelope: Envelope, text: str) -> Parsed:
    """A plain text, or a command if it reads as one."""
    command = read_command(text)
    if command is None:
        return Parsed((envelope.message(InboundKind.TEXT, text),))
    if not command.is_for(envelope.reader.username):
        return Parsed(ignored="command of another bot")
    message = envelope.message(InboundKind.COMMAND, command.text)
    argument = clean_text(command.argument) if command.argument else None
    return Parsed((replace(message, payload=argument, source=command.source),))


def profile_of(user: "User") -> Profile:
    name = f"{user.first_name or ''} {user.last_name or ''}"
    return Profile(clean_name(name), clean_name(user.username), clean_name(user.language_code))


def whole(number: object) -> int:
    """Ids are whole numbers; anything else makes the update unreadable."""
    if type(number) is not int:
        raise TypeError(f"an id is a {type(number).__name__}")
    return number


def at_second(date: int) -> datetime:
    return datetime.fromtimestamp(date, UTC)


def told_at(second: datetime, number: int) -> datetime:
    """Telegram dates to the second; within one, a message's number, which grows in a chat, tells which came first."""
    return second + timedelta(microseconds=number % 1_000_000)
