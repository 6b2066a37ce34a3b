"""A process of its own for the crash test: submits one job, works on it and writes down what it does.

Arguments: the address of the engine's database, the file to write to, `wait` to stand still in the second step, and the
name of the process.
"""

import asyncio
import sys
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

from core.jobs.dbos_jobs import DbosJobs
from core.ports import JobContext


async def work(url: str, notes: Path, wait: bool, executor: str) -> None:
    jobs = DbosJobs(url=url, executor=executor, poll=timedelta(seconds=0.05))
    done = asyncio.Event()

    def note(word: str) -> None:
        with notes.open("a") as file:
            file.write(f"{word}\n")

    async def first() -> dict[str, int]:
        note("first")
        return {"answer": 42}

    async def second() -> None:
        note("second")
        if wait:
            await asyncio.sleep(60)

    async def body(context: JobContext, payload: Mapping[str, Any]) -> None:
        result = await context.step("first", first)
        await context.step("second", second)
        note(f"end {payload['name']} {result['answer']}")
        done.set()

    jobs.register("work", body)
    await jobs.launch()
    await jobs.submit("work", {"name": "Олена"}, "key")
    await done.wait()
    while await jobs.status("key") != "done":  # noqa: ASYNC110 - the engine says it in its database
        await asyncio.sleep(0.02)
    await jobs.close()


if __name__ == "__main__":
    asyncio.run(work(sys.argv[1], Path(sys.argv[2]), "wait" in sys.argv[3:], sys.argv[4] if sys.argv[4:] else "crash"))
