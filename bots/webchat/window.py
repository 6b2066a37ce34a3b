"""When the firm's own page lets us write: as long as the visitor can come back to the talk."""

from datetime import timedelta
from typing import Final

from core.domain.reply_window import WindowRules

WINDOW: Final = WindowRules(
    bot_window=timedelta(days=30), source="our own page: a visitor's cookie lives a month", as_of="2026-11"
)
