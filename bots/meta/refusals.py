"""What an answer of the Graph API means for one send: sent, refused, or nobody can say."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

import httpx

from bots.meta.error_table import Verdict, find_row
from core.domain.sending import Refused, Scope, SendResult, Sent, Unknown

_SOON: Final = timedelta(seconds=5)
_SLOWER: Final = timedelta(seconds=60)
_LATER: Final = timedelta(minutes=5)

# The request never left this machine, so trying again cannot show a message twice.
_NOT_WRITTEN: Final = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
)


def judge_answer(status: int, body: Any) -> SendResult:
    """`body` is the parsed JSON, None when it was none."""
    if not isinstance(body, Mapping):
        return _judge_foreign(status)
    error = body.get("error")
    if isinstance(error, Mapping):
        return _judge_error(error)
    message_id = body.get("message_id")
    if status < 300 and message_id:
        told = [str(body.get(name) or "") or None for name in ("recipient_id", "attachment_id")]
        return Sent(str(message_id), *told)
    return Unknown(f"an answer without message_id ({status})")


def judge_failure(error: httpx.HTTPError) -> Refused | Unknown:
    """A call that brought no answer."""
    if isinstance(error, _NOT_WRITTEN):
        return Refused("not_connected", Scope.CHANNEL, retry_after=_SOON)
    return Unknown(f"no answer: {type(error).__name__}")


def _judge_foreign(status: int) -> Refused | Unknown:
    """Not JSON, so not the platform's own word. Before it reached the platform a 4xx is certain, a 5xx is not."""
    if 400 <= status < 500:
        return Refused("foreign_answer", Scope.CHANNEL, retry_after=_SLOWER)
    return Unknown(f"the platform failed after it had the request ({status})")


def _judge_error(error: Mapping[str, Any]) -> Refused | Unknown:
    code, subcode = _number(error.get("code")), _number(error.get("error_subcode"))
    row = find_row(code, subcode) if code is not None else None
    if row is None:
        return _judge_unlisted(error, code)
    match row.verdict:
        case Verdict.RETRY:
            return Refused(row.reason, retry_after=_SOON)
        case Verdict.RATE:
            return Refused(row.reason, Scope.CHAT, retry_after=_SLOWER)
        case Verdict.MESSAGE | Verdict.WINDOW:
            return Refused(row.reason, alert=row.reason == "bad_request")
        case Verdict.CHAT | Verdict.THREAD:
            return Refused(row.reason, Scope.CHAT)
        case Verdict.TOKEN | Verdict.RESTRICTED:
            return Refused(row.reason, Scope.CHANNEL, retry_after=_LATER, alert=True)
        case Verdict.DELIVERED:
            return Unknown(row.reason)


def _judge_unlisted(error: Mapping[str, Any], code: int | None) -> Refused | Unknown:
    """A code of next year: transient by its own word, or final for this message."""
    if error.get("is_transient") is True:
        return Refused("temporary", retry_after=_SOON)
    return Refused(f"unlisted_{code}" if code is not None else "unlisted", alert=True)


def _number(value: Any) -> int | None:
    try:
        return int(value)
    except (TypeError, ValueError):
        return None
