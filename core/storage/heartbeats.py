"""Which processes work on one database: each has a name that nobody else has, and says that it lives.

A name outlasts its process: who starts next takes the name of one that is gone, and with it what that one left.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

import sqlalchemy as sa

from core.storage.database import insert_ignoring
from core.storage.leases import free_leases
from core.storage.tables import HeartbeatRow, table

_beats = table(HeartbeatRow)

DEAD_AFTER: Final = timedelta(seconds=15)
"""By the database's clock, so that the machines' own may differ."""


@dataclass(frozen=True, slots=True)
class Process:
    """`life` is one run of one process; `name` is where it stands among the others."""

    name: str
    life: str
    started_at: datetime
    seen_s: float
    """Seconds since it was last seen."""


def claim_name(conn: sa.Connection, life: str, *, gone: Collection[str] = ()) -> str:
    """The first name whose process is gone, else a new one. `gone` are lives that are known to have ended."""
    for row in _list_dead(conn, gone):
        if _take(conn, row.name, row.life, life):
            return str(row.name)
    number = 1
    while True:
        now = sa.func.now()
        values = {"name": f"seller-{number}", "life": life, "started_at": now, "seen_at": now}
        if conn.execute(insert_ignoring(conn, _beats).values(values).returning(_beats.c.name)).first():
            return f"seller-{number}"
        number += 1


def beat(conn: sa.Connection, life: str) -> bool:
    """False when the others took this life for ended."""
    mine = sa.update(_beats).where(_beats.c.life == life).values(seen_at=sa.func.now())
    return conn.execute(mine).rowcount > 0


def inherit_dead(conn: sa.Connection, heir: str, *, gone: Collection[str] = ()) -> list[str]:
    """Names of processes that are gone, held by `heir` from now on: nobody starts under them until `forget`."""
    return [row.name for row in _list_dead(conn, gone) if _take(conn, row.name, row.life, heir)]


def forget(conn: sa.Connection, heir: str) -> None:
    """What the names of `heir` left is taken care of."""
    conn.execute(sa.delete(_beats).where(_beats.c.life == heir))


def leave(conn: sa.Connection, life: str) -> None:
    """An end in order: the name counts as gone at once."""
    past = sa.func.now() - sa.literal(10 * DEAD_AFTER, sa.Interval)
    conn.execute(sa.update(_beats).where(_beats.c.life == life).values(seen_at=past))


def list_processes(conn: sa.Connection) -> Sequence[Process]:
    age = sa.extract("epoch", sa.func.now() - _beats.c.seen_at)
    rows = conn.execute(sa.select(_beats, age.label("age")).order_by(_beats.c.name))
    return [Process(row.name, row.life, row.started_at, float(row.age)) for row in rows]


def _list_dead(conn: sa.Connection, gone: Collection[str]) -> Sequence[Any]:
    limit: Any = sa.func.now() - sa.literal(DEAD_AFTER, sa.Interval)
    dead = sa.or_(_beats.c.life.in_(gone), _beats.c.seen_at < limit)
    return conn.execute(sa.select(_beats.c.name, _beats.c.life).where(dead).order_by(_beats.c.name)).all()


def _take(conn: sa.Connection, name: str, old: str, new: str) -> bool:
    """With the name the conversations are free that the old life held."""
    now = sa.func.now()
    same = sa.and_(_beats.c.name == name, _beats.c.life == old)
    if not conn.execute(sa.update(_beats).where(same).values(life=new, started_at=now, seen_at=now)).rowcount:
        return False
    free_leases(conn, old)
    return True
