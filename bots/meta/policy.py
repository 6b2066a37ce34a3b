"""The messaging policy that Messenger and Instagram share. Each channel dates its own rules from it."""

from datetime import timedelta
from typing import Final

from core.domain.reply_window import PersonWindow, Window, WindowRules

_POLICY: Final = "developers.facebook.com/documentation/business-messaging/messenger-platform/policy"
_AS_OF: Final = "2026-11"


def build_window(private_replies: str) -> WindowRules:
    """`private_replies` is where the platform writes about its private replies to comments."""
    return WindowRules(
        bot_window=timedelta(hours=24),
        source=f"{_POLICY}: standard messaging window; echoes, receipts and comments do not open it",
        as_of=_AS_OF,
        ad=Window(
            lasts=timedelta(hours=72),
            source=f"{_POLICY}, 28 Sep 2026: after an ad's first message the window may last up to 7 days; how long is "
            "not promised, so that only the 24 hours are counted on",
            as_of=_AS_OF,
            is_granted=False,
        ),
        person=PersonWindow(
            lasts=timedelta(days=7),
            tag="HUMAN_AGENT",
            source=f"{_POLICY}, message tags: HUMAN_AGENT within 7 days, typed by a person, after App Review",
            as_of=_AS_OF,
        ),
        comment=Window(lasts=timedelta(days=7), source=private_replies, as_of=_AS_OF),
    )
