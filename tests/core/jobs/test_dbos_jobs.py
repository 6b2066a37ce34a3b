import asyncio
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from core.errors import Unavailable
from core.jobs.dbos_jobs import DbosJobs
from core.ports import JobContext


async def body(context: JobContext, payload: Mapping[str, Any]) -> None:
    return None


async def test_an_engine_that_cannot_start_says_how_to_mend_it(tmp_path: Path) -> None:
    jobs = DbosJobs(url=f"sqlite:///{tmp_path}")
    with pytest.raises(Unavailable) as told:
        await jobs.launch()
    assert told.value.hint
    await jobs.close()
    fine = DbosJobs(url=f"sqlite:///{tmp_path / 'new' / 'jobs.db'}")
    await fine.launch()
    assert await fine.status("key") == "unknown"
    await fine.close()


async def test_before_launch_and_after_close_nothing_is_taken(tmp_path: Path) -> None:
    jobs = DbosJobs(url=f"sqlite:///{tmp_path / 'jobs.db'}")
    jobs.register("work", body)
    with pytest.raises(Unavailable):
        await jobs.submit("work", {}, "key")
    await jobs.launch()
    with pytest.raises(RuntimeError, match="before launch"):
        jobs.register("more", body)
    await jobs.close()
    await jobs.close()
    with pytest.raises(Unavailable):
        await jobs.submit("work", {}, "key")


async def test_closing_what_was_never_launched_is_harmless() -> None:
    await DbosJobs(url="sqlite:///nowhere.db").close()


async def test_the_file_is_in_the_mode_that_lets_readers_read(tmp_path: Path) -> None:
    path = tmp_path / "folder with space" / "jobs.db"
    jobs = DbosJobs(url=f"sqlite:///{path}")
    await jobs.launch()
    assert path.with_name("jobs.db-wal").exists()
    await jobs.close()


async def test_a_second_engine_in_the_same_process_is_refused(tmp_path: Path) -> None:
    first = DbosJobs(url=f"sqlite:///{tmp_path / 'one.db'}")
    second = DbosJobs(url=f"sqlite:///{tmp_path / 'two.db'}")
    await first.launch()
    with pytest.raises(RuntimeError, match="another engine"):
        await second.launch()
    await first.close()
    await second.launch()
    await second.close()


async def test_a_start_that_is_given_up_half_way_leaves_the_engine_free(tmp_path: Path) -> None:
    given_up = DbosJobs(url=f"sqlite:///{tmp_path / 'one.db'}")
    starting = asyncio.create_task(given_up.launch())
    await asyncio.sleep(0.05)
    starting.cancel()
    await asyncio.gather(starting, return_exceptions=True)
    await given_up.close()
    following = DbosJobs(url=f"sqlite:///{tmp_path / 'two.db'}")
    await following.launch()
    await following.close()
