from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from core.clock import ManualClock
from core.jobs.memory import MemoryJobs
from core.ports import JobContext


async def test_nothing_runs_before_it_is_told_and_due() -> None:
    clock, runs = ManualClock(), []
    jobs = MemoryJobs(clock=clock)

    async def body(context: JobContext, payload: Mapping[str, Any]) -> None:
        runs.append(payload["n"])

    jobs.register("work", body)
    await jobs.submit("work", {"n": 1}, "now")
    await jobs.delay("work", {"n": 2}, "later", clock.now() + timedelta(hours=1))
    assert runs == []
    assert await jobs.run_due() == 1
    clock.advance(timedelta(hours=1))
    assert await jobs.run_due() == 1
    assert await jobs.run_due() == 0
    assert runs == [1, 2]
