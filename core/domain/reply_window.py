"""What may be sent now: types and an algorithm. The dated rules of a channel live in the channel's folder."""

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class WindowRules:
    """`bot_window` None = no limit after the person's last message. `source` and `as_of` say where it is written."""

    bot_window: timedelta | None
    source: str
    as_of: str


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a conversation stands with its person."""

    last_inbound_at: datetime | None
    reachable: bool
    opted_out: bool


@dataclass(frozen=True, slots=True)
class Permission:
    allowed: bool
    rule: str
    until: datetime | None = None


def may_send(rules: WindowRules, standing: Standing, *, is_reply: bool, now: datetime) -> Permission:
    """Decide for one outgoing message. A reply answers what the person just wrote; anything else is ours to start."""
    if not standing.reachable:
        return Permission(False, "unreachable")
    if standing.opted_out and not is_reply:
        return Permission(False, "opted_out")
    if rules.bot_window is None:
        return Permission(True, "open")
    if standing.last_inbound_at is None:
        return Permission(False, "never_wrote")
    until = standing.last_inbound_at + rules.bot_window
    return Permission(now < until, "window", until)
