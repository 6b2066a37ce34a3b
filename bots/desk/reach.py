"""What may still be sent in a talk, by whom and until when, as the desk shows it."""

from dataclasses import dataclass
from datetime import datetime

from core.domain.quiet_hours import QuietHours
from core.domain.reply_window import (
    MayGoFrom,
    MayGoPrivately,
    MayGoTagged,
    MayNot,
    OperatorMessage,
    Standing,
    WindowRules,
    may_operator_send,
    person_until,
)


@dataclass(frozen=True, slots=True)
class Reach:
    kind: str
    """open (no limit), both (bot and people), person, private (one reply to a comment) or closed."""
    until: datetime | None = None
    """When that is over."""
    person_until: datetime | None = None
    """Until when a person may write after that."""
    rule: str = ""
    """Why it is closed."""
    waits_until: datetime | None = None
    """When a person's words would go out, if not now."""


def read_reach(rules: WindowRules, standing: Standing, *, name: str, now: datetime, quiet: QuietHours | None) -> Reach:
    """As it is for the person of this name."""
    message = OperatorMessage(name)
    answer = may_operator_send(rules, standing, message, now=now)
    if isinstance(answer, MayNot):
        return Reach("closed", rule=answer.rule)
    held = may_operator_send(rules, standing, message, now=now, quiet=quiet)
    waits_until = held.at if isinstance(held, MayGoFrom) else None
    if answer.until is None:
        return Reach("open", waits_until=waits_until)
    if isinstance(answer, MayGoTagged | MayGoPrivately):
        kind = "person" if isinstance(answer, MayGoTagged) else "private"
        return Reach(kind, answer.until, waits_until=waits_until)
    last = person_until(rules, standing, now)
    return Reach("both", answer.until, last if last and last > answer.until else None, waits_until=waits_until)
