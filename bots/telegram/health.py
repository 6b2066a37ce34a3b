"""What an error says about an account, and how to mend it."""

from datetime import datetime

from telegram.error import Conflict, InvalidToken

from bots.channel import AccountHealth, AccountState

TOKEN_HINT = "put the token that @BotFather shows into TELEGRAM_TOKEN and start again"
_POLLER_HINT = "another program takes this bot's messages: stop it, or give this one a bot of its own"
_WEBHOOK_HINT = "a webhook was set for this bot from elsewhere: stop that program, then start this one again"
_NETWORK_HINT = "check this machine's way to api.telegram.org (or TELEGRAM_BASE_URL); it is tried again by itself"


def diagnose(error: Exception, now: datetime) -> AccountHealth:
    match error:
        case InvalidToken():
            return AccountHealth(AccountState.UNAUTHORIZED, "Telegram does not know this token", TOKEN_HINT, now)
        case Conflict():
            by_webhook = "webhook" in str(error).lower()
            reason = "a webhook takes the messages" if by_webhook else "somebody else takes the messages"
            return AccountHealth(AccountState.CONFLICT, reason, _WEBHOOK_HINT if by_webhook else _POLLER_HINT, now)
    reason = f"Telegram cannot be reached ({type(error).__name__})"
    return AccountHealth(AccountState.UNREACHABLE, reason, _NETWORK_HINT, now)


def well(now: datetime) -> AccountHealth:
    return AccountHealth(AccountState.OK, "", "", now)


def connecting(now: datetime) -> AccountHealth:
    return AccountHealth(AccountState.STARTING, "connecting to Telegram", "", now)
