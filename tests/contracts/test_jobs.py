"""What the job engine promises: the fake in memory, DBOS in a file, DBOS on PostgreSQL."""

import asyncio
import uuid
from collections.abc import AsyncIterator, Mapping
from contextlib import ExitStack
from datetime import datetime, timedelta
from typing import Any

import pytest
import pytest_asyncio

from core.ports import JobContext
from tests.contracts.jobs_rig import RETRY, Body, Rig, build_rig

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(loop_scope="module", scope="module", params=["memory", "sqlite", "postgresql"])
async def rig(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Rig]:
    with ExitStack() as stack:
        rig = build_rig(request.param, tmp_path_factory.mktemp("jobs"), stack)
        await rig.jobs.launch()
        yield rig
        await rig.jobs.close()


@pytest.fixture
def key() -> str:
    return f"test:{uuid.uuid4()}"


async def test_a_submitted_job_runs_once_with_its_payload(rig: Rig, key: str) -> None:
    seen: list[Mapping[str, Any]] = []

    async def body(context: JobContext, payload: Mapping[str, Any]) -> None:
        seen.append(payload)

    payload = rig.write(body)
    await rig.jobs.submit("play", payload, key)
    assert await rig.settle(key) == "done"
    await rig.let_pass(0.3)
    assert seen == [payload]


async def test_the_same_key_again_does_nothing(rig: Rig, key: str) -> None:
    runs: list[str] = []

    async def body(context: JobContext, payload: Mapping[str, Any]) -> None:
        runs.append(payload["body"])

    first, second = rig.write(body), rig.write(body)
    await rig.jobs.submit("play", first, key)
    await rig.jobs.submit("play", second, key)
    await rig.jobs.delay("play", second, key, rig.now() + timedelta(hours=1))
    assert await rig.settle(key) == "done"
    await rig.jobs.submit("play", second, key)
    await rig.let_pass(0.3)
    assert runs == [first["body"]]


async def test_a_body_runs_on_the_loop_of_the_application(rig: Rig, key: str) -> None:
    loops: list[asyncio.AbstractEventLoop] = []

    async def body(context: JobContext, payload: Mapping[str, Any]) -> None:
        async def step() -> None:
            loops.append(asyncio.get_running_loop())

        loops.append(asyncio.get_running_loop())
        await context.step("step", step)

    await rig.jobs.submit("play", rig.write(body), key)
    await rig.settle(key)
    assert loops == [asyncio.get_running_loop()] * 2


async def test_a_delayed_job_waits_for_its_time(rig: Rig, key: str) -> None:
    ran_at: list[datetime] = []

    async def body(context: JobContext, payload: Mapping[str, Any]) -> None:
        ran_at.append(rig.now())

    until = rig.now() + timedelta(seconds=1.3)
    await rig.jobs.delay("play", rig.write(body), key, until)
    await rig.let_pass(0.2)
    assert await rig.jobs.status(key) == "waiting"
    assert await rig.settle(key) == "done"
    assert until <= ran_at[0] < until + timedelta(seconds=5)


async def test_a_time_that_has_passed_means_now(rig: Rig, key: str) -> None:
    async def body(context: JobContext, payload: Mapping[str, Any]) -> None:
        return None

    await rig.jobs.delay("play", rig.write(body), key, rig.now() - timedelta(days=1))
    assert await rig.settle(key) == "done"


async def test_what_is_cancelled_in_time_never_fires(rig: Rig, key: str) -> None:
    runs: list[str] = []

    async def body(context: JobContext, payload: Mapping[str, Any]) -> None:
        runs.append(key)

    await rig.jobs.delay("play", rig.write(body), key, rig.now() + timedelta(seconds=0.4))
    await rig.jobs.cancel(key)
    assert await rig.jobs.status(key) == "cancelled"
    await rig.let_pass(2.2)
    assert runs == []
    await rig.jobs.submit("play", rig.write(body), key)
    await rig.let_pass(0.3)
    assert runs == []


async def test_cancelling_what_is_unknown_or_over_does_nothing(rig: Rig, key: str) -> None:
    async def body(context: JobContext, payload: Mapping[str, Any]) -> None:
        return None

    await rig.jobs.cancel(key)
    assert await rig.jobs.status(key) == "unknown"
    await rig.jobs.submit("play", rig.write(body), key)
    await rig.settle(key)
    await rig.jobs.cancel(key)
    assert await rig.jobs.status(key) == "done"


async def test_while_it_runs_it_says_so_and_cannot_be_cancelled(rig: Rig, key: str) -> None:
    words: list[str] = []

    async def body(context: JobContext, payload: Mapping[str, Any]) -> None:
        await rig.jobs.cancel(key)
        words.append(await rig.jobs.status(key))

    await rig.jobs.submit("play", rig.write(body), key)
    assert await rig.settle(key) == "done"
    assert words == ["running"]


async def test_a_job_may_ask_for_another(rig: Rig, key: str) -> None:
    runs: list[str] = []

    async def second(context: JobContext, payload: Mapping[str, Any]) -> None:
        runs.append("second")

    async def first(context: JobContext, payload: Mapping[str, Any]) -> None:
        runs.append("first")
        await rig.jobs.submit("play", rig.write(second), f"{key}:second")

    await rig.jobs.submit("play", rig.write(first), key)
    await rig.settle(key)
    await rig.settle(f"{key}:second")
    assert runs == ["first", "second"]


async def test_a_step_gives_what_a_later_run_will_read(rig: Rig, key: str) -> None:
    results: list[Any] = []

    async def body(context: JobContext, payload: Mapping[str, Any]) -> None:
        async def pair() -> dict[str, Any]:
            return {"pair": (1, "два"), "none": None}

        async def nothing() -> None:
            return None

        results.append(await context.step("pair", pair))
        results.append(await context.step("nothing", nothing))

    await rig.jobs.submit("play", rig.write(body), key)
    await rig.settle(key)
    assert results == [{"pair": [1, "два"], "none": None}, None]


async def test_a_failing_job_is_tried_again_from_where_it_failed(rig: Rig, key: str) -> None:
    runs: list[str] = []

    async def body(context: JobContext, payload: Mapping[str, Any]) -> None:
        async def step(word: str) -> str:
            runs.append(word)
            if word == "second" and runs.count("second") == 1:
                raise ConnectionError("not now")
            return word

        assert await context.step("first", lambda: step("first")) == "first"
        assert await context.step("second", lambda: step("second")) == "second"
        runs.append("end")

    await rig.jobs.submit("play", rig.write(body), key)
    assert await rig.settle(key) == "done"
    assert runs == ["first", "second", "second", "end"]


async def test_a_job_that_never_succeeds_is_failed_after_the_last_attempt(rig: Rig, key: str) -> None:
    runs: list[int] = []

    async def body(context: JobContext, payload: Mapping[str, Any]) -> None:
        runs.append(1)
        raise ConnectionError("never")

    await rig.jobs.submit("play", rig.write(body), key)
    assert await rig.settle(key) == "failed"
    assert len(runs) == RETRY.attempts


async def test_a_step_that_gives_no_json_fails_the_job(rig: Rig, key: str) -> None:
    async def body(context: JobContext, payload: Mapping[str, Any]) -> None:
        async def step() -> object:
            return object()

        await context.step("step", step)

    await rig.jobs.submit("play", rig.write(body), key)
    assert await rig.settle(key) == "failed"


async def test_a_payload_that_is_no_json_is_refused_at_once(rig: Rig, key: str) -> None:
    with pytest.raises(TypeError):
        await rig.jobs.submit("play", {"body": object()}, key)
    assert await rig.jobs.status(key) == "unknown"


async def test_jobs_at_the_same_time_keep_their_results_apart(rig: Rig, key: str) -> None:
    results: dict[int, list[int]] = {}

    def build(n: int) -> Body:
        async def body(context: JobContext, payload: Mapping[str, Any]) -> None:
            async def step(m: int) -> int:
                await asyncio.sleep(0.01)
                return 10 * n + m

            found = await asyncio.gather(*(context.step(f"step {m}", lambda m=m: step(m)) for m in range(3)))  # type: ignore[misc]
            results[n] = list(found)

        return body

    for n in range(6):
        await rig.jobs.submit("play", rig.write(build(n)), f"{key}:{n}")
    for n in range(6):
        assert await rig.settle(f"{key}:{n}") == "done"
    assert results == {n: [10 * n, 10 * n + 1, 10 * n + 2] for n in range(6)}
