"""Jobs on the event loop, for tests: nothing fires by itself, `run_due` runs what the clock has reached."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from core.jobs.retry import Retry, as_json
from core.ports import Clock, JobBody


@dataclass(slots=True)
class _Job:
    name: str
    payload: Mapping[str, Any]
    until: datetime
    status: str = "waiting"
    failures: int = 0
    finished: dict[tuple[int, str], Any] = field(default_factory=dict)


class MemoryContext:
    def __init__(self, finished: dict[tuple[int, str], Any]) -> None:
        self._finished = finished
        self._count = 0

    async def step(self, name: str, fn: Callable[[], Awaitable[Any]]) -> Any:
        place = (self._count, name)
        self._count += 1
        if place not in self._finished:
            self._finished[place] = as_json(await fn())
        return self._finished[place]


class MemoryJobs:
    def __init__(self, *, clock: Clock, retry: Retry = Retry()) -> None:  # noqa: B008 - frozen
        self._clock = clock
        self._retry = retry
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
        self._jobs.setdefault(key, _Job(name, as_json(dict(payload)), until))

    async def cancel(self, key: str) -> None:
        if key in self._jobs and self._jobs[key].status == "waiting":
            self._jobs[key].status = "cancelled"

    async def take_up(self, names: Sequence[str]) -> None:
        """Nobody else has any."""
        return None

    async def status(self, key: str) -> str:
        return self._jobs[key].status if key in self._jobs else "unknown"

    async def run_due(self) -> int:
        """Give how many ran."""
        due = [job for job in self._jobs.values() if job.status == "waiting" and job.until <= self._clock.now()]
        for job in due:
            job.status = "running"
            try:
                await self._bodies[job.name](MemoryContext(job.finished), job.payload)
                job.status = "done"
            except Exception:
                self._plan_retry(job)
        return len(due)

    def _plan_retry(self, job: _Job) -> None:
        job.failures += 1
        pause = self._retry.pause_after(job.failures)
        if pause is None:
            job.status = "failed"
        else:
            job.status, job.until = "waiting", self._clock.now() + pause
