"""What a restart keeps: only an engine that lasts can show it, and each test has one of its own."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from core.ports import JobContext
from tests.contracts.jobs_rig import Body, Rig, build_dbos, engine_url


@pytest.fixture(params=["sqlite", "postgresql"])
def lasting(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an engine that lasts, for one test alone."""
    with ExitStack() as stack:
        yield engine_url(request.param, tmp_path, stack)


async def test_after_a_kill_the_finished_step_is_not_done_again(lasting: str, tmp_path: Path) -> None:
    notes = tmp_path / "notes.txt"
    command = [sys.executable, "-m", "tests.contracts.jobs_process", lasting, str(notes)]
    process = await asyncio.create_subprocess_exec(*command, "wait", stderr=subprocess.PIPE)
    async with asyncio.timeout(50):
        while not notes.exists() or "second" not in notes.read_text():  # noqa: ASYNC110 - another process writes
            await asyncio.sleep(0.02)
    os.kill(process.pid, signal.SIGKILL)
    await process.communicate()

    again = await asyncio.create_subprocess_exec(*command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    async with asyncio.timeout(50):
        printed, _ = await again.communicate()
    assert notes.read_text().splitlines() == ["first", "second", "second", "end Олена 42"]
    assert (again.returncode, printed) == (0, b"")


async def launch(url: str, body: Body) -> Rig:
    rig = Rig(build_dbos(url))
    rig.bodies["body"] = body
    await rig.jobs.launch()
    return rig


async def test_what_close_interrupts_goes_on_at_the_next_start(lasting: str) -> None:
    runs: list[str] = []
    inside = asyncio.Event()
    pauses = [60, 0]

    async def step(word: str, pause: int) -> None:
        runs.append(word)
        inside.set()
        await asyncio.sleep(pause)

    async def body(context: JobContext, payload: Mapping[str, Any]) -> None:
        await context.step("first", lambda: step("first", 0))
        await context.step("second", lambda: step("second", pauses.pop(0)))

    rig = await launch(lasting, body)
    await rig.jobs.submit("play", {"body": "body"}, "key")
    async with asyncio.timeout(50):
        while "second" not in runs:
            inside.clear()
            await inside.wait()
    await rig.jobs.close()
    rig = await launch(lasting, body)
    assert await rig.settle("key") == "done"
    await rig.jobs.close()
    assert runs == ["first", "second", "second"]


async def test_a_job_that_falls_due_while_nobody_runs_runs_at_the_next_start(lasting: str) -> None:
    runs: list[str] = []

    async def body(context: JobContext, payload: Mapping[str, Any]) -> None:
        runs.append("late")

    rig = await launch(lasting, body)
    await rig.jobs.delay("play", {"body": "body"}, "key", rig.now() + timedelta(seconds=0.3))
    await rig.jobs.close()
    await asyncio.sleep(0.3)
    assert runs == []
    rig = await launch(lasting, body)
    assert await rig.settle("key") == "done"
    await rig.jobs.close()
    assert runs == ["late"]
