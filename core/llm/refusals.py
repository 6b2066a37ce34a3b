"""From an answer or an exception of an SDK to one of our failures. No word of a server's text gets through."""

import math
from collections.abc import Mapping

from core.ports import Failure, LanguageModelFailed

LONGEST_WAIT = 600.0
"""Seconds that a server can make us wait by asking for it."""

_KINDS: Mapping[int, Failure] = {
    400: Failure.UNFIT, 413: Failure.UNFIT, 422: Failure.UNFIT,
    401: Failure.REFUSED, 402: Failure.REFUSED, 403: Failure.REFUSED, 404: Failure.REFUSED,
    408: Failure.SLOW, 409: Failure.BUSY, 429: Failure.BUSY, 503: Failure.BUSY, 529: Failure.BUSY,
}  # fmt: skip


def refused(status: int, headers: Mapping[str, str]) -> LanguageModelFailed:
    kind = _KINDS.get(status, Failure.BROKEN)
    return LanguageModelFailed(f"the model's server answered {status}", kind=kind, retry_after=_wait(headers))


def cut(error: BaseException, *, is_late: bool) -> LanguageModelFailed:
    """The connection failed. When it never stood, nothing was asked and nothing costs."""
    causes = {type(cause).__name__ for cause in (error.__cause__, error.__context__) if cause}
    never_stood = bool(causes & {"ConnectError", "ConnectTimeout", "UnsupportedProtocol", "ProxyError", "PoolTimeout"})
    kind = Failure.SLOW if is_late and not never_stood else Failure.BROKEN
    what = "there was no answer in time" if is_late else "the connection broke"
    return LanguageModelFailed(
        "the model's server cannot be reached" if never_stood else what, kind=kind, may_cost=not never_stood
    )


def late(seconds: float, kind: Failure = Failure.SLOW) -> LanguageModelFailed:
    return LanguageModelFailed(f"no answer within {seconds:.1f} s", kind=kind, may_cost=True)


def unreadable(error: Exception) -> LanguageModelFailed:
    what = f"the answer cannot be read ({type(error).__name__})"
    return LanguageModelFailed(what, kind=Failure.UNUSABLE, may_cost=True)


def _wait(headers: Mapping[str, str]) -> float | None:
    try:
        seconds = float(headers.get("retry-after", ""))
    except ValueError:
        return None
    return min(seconds, LONGEST_WAIT) if math.isfinite(seconds) and seconds > 0 else None
