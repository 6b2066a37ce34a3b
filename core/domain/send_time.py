"""At what time something that we start may really go: planned into the window instead of refused at its end."""

from datetime import datetime, timedelta
from typing import Final

from core.domain.quiet_hours import QuietHours
from core.domain.reply_window import BotMessage, MayGo, Standing, WindowRules, bot_until, may_bot_send

MARGIN: Final = timedelta(minutes=30)
"""Kept free before a window or a day closes: timers fire late, and a send may have to be tried again."""

_STARTED: Final = BotMessage(is_reply=False)


def plan_send(
    rules: WindowRules,
    standing: Standing,
    wished: datetime,
    *,
    now: datetime,
    quiet: QuietHours | None = None,
    not_before: datetime | None = None,
) -> datetime | None:
    """The wished time, or the next one after it outside quiet hours; if the bot's window closes before that, the last
    one before it that is not earlier than `not_before` (default: now). None when the bot can send at none of them."""
    earliest, wanted = max(not_before or now, now), max(wished, now)
    until = bot_until(rules, standing)
    latest = until - MARGIN if until else None
    later = (quiet and quiet.end_after(wanted)) or wanted
    sooner = wanted if latest is None else min(wanted, latest)
    begin = quiet and (quiet.begin_before(sooner) or quiet.begin_before(sooner + MARGIN))
    sooner = begin - MARGIN if begin else sooner
    morning = quiet and quiet.end_after(later + MARGIN)
    if latest is None or (morning or later) <= latest:
        choice = [later]
    else:  # late by a little, the next one before `later` would be too late for the window
        choice = [sooner, later] if later <= latest else [sooner]
    return next((at for at in choice if at >= earliest and _may_go(rules, standing, at, quiet)), None)


def _may_go(rules: WindowRules, standing: Standing, at: datetime, quiet: QuietHours | None) -> bool:
    return isinstance(may_bot_send(rules, standing, _STARTED, now=at, quiet=quiet), MayGo)
