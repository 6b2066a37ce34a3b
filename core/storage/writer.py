"""The one thread that writes to SQLite: units of work that wait together share one commit."""

import asyncio
import queue
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import sqlalchemy as sa

T = TypeVar("T")

LARGEST_GROUP = 64


@dataclass(slots=True)
class _Unit:
    work: Callable[[sa.Connection], Any]
    loop: asyncio.AbstractEventLoop
    future: asyncio.Future[Any]
    result: Any = None
    error: BaseException | None = None


class Writer:
    """Runs each unit of work in its own savepoint of a shared IMMEDIATE transaction."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine
        self._queue: queue.SimpleQueue[_Unit | None] = queue.SimpleQueue()
        self._closed = False
        self.commits = 0
        self._thread = threading.Thread(target=self._run, name="sqlite-writer", daemon=True)
        self._thread.start()

    async def write(self, work: Callable[[sa.Connection], T]) -> T:
        if self._closed:
            raise RuntimeError("the database is closed")
        loop = asyncio.get_running_loop()
        future: asyncio.Future[T] = loop.create_future()
        self._queue.put(_Unit(work, loop, future))
        return await future

    def close(self) -> None:
        """Finish what waits, then stop."""
        if not self._closed:
            self._closed = True
            self._queue.put(None)
            self._thread.join()

    def _run(self) -> None:
        with self._engine.connect().execution_options(isolation_level="AUTOCOMMIT") as conn:
            while (unit := self._queue.get()) is not None:
                units = [unit]
                while len(units) < LARGEST_GROUP and not self._queue.empty():
                    if (unit := self._queue.get()) is None:
                        self._queue.put(None)
                        break
                    units.append(unit)
                self._commit(conn, units)
                _report(units)

    def _commit(self, conn: sa.Connection, units: Sequence[_Unit]) -> None:
        try:
            conn.exec_driver_sql("BEGIN IMMEDIATE")
            for unit in units:
                _attempt(conn, unit, alone=len(units) == 1)
            if len(units) == 1 and units[0].error:
                conn.exec_driver_sql("ROLLBACK")
            else:
                conn.exec_driver_sql("COMMIT")
                self.commits += 1
        except BaseException as error:
            for unit in units:
                unit.error = error
            _roll_back(conn)


def _attempt(conn: sa.Connection, unit: _Unit, *, alone: bool) -> None:
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


def _roll_back(conn: sa.Connection) -> None:
    try:
        conn.exec_driver_sql("ROLLBACK")
    except sa.exc.DBAPIError:
        return  # SQLite had already rolled back


def _report(units: Sequence[_Unit]) -> None:
    """One wake-up of each event loop for the whole group."""
    for loop in {id(unit.loop): unit.loop for unit in units}.values():
        mine = [unit for unit in units if unit.loop is loop]
        if not loop.is_closed():
            loop.call_soon_threadsafe(_resolve, mine)


def _resolve(units: Sequence[_Unit]) -> None:
    for unit in units:
        if unit.future.cancelled():
            continue
        if unit.error:
            unit.future.set_exception(unit.error)
        else:
            unit.future.set_result(unit.result)
