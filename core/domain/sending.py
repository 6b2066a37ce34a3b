"""What can become of one platform call."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum


class Scope(StrEnum):
    MESSAGE = "message"
    CHAT = "chat"
    CHANNEL = "channel"


@dataclass(frozen=True, slots=True)
class Sent:
    platform_id: str
    chat: str | None = None
    """To whom, where the platform tells: who was known by a comment only has an id from here on."""
    file_id: str | None = None
    """Under which the platform keeps the file that was sent."""


@dataclass(frozen=True, slots=True)
class Refused:
    """The platform did not take it. `retry_after` says when to try again; without it the refusal is final."""

    reason: str
    scope: Scope = Scope.MESSAGE
    retry_after: timedelta | None = None
    alert: bool = False
    new_chat: str | None = None
    """The chat moved: the same message may be tried once at this id."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """Perhaps delivered, perhaps not: never sent again blindly."""

    reason: str


SendResult = Sent | Refused | Unknown


class OutboxState(StrEnum):
    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    REFUSED = "refused"
    UNCONFIRMED = "unconfirmed"
    CANCELLED = "cancelled"
