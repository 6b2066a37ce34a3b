"""What may be sent now, by whom, under which tag, until when: types and an algorithm. The dated rules of a channel live
in the channel's folder."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from core.domain.quiet_hours import QuietHours

FRESH: Final = timedelta(hours=24)
"""What is written later than this after a person's last words answers nothing any more: we start it."""


@dataclass(frozen=True, slots=True)
class Window:
    """One dated rule. One that is not granted is known, and not counted on."""

    lasts: timedelta
    source: str
    as_of: str
    is_granted: bool = True


@dataclass(frozen=True, slots=True)
class PersonWindow:
    """For what a person writes, under a tag. Granted to applications that the platform has reviewed."""

    lasts: timedelta
    tag: str
    source: str
    as_of: str
    is_granted: bool = False


@dataclass(frozen=True, slots=True)
class WindowRules:
    """`bot_window` None = no limit after the person's last message. `source` and `as_of` say where it is written."""

    bot_window: timedelta | None
    source: str
    as_of: str
    ad: Window | None = None
    """After an ad's click and message."""
    person: PersonWindow | None = None
    comment: Window | None = None
    """For the one private reply to a public comment."""


def with_person_window(rules: WindowRules) -> WindowRules:
    """The same after the platform has reviewed the application."""
    return replace(rules, person=replace(rules.person, is_granted=True)) if rules.person else rules


NO_LIMIT: Final = WindowRules(None, source="nobody limits it", as_of="2026-11")


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a conversation stands with its person."""

    opened_at: datetime | None
    """When they last did what opens the window."""
    reachable: bool = True
    opted_out: bool = False
    ad_entry_at: datetime | None = None
    """When they wrote after having clicked an ad."""
    comment_at: datetime | None = None
    """When they wrote their newest public comment."""
    comment_id: str | None = None
    comment_answered: bool = False
    held_elsewhere: bool = False
    """Another application answers in this thread."""


@dataclass(frozen=True, slots=True)
class BotMessage:
    """`is_reply`: it answers what the person wrote; anything else is ours to start. `to_comment`: the comment of the
    standing, and goes as its private reply even where it might go otherwise."""

    is_reply: bool
    to_comment: bool = False


@dataclass(frozen=True, slots=True)
class OperatorMessage:
    """Typed by this person."""

    by: str


@dataclass(frozen=True, slots=True)
class MayGo:
    """Now, and until then; None = no end."""

    rule: str
    until: datetime | None


@dataclass(frozen=True, slots=True)
class MayGoPrivately:
    """Now, as the one private reply to the person's comment."""

    rule: str
    until: datetime
    comment_id: str


@dataclass(frozen=True, slots=True)
class MayGoTagged:
    """Now, under the tag that says that a person wrote it: there is none without the operator's message."""

    rule: str
    until: datetime
    tag: str
    message: OperatorMessage


@dataclass(frozen=True, slots=True)
class MayGoFrom:
    """Not yet; at this time it must be asked again."""

    at: datetime
    rule: str
    until: datetime | None


@dataclass(frozen=True, slots=True)
class MayNot:
    rule: str
    person_until: datetime | None = None
    """Until when a person may write instead; None = nobody may, before the contact writes."""


BotGrant = MayGo | MayGoPrivately
Grant = BotGrant | MayGoTagged
BotAnswer = BotGrant | MayGoFrom | MayNot
Answer = BotAnswer | MayGoTagged


def may_bot_send(
    rules: WindowRules, standing: Standing, message: BotMessage, *, now: datetime, quiet: QuietHours | None = None
) -> BotAnswer:
    """Decide for one message of the bot's: there is no tag in any answer."""
    answers = message.is_reply and _is_fresh(rules, standing, now)
    if barred := _barred(standing):
        return barred
    if standing.opted_out and not answers:
        return MayNot("opted_out")
    plain, private = _plain(rules, standing, now), _private(rules, standing, now) if answers else None
    grant = private or plain if message.to_comment else plain or private
    if grant is None:
        return MayNot(_closed(rules, standing), person_until(rules, standing, now))
    wait = None if answers or quiet is None else quiet.end_after(now)
    if wait is None:
        return grant
    if grant.until is None or wait < grant.until:
        return MayGoFrom(wait, "quiet_hours", grant.until)
    return MayNot("quiet_hours", person_until(rules, standing, now))


def may_operator_send(
    rules: WindowRules, standing: Standing, message: OperatorMessage, *, now: datetime, quiet: QuietHours | None = None
) -> Answer:
    """Decide for one message that a person typed. Quiet hours hold it, and never make it impossible."""
    if barred := _barred(standing):
        return barred
    if standing.opted_out:
        return MayNot("opted_out")
    grant = _plain(rules, standing, now) or _private(rules, standing, now) or _tagged(rules, standing, message, now)
    if grant is None:
        return MayNot(_closed_to_people(rules, standing, now))
    wait = None if _is_fresh(rules, standing, now) or quiet is None else quiet.end_after(now)
    last = grant.until and person_until(rules, standing, now)
    return MayGoFrom(wait, "quiet_hours", last) if wait and (last is None or wait < last) else grant


def bot_until(rules: WindowRules, standing: Standing) -> datetime | None:
    """When the window that the person opened closes for the bot; None when there is no limit or nothing opened it."""
    if rules.bot_window is None or standing.opened_at is None:
        return None
    ends = [standing.opened_at + rules.bot_window]
    if rules.ad and rules.ad.is_granted and standing.ad_entry_at:
        ends.append(standing.ad_entry_at + rules.ad.lasts)
    return max(ends)


def person_until(rules: WindowRules, standing: Standing, now: datetime) -> datetime | None:
    """Until when a person may write, by whatever permission; None when they may not now, or without a limit."""
    if standing.opted_out or _barred(standing):
        return None
    ends = [bot_until(rules, standing), _person_end(rules, standing), _comment_end(rules, standing)]
    return max((end for end in ends if end and now < end), default=None)


def _barred(standing: Standing) -> MayNot | None:
    if not standing.reachable:
        return MayNot("unreachable")
    return MayNot("held_elsewhere") if standing.held_elsewhere else None


def _is_fresh(rules: WindowRules, standing: Standing, now: datetime) -> bool:
    """Whether what is sent now answers the person."""
    if _private(rules, standing, now):
        return True
    return standing.opened_at is None or now < standing.opened_at + FRESH


def _plain(rules: WindowRules, standing: Standing, now: datetime) -> MayGo | None:
    if rules.bot_window is None:
        return MayGo("open", None)
    until = bot_until(rules, standing)
    if until is None or standing.opened_at is None or now >= until:
        return None
    return MayGo("window" if now < standing.opened_at + rules.bot_window else "ad_window", until)


def _private(rules: WindowRules, standing: Standing, now: datetime) -> MayGoPrivately | None:
    until, comment_id = _comment_end(rules, standing), standing.comment_id
    return MayGoPrivately("private_reply", until, comment_id) if until and comment_id and now < until else None


def _tagged(rules: WindowRules, standing: Standing, message: OperatorMessage, now: datetime) -> MayGoTagged | None:
    until = _person_end(rules, standing)
    if rules.person is None or until is None or now >= until:
        return None
    return MayGoTagged("person_window", until, rules.person.tag, message)


def _person_end(rules: WindowRules, standing: Standing) -> datetime | None:
    person, opened_at = rules.person, standing.opened_at
    return opened_at + person.lasts if person and person.is_granted and opened_at else None


def _comment_end(rules: WindowRules, standing: Standing) -> datetime | None:
    comment, comment_at = rules.comment, standing.comment_at
    is_answered = standing.comment_answered or standing.comment_id is None
    if comment is None or not comment.is_granted or comment_at is None or is_answered:
        return None
    return comment_at + comment.lasts


def _closed(rules: WindowRules, standing: Standing) -> str:
    if standing.opened_at:
        return "window"
    return "comment_answered" if standing.comment_at and standing.comment_answered else "never_wrote"


def _closed_to_people(rules: WindowRules, standing: Standing, now: datetime) -> str:
    person, opened_at = rules.person, standing.opened_at
    if person and not person.is_granted and opened_at and now < opened_at + person.lasts:
        return "tag_not_granted"
    return _closed(rules, standing)
