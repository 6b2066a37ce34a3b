"""How a firm wants conversations to go from the bot to people and back."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from core.domain.conversation import ANOTHER_APP, NATIVE_APP


class Assign(StrEnum):
    LEAST_LOADED = "least_loaded"
    ROUND_ROBIN = "round_robin"
    NOBODY = "nobody"
    """Whoever is first takes it."""


@dataclass(frozen=True, slots=True)
class HandOver:
    """`resume_*`: how long a customer waits for the person who took over before the bot comes back; None = for ever."""

    resume_app: timedelta | None = timedelta(minutes=30)
    """After a person wrote in the platform's own application."""
    resume_desk: timedelta | None = None
    assign: Assign = Assign.LEAST_LOADED
    answer_within: timedelta = timedelta(hours=1)
    """Of working time: whoever asked for a person is to be answered by then."""


def resume_limit(hand_over: HandOver, holder_reason: str | None) -> timedelta | None:
    """How long a customer may wait for the person who holds the conversation; None = for ever. What another application
    holds is not ours to take: it comes back when the platform says so."""
    if holder_reason == ANOTHER_APP:
        return None
    return hand_over.resume_app if holder_reason == NATIVE_APP else hand_over.resume_desk
