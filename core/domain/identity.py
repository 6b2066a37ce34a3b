"""One person behind several doors: what proves it, what only hints at it, and what became of a try to link."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from core.domain.ids import ContactId, ConversationId

PHONE_PROOF_LIFE: Final = timedelta(days=180)
"""Numbers are given to other people after a while: an older proof is only a hint."""


class Proof(StrEnum):
    """Why two contacts count as one person."""

    PHONE = "phone"
    """Both platforms vouch for the same number."""
    EMAIL = "email"
    INVITATION = "invitation"
    """A one-time link from one channel was opened in the other."""
    PLATFORM = "platform"
    """The platform told that what we sent to the one has come to the other: a private reply to a comment."""
    DESK = "desk"
    """Somebody of the firm believes it: it holds for the firm's own pages, and reveals nothing to anybody."""


PROVEN: Final = (Proof.PHONE, Proof.EMAIL, Proof.INVITATION, Proof.PLATFORM)


class LinkState(StrEnum):
    LINKED = "linked"
    SPLIT = "split"
    REPLACED = "replaced"
    """A better proof, or another word of the firm's people, took its place."""
    REJECTED = "rejected"


class Arrived(StrEnum):
    """What became of a one-time link that was opened."""

    LINKED = "linked"
    ALREADY = "already"
    """The two were one person before."""
    SAME_DOOR = "same_door"
    """It was opened where it was asked for, so that nothing is left to link; it can still be used elsewhere."""
    USED = "used"
    EXPIRED = "expired"
    UNKNOWN = "unknown"
    """Not made here, or whoever asked for it has been forgotten since."""


@dataclass(frozen=True, slots=True)
class Door:
    """A contact's address in one account, with what the platform vouches for."""

    contact_id: ContactId
    conversation_id: ConversationId | None
    channel: str
    account: str
    name: str | None
    username: str | None
    last_message_at: datetime | None
    is_erased: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """`proof` joins two contacts; `by` is a user's name, or `bot` for what a proof alone did."""

    id: int
    one: ContactId
    other: ContactId
    state: LinkState
    proof: Proof
    by: str
    at: datetime
    ended_by: str | None = None
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Another contact that may be the same person. `reasons` are keys: phone, email, username, name, city, company."""

    door: Door
    reasons: tuple[str, ...]
    weight: int
