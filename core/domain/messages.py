"""What people send us and what we send them, without any channel's own shape."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from core.domain.ids import AccountId
from core.domain.reply_window import Grant


class AttachmentKind(StrEnum):
    IMAGE = "image"
    AUDIO = "audio"
    VOICE = "voice"
    VIDEO = "video"
    FILE = "file"
    STICKER = "sticker"
    LOCATION = "location"
    CONTACT = "contact"
    LINK = "link"
    UNSUPPORTED = "unsupported"


class InboundKind(StrEnum):
    TEXT = "text"
    COMMAND = "command"
    BUTTON = "button"
    MEDIA = "media"
    EDIT = "edit"
    BLOCKED = "blocked"
    UNBLOCKED = "unblocked"
    MIGRATED = "migrated"
    FOLLOW_UP = "follow_up"
    UNSUPPORTED = "unsupported"
    UNSENT = "unsent"
    """The person took a message back: what it said may not be kept. Here and in an edit `payload` is the event id that
    the message itself comes under, where that is known: the news may be here first."""
    RECEIPT = "receipt"
    """The platform shows us our own message: `payload` is the outbox row that it came from."""
    ECHO = "echo"
    """A person of the firm wrote in the platform's own application."""
    COMMENT = "comment"
    """Written in public under the firm's page: answered in private, once. `external_id` is the comment."""
    REACTION = "reaction"
    """To one of the messages: nothing to answer, but it opens the window. `payload` is the sign, none = taken back."""
    READ = "read"
    """The person has read everything up to `at`."""
    OVERHEARD = "overheard"
    """Written to another application that holds the talk: kept, and not ours to answer."""
    TAKEN_ELSEWHERE = "taken_elsewhere"
    """Another application holds the talk now."""
    GIVEN_BACK = "given_back"
    """The talk is ours again."""
    KEPT = "kept"
    """Nothing to say to anybody; the event is kept as it came, in `raw`."""


COMMENT_EVENT = "comment:"
"""Begins the event id of a public comment, before the comment's own id: by it later news of the comment finds it."""

# These answer at once: nobody types a second half of a tapped button.
IMMEDIATE_KINDS = frozenset({InboundKind.COMMAND, InboundKind.BUTTON, InboundKind.FOLLOW_UP})

# What a person does to open the reply window: a door lets nothing else of its platform's pass as one of these.
OPENERS = frozenset(
    {
        InboundKind.TEXT,
        InboundKind.MEDIA,
        InboundKind.UNSUPPORTED,
        InboundKind.COMMAND,
        InboundKind.BUTTON,
        InboundKind.REACTION,
    }
)


@dataclass(frozen=True, slots=True)
class Attachment:
    kind: AttachmentKind
    external_id: str | None = None
    url: str | None = None
    title: str | None = None
    mime: str | None = None
    size: int | None = None
    latitude: float | None = None
    longitude: float | None = None
    phone: str | None = None
    email: str | None = None
    trusted: bool = False
    """A contact card that the platform proves to be the sender's own."""


@dataclass(frozen=True, slots=True)
class Profile:
    """What the platform says of the person; every part may be missing."""

    name: str | None = None
    username: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class InboundMessage:
    """One arrival, parsed at the door."""

    account: AccountId
    event_id: str
    """Unique in the account: the key against redelivery."""
    chat: str
    """The platform's id of the place to answer in."""
    sender: str
    kind: InboundKind
    at: datetime
    text: str = ""
    external_id: str | None = None
    """The platform's id of the message, or for an edit of the message that was edited."""
    payload: str | None = None
    """A button's data, a command's argument, the new chat id of a migration."""
    callback: str | None = None
    """The id of a button press that the platform wants acknowledged."""
    group: str | None = None
    """Messages that came as one album share it."""
    attachments: tuple[Attachment, ...] = ()
    profile: Profile = Profile()
    source: str | None = None
    """Where the person came from (deep link, ad, post): stored as attribution."""
    raw: dict[str, Any] | None = field(default=None, compare=False)
    """Kept only for kinds we do not understand yet."""


@dataclass(frozen=True, slots=True)
class Button:
    """A tappable answer. `data` is at most 64 bytes; `contact` asks the platform for the person's phone."""

    title: str
    data: str = ""
    contact: bool = False
    url: str | None = None


@dataclass(frozen=True, slots=True)
class OutboundMessage:
    """One message to a person, before a channel splits or degrades it."""

    text: str
    buttons: tuple[Button, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    grant: Grant | None = None
    """By what permission it goes: delivery fills it in, right before the channel is called."""
