"""The one who writes to SQLite at a time: a thread for any work, the event loop itself for a few rows on a quick disk.
Units of work that wait together share one commit."""

import queue
import threading
from collections.abc import Callable, Sequence
from typing import TypeVar

import sqlalchemy as sa

from core.storage.units import LARGEST_GROUP, Unit, begin, commit_together, fail, resolve

T = TypeVar("T")

LARGEST_JOTTED = 16
QUICK = 0.004
"""Seconds: a commit that takes longer would hold up everything else on the event loop."""
_LEARNING = 0.1


class Writer:
    """`near` is a connection of the event loop's own that never waits for a lock."""

    def __init__(self, engine: sa.Engine, near: sa.Connection) -> None:
        self._engine = engine
        self._near = near
        self._queue: queue.SimpleQueue[Unit | None] = queue.SimpleQueue()
        self._jotted: list[Unit] = []
        self._usual = 0.0
        """Seconds that a commit takes these days."""
        self._closed = False
        self.commits = 0
        self._thread = threading.Thread(target=self._run, name="sqlite-writer", daemon=True)
        self._thread.start()

    async def write(self, work: Callable[[sa.Connection], T]) -> T:
        """In the thread."""
        unit = self._take(work)
        self._queue.put(unit)
        return await unit.future  # type: ignore[no-any-return]

    async def jot(self, work: Callable[[sa.Connection], T]) -> T:
        """A few rows, on the event loop, in one commit with all that is asked for in the same moment: the way to a
        thread and back takes longer than a quick disk needs. Where the disk is slow or locked, the thread does it."""
        unit = self._take(work)
        self._jotted.append(unit)
        if len(self._jotted) == 1:
            unit.loop.call_soon(self._commit_jotted)
        return await unit.future  # type: ignore[no-any-return]

    def close(self) -> None:
        """Finish what waits, then stop."""
        if not self._closed:
            self._closed = True
            for unit in self._jotted:
                self._queue.put(unit)
            self._jotted = []
            self._queue.put(None)
            self._thread.join()

    def _take(self, work: Callable[[sa.Connection], T]) -> Unit:
        if self._closed:
            raise RuntimeError("the database is closed")
        return Unit.build(work)

    def _commit_jotted(self) -> None:
        units, self._jotted = self._jotted[:LARGEST_JOTTED], self._jotted[LARGEST_JOTTED:]
        if self._jotted:
            units[0].loop.call_soon(self._commit_jotted)
        if self._usual < QUICK and self._begin_near():
            self._note(commit_together(self._near, units))
            resolve(units)
            return
        for unit in units:
            self._queue.put(unit)

    def _begin_near(self) -> bool:
        """False while somebody else is writing, or when nobody can: the thread waits for it, or says why not."""
        try:
            begin(self._near)
        except sa.exc.OperationalError:
            return False
        return True

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

    def _commit(self, conn: sa.Connection, units: Sequence[Unit]) -> None:
        try:
            begin(conn)
        except BaseException as error:
            fail(units, error)
        else:
            self._note(commit_together(conn, units))

    def _note(self, took: float | None) -> None:
        if took is not None:
            self.commits += 1
            self._usual += (took - self._usual) * _LEARNING


def _report(units: Sequence[Unit]) -> None:
    """One wake-up of each event loop for the whole group."""
    for loop in {id(unit.loop): unit.loop for unit in units}.values():
        mine = [unit for unit in units if unit.loop is loop]
        if not loop.is_closed():
            loop.call_soon_threadsafe(resolve, mine)
