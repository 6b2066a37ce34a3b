"""What the platform says of an account that is looked at, and how to mend it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from bots.channel import AccountHealth, AccountState
from bots.meta.error_table import Verdict, find_row

_TOKEN_HINT: Final = "make a new token for this account, put it into the settings and start again"
_SETTINGS_HINT: Final = "look at the application's review and permissions, and at the account's access to messages"
_NETWORK_HINT: Final = "check this machine's way to the Graph API; it is tried again by itself"


def judge_probe(status: int | None, body: Any, now: datetime) -> AccountHealth:
    """`status` None = no answer, `body` then says why."""
    if status is None:
        return AccountHealth(AccountState.UNREACHABLE, f"the platform cannot be reached ({body})", _NETWORK_HINT, now)
    error = body.get("error") if isinstance(body, Mapping) else None
    if status < 300 and error is None:
        return AccountHealth(AccountState.OK, "", "", now)
    code, subcode = _codes(error)
    row = find_row(code, subcode) if code is not None else None
    if row and row.verdict is Verdict.TOKEN:
        return AccountHealth(AccountState.UNAUTHORIZED, f"the token is rejected ({code})", _TOKEN_HINT, now)
    if row and row.verdict is Verdict.RESTRICTED:
        return AccountHealth(AccountState.RESTRICTED, f"{row.reason} ({code})", _SETTINGS_HINT, now)
    return AccountHealth(AccountState.UNREACHABLE, f"the platform answered {status}", _NETWORK_HINT, now)


def _codes(error: Any) -> tuple[int | None, int | None]:
    if not isinstance(error, Mapping):
        return None, None
    code, subcode = error.get("code"), error.get("error_subcode")
    return (code if isinstance(code, int) else None, subcode if isinstance(subcode, int) else None)
