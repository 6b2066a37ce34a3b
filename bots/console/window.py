"""A terminal has no rules."""

from typing import Final

from core.domain.reply_window import WindowRules

WINDOW: Final = WindowRules(bot_window=None, source="a terminal has no rules", as_of="2026-11")
