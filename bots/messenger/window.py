"""When Messenger lets a page write, by whom and under which tag."""

from typing import Final

from bots.meta.policy import build_window

WINDOW: Final = build_window(
    "developers.facebook.com/docs/messenger-platform/discovery/private-replies: one within 7 days"
)
