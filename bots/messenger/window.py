"""When Messenger lets a page write, by whom and under which tag."""

from datetime import timedelta
from typing import Final

from core.domain.reply_window import PersonWindow, Window, WindowRules

_POLICY: Final = "developers.facebook.com/documentation/business-messaging/messenger-platform/policy"

WINDOW: Final = WindowRules(
    bot_window=timedelta(hours=24),
    source=f"{_POLICY}: standard messaging window; echoes, receipts and comments do not open it",
    as_of="2026-11",
    ad=Window(
        lasts=timedelta(hours=72),
        source=f"{_POLICY}, 28 Sep 2026: after an ad's first message the window may last up to 7 days; how long is not "
        "promised, so that only the 24 hours are counted on",
        as_of="2026-11",
        is_granted=False,
    ),
    person=PersonWindow(
        lasts=timedelta(days=7),
        tag="HUMAN_AGENT",
        source=f"{_POLICY}, message tags: HUMAN_AGENT within 7 days, typed by a person, after App Review",
        as_of="2026-11",
    ),
    comment=Window(
        lasts=timedelta(days=7),
        source="developers.facebook.com/docs/messenger-platform/discovery/private-replies: one within 7 days",
        as_of="2026-11",
    ),
)
