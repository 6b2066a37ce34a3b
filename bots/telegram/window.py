"""When Telegram lets a bot write. How fast is not asked here: `pacing` waits for that."""

from datetime import timedelta
from typing import Final

from bots.telegram.address import read_address
from core.domain.reply_window import WindowRules

CHAT: Final = WindowRules(
    bot_window=None,
    source="core.telegram.org/bots/api: a bot may write to whoever wrote to it first, until they block it",
    as_of="2026-11",
)

BUSINESS: Final = WindowRules(
    bot_window=timedelta(hours=24),
    source="core.telegram.org/bots/api, BusinessBotRights.can_reply: chats with incoming messages in the last 24 hours",
    as_of="2026-11",
)
"""On behalf of a business account."""


def rules_for(chat: str) -> WindowRules:
    try:
        return BUSINESS if read_address(chat).business else CHAT
    except ValueError:  # sending says what is wrong with it
        return CHAT
