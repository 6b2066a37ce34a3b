"""One shape for every job engine, so that a test need not know how time passes in it."""

import asyncio
import uuid
from collections.abc import Awaitable, Callable, Mapping
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from core.clock import ManualClock
from core.jobs.dbos_jobs import DbosJobs
from core.jobs.memory import MemoryJobs
from core.jobs.retry import Retry
from core.ports import JobContext, Jobs
from tests.servers import fresh_postgres

RETRY = Retry(attempts=3, pause=timedelta(seconds=0.05), growth=2)
SETTLED = {"done", "failed", "cancelled"}
Body = Callable[[JobContext, Mapping[str, Any]], Awaitable[None]]


class Rig:
    """One engine for all tests of its kind: `play` is a registered job that runs what a test wrote."""

    def __init__(self, jobs: Jobs, clock: ManualClock | None = None) -> None:
        self.jobs = jobs
        self._clock = clock
        self.bodies: dict[str, Body] = {}
        jobs.register("play", self._play)

    def now(self) -> datetime:
        return self._clock.now() if self._clock else datetime.now(UTC)

    def write(self, body: Body) -> dict[str, Any]:
        """The payload under which `play` runs this body."""
        name = uuid.uuid4().hex
        self.bodies[name] = body
        return {"body": name, "customer": "Олена 🌻", "numbers": [1, 2.5, None]}

    async def settle(self, key: str) -> str:
        """Let time pass until the job has come to its end."""
        async with asyncio.timeout(50):
            while (word := await self.jobs.status(key)) not in SETTLED:
                await self.let_pass(0.03)
        return word

    async def let_pass(self, seconds: float) -> None:
        if isinstance(self.jobs, MemoryJobs) and self._clock:
            self._clock.advance(timedelta(seconds=seconds))
            await self.jobs.run_due()
        else:
            await asyncio.sleep(seconds)

    async def _play(self, context: JobContext, payload: Mapping[str, Any]) -> None:
        await self.bodies[payload["body"]](context, payload)


def build_dbos(url: str) -> DbosJobs:
    return DbosJobs(url=url, retry=RETRY, poll=timedelta(seconds=0.05))


def build_rig(kind: str, folder: Path, stack: ExitStack) -> Rig:
    if kind == "memory":
        clock = ManualClock()
        return Rig(MemoryJobs(clock=clock, retry=RETRY), clock)
    return Rig(build_dbos(engine_url(kind, folder, stack)))


def engine_url(kind: str, folder: Path, stack: ExitStack) -> str:
    return f"sqlite:///{folder / 'jobs.db'}" if kind == "sqlite" else stack.enter_context(fresh_postgres())
