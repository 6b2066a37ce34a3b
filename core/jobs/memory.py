"""Jobs on the event loop, for tests: nothing fires by itself, `run_due` runs what the clock has reached."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from core.ports import Clock, JobBody


class MemoryContext:
    async def step(self, name: str, fn: Callable[[], Awaitable[Any]]) -> Any:
        return await fn()


@dataclass(slots=True)
class _Job:
    name: str
    payload: Mapping[str, Any]
    until: datetime
    status: str = "waiting"


class MemoryJobs:
    def __init__(self, *, clock: Clock) -> None:
        self._clock = clock
        self._bodies: dict[str, JobBody] = {}
        self._jobs: dict[str, _Job] = {}

    def register(self, name: str, fn: JobBody) -> None:
        self._bodies[name] = fn

    async def launch(self) -> None:
        return None

    async def close(self) -> None:
        return None

    async def submit(self, name: str, payload: Mapping[str, Any], key: str) -> None:
        await self.delay(name, payload, key, self._clock.now())

    async def delay(self, name: str, payload: Mapping[str, Any], key: str, until: datetime) -> None:
        self._jobs.setdefault(key, _Job(name, payload, until))

    async def cancel(self, key: str) -> None:
        if key in self._jobs and self._jobs[key].status == "waiting":
            self._jobs[key].status = "cancelled"

    async def status(self, key: str) -> str:
        return self._jobs[key].status if key in self._jobs else "unknown"

    async def run_due(self) -> int:
        """Give how many ran."""
        due = [job for job in self._jobs.values() if job.status == "waiting" and job.until <= self._clock.now()]
        for job in due:
            job.status = "running"
            try:
                await self._bodies[job.name](MemoryContext(), job.payload)
                job.status = "done"
            except Exception:
                job.status = "failed"
        return len(due)
