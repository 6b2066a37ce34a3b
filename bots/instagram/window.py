"""When Instagram lets an account write, by whom and under which tag; the same for both flavours."""

from typing import Final

from bots.meta.policy import build_window

WINDOW: Final = build_window(
    "developers.facebook.com/docs/instagram-platform/private-replies: one for each comment, within 7 days"
)
