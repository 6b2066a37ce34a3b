"""What an answer of the Bot API means for one send: the error table as data."""

from datetime import timedelta

import httpx
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from core.domain.sending import Refused, Scope, Unknown

_SOON = timedelta(seconds=5)
_LATER = timedelta(seconds=60)

# The request never left this machine, so trying again cannot show a message twice.
_NOT_WRITTEN = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
)

# Words of a 400 (lower case), what they mean, and whether somebody should look at it.
_BAD_REQUESTS: tuple[tuple[str, str, Scope, bool], ...] = (
    ("chat not found", "chat_not_found", Scope.MESSAGE, False),
    ("peer_id_invalid", "chat_not_found", Scope.MESSAGE, False),
    ("not enough rights", "no_rights", Scope.CHAT, False),
    ("have no rights", "no_rights", Scope.CHAT, False),
    ("group chat was deactivated", "chat_deactivated", Scope.CHAT, False),
    ("business_connection", "business_connection_closed", Scope.CHAT, False),
    ("business connection", "business_connection_closed", Scope.CHAT, False),
    ("business_peer", "business_chat_closed", Scope.CHAT, False),
    ("voice_messages_forbidden", "voice_forbidden", Scope.MESSAGE, False),
    ("to be replied not found", "message_not_found", Scope.MESSAGE, False),
    ("to edit not found", "message_not_found", Scope.MESSAGE, False),
    ("file identifier", "wrong_file", Scope.MESSAGE, False),
    ("file_id", "wrong_file", Scope.MESSAGE, False),
    ("http url", "wrong_file", Scope.MESSAGE, False),
    ("web page content", "wrong_file", Scope.MESSAGE, False),
    ("file is too big", "file_too_big", Scope.MESSAGE, False),
    ("can't parse", "bad_markup", Scope.MESSAGE, True),
    ("is too long", "too_long", Scope.MESSAGE, True),
    ("text is empty", "empty", Scope.MESSAGE, True),
    ("button", "bad_button", Scope.MESSAGE, True),
    ("markup", "bad_button", Scope.MESSAGE, True),
)

_FORBIDDEN: tuple[tuple[str, str], ...] = (
    ("blocked", "blocked"),
    ("deactivated", "deactivated"),
    ("kicked", "kicked"),
    ("can't initiate", "never_started"),
    ("not a member", "kicked"),
)


def judge(error: TelegramError) -> Refused | Unknown:
    """Refused when it surely was not delivered, Unknown when nobody can say."""
    match error:
        case RetryAfter():
            return Refused("too_many_requests", Scope.CHAT, retry_after=wait_of(error))
        case ChatMigrated():
            return Refused("migrated", Scope.CHAT, retry_after=timedelta(), new_chat=str(error.new_chat_id))
        case Conflict():
            return Refused("conflict", Scope.CHANNEL, retry_after=_SOON)
        case Forbidden() | InvalidToken() | BadRequest() if error.__cause__ is not None:
            # Not JSON, so not the platform's own word: something between us and it said no.
            return Refused("foreign_answer", Scope.CHANNEL, retry_after=_LATER)
        case Forbidden():
            return Refused(_first(_FORBIDDEN, str(error), "forbidden"), Scope.CHAT)
        case InvalidToken():
            return Refused("token_rejected", Scope.CHANNEL, retry_after=_LATER, alert=True)
        case BadRequest():
            return _judge_bad_request(str(error).lower())
        case NetworkError():
            return _judge_network(error)
    return Unknown(f"unreadable answer: {type(error).__name__}")


def wait_of(error: RetryAfter) -> timedelta:
    wait = error.retry_after
    return wait if isinstance(wait, timedelta) else timedelta(seconds=wait)


def _judge_bad_request(words: str) -> Refused:
    for part, reason, scope, alert in _BAD_REQUESTS:
        if part in words:
            return Refused(reason, scope, alert=alert)
    return Refused("bad_request", alert=True)


def _judge_network(error: NetworkError) -> Refused | Unknown:
    cause, words = error.__cause__, str(error).lower()
    if isinstance(cause, _NOT_WRITTEN):
        return Refused("not_connected", Scope.CHANNEL, retry_after=_SOON)
    if "too many requests" in words:
        return Refused("too_many_requests", Scope.CHAT, retry_after=_SOON)
    if "too large" in words or "(413)" in words:
        return Refused("too_large", alert=True)
    if isinstance(cause, httpx.HTTPError):
        return Unknown(f"no answer: {type(cause).__name__}")
    return Unknown("the platform failed after it had the request")


def _first(table: tuple[tuple[str, str], ...], words: str, otherwise: str) -> str:
    return next((reason for part, reason in table if part in words.lower()), otherwise)
