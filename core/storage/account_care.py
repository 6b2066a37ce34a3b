"""How each account was when it was last looked at, for all processes on one database; and what was set up there."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from core.domain.messages import InboundKind
from core.storage.database import insert_ignoring
from core.storage.tables import AccountCareRow, InboxRow, table

_care = table(AccountCareRow)
_inbox = table(InboxRow)

_NEWEST_ROWS = 20_000
"""As far back as arrivals are looked through."""


@dataclass(frozen=True, slots=True)
class Known:
    """`token` is the fingerprint of the one that was looked at; `since` when this state began."""

    account: str
    token: str
    state: str
    reason: str
    hint: str
    since: datetime
    checked_at: datetime | None


def list_known(conn: sa.Connection) -> dict[str, Known]:
    columns = [_care.c[name] for name in ("account_id", "token", "state", "reason", "hint", "since", "checked_at")]
    return {row.account_id: Known(*row) for row in conn.execute(sa.select(*columns))}


def note(conn: sa.Connection, known: Known) -> bool:
    """Keep what was found; True when the state is another one than before. A state that stays keeps its beginning."""
    mine = _care.c.account_id == known.account
    before = conn.execute(sa.select(_care.c.state, _care.c.token).where(mine)).first()
    is_new = before is None or (before.state, before.token) != (known.state, known.token)
    _begin(conn, known.account, known.since)
    told = {name: getattr(known, name) for name in ("token", "state", "reason", "hint", "checked_at")}
    conn.execute(sa.update(_care).where(mine).values(**told, **({"since": known.since} if is_new else {})))
    return is_new


def read_marks(conn: sa.Connection, account: str) -> Mapping[str, str]:
    found = conn.execute(sa.select(_care.c.marks).where(_care.c.account_id == account)).scalar()
    return dict(found or {})


def keep_marks(conn: sa.Connection, account: str, marks: Mapping[str, str], now: datetime) -> None:
    _begin(conn, account, now)
    conn.execute(sa.update(_care).where(_care.c.account_id == account).values(marks=dict(marks)))


def list_arrivals(conn: sa.Connection, account: str, since: datetime) -> list[datetime]:
    """When something came in, oldest first; our own timers did not. Looks through the newest rows only."""
    newest = conn.execute(sa.select(sa.func.max(_inbox.c.id))).scalar() or 0
    ours = _inbox.c.kind == InboundKind.FOLLOW_UP.value
    mine = (_inbox.c.id > newest - _NEWEST_ROWS, _inbox.c.account_id == account, _inbox.c.received_at >= since, ~ours)
    return list(conn.execute(sa.select(_inbox.c.received_at).where(*mine).order_by(_inbox.c.id)).scalars())


def _begin(conn: sa.Connection, account: str, now: datetime) -> None:
    empty = {"account_id": account, "token": "", "state": "starting", "reason": "", "hint": "", "since": now}
    conn.execute(insert_ignoring(conn, _care).values(empty))
