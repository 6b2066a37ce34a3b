"""Units of work that share one commit on SQLite, each in a savepoint of its own, so that none fails its neighbours."""

import asyncio
import sqlite3
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

LARGEST_GROUP = 64


@dataclass(slots=True)
class Unit:
    work: Callable[[sa.Connection], Any]
    loop: asyncio.AbstractEventLoop
    future: asyncio.Future[Any]
    result: Any = None
    error: BaseException | None = None

    @classmethod
    def build(cls, work: Callable[[sa.Connection], Any]) -> "Unit":
        """On the running loop, which is told the result."""
        loop = asyncio.get_running_loop()
        return cls(work, loop, loop.create_future())


def begin(conn: sa.Connection) -> None:
    """Take the file's one write lock at once, instead of in the middle of the work."""
    driver: Any = conn.connection.dbapi_connection
    try:
        driver.execute("BEGIN IMMEDIATE")
    except sqlite3.Error as error:
        raise sa.exc.DBAPIError.instance("BEGIN IMMEDIATE", (), error, sqlite3.Error) from error


def commit_together(conn: sa.Connection, units: Sequence[Unit]) -> float | None:
    """Run the units in the transaction that was begun, and end it. Gives the seconds of the commit, None without one.
    Never raises: what went wrong is said to each unit."""
    try:
        for unit in units:
            _attempt(conn, unit, alone=len(units) == 1)
        if len(units) == 1 and units[0].error:
            conn.exec_driver_sql("ROLLBACK")
            return None
        began = time.perf_counter()
        conn.exec_driver_sql("COMMIT")
        return time.perf_counter() - began
    except BaseException as error:
        fail(units, error)
        _roll_back(conn)
        return None


def _attempt(conn: sa.Connection, unit: Unit, *, alone: bool) -> None:
    driver: Any = conn.connection.dbapi_connection
    if not alone:
        driver.execute("SAVEPOINT unit")
    try:
        unit.result = unit.work(conn)
    except Exception as error:
        unit.error = error
        if not driver.in_transaction:
            raise  # SQLite gave up the whole group, as it does when the disk is full
        if not alone:
            driver.execute("ROLLBACK TO unit")
    if not alone:
        driver.execute("RELEASE unit")


def fail(units: Sequence[Unit], error: BaseException) -> None:
    for unit in units:
        unit.error = error


def _roll_back(conn: sa.Connection) -> None:
    try:
        conn.exec_driver_sql("ROLLBACK")
    except sa.exc.DBAPIError:
        return  # SQLite had already rolled back


def resolve(units: Sequence[Unit]) -> None:
    """Tell those who wait; on their loop."""
    for unit in units:
        if unit.future.cancelled():
            continue
        if unit.error:
            unit.future.set_exception(unit.error)
        else:
            unit.future.set_result(unit.result)
