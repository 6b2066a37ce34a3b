"""One run of a job's body: the body lives on the application's loop, its steps are recorded in the engine's thread."""

import asyncio
import contextvars
import queue
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from concurrent.futures import CancelledError, Future
from dataclasses import dataclass
from threading import Lock
from typing import Any

from core.jobs.retry import as_json
from core.ports import JobBody

Record = Callable[[str, Callable[[], Any]], Any]
"""(name, work) -> what the work gave now, or what it gave when it was recorded."""
Finished = dict[tuple[int, str], Any]
"""Results by place and name: what a body that is run again need not do again."""


class Stopped(BaseException):
    """The process ends. No Exception, so that the engine records nothing and runs the job again at the next start."""


class AppLoop:
    """Runs coroutines of jobs on the application's loop for other threads, until it is closed."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.loop = loop
        self._running: set[Future[Any]] = set()
        self._lock = Lock()
        self._closed = False

    def start(self, work: Coroutine[Any, Any, Any]) -> Future[Any]:
        with self._lock:
            if self._closed:
                work.close()
                raise Stopped
            # An empty context: the engine's own variables must not leak into what the job starts.
            future = contextvars.Context().run(asyncio.run_coroutine_threadsafe, work, self.loop)
            self._running.add(future)
        future.add_done_callback(self._running.discard)
        return future

    def close(self) -> None:
        with self._lock:
            self._closed = True
            running = tuple(self._running)
        for future in running:
            future.cancel()


@dataclass(frozen=True, slots=True)
class _Step:
    name: str
    fn: Callable[[], Awaitable[Any]]
    done: asyncio.Future[Any]


class BodyRun:
    """Implements JobContext for one run."""

    def __init__(self, *, app: AppLoop, record: Record, finished: Finished) -> None:
        self._app = app
        self._record = record
        self._finished = finished
        self._count = 0
        self._asked: queue.SimpleQueue[_Step | None] = queue.SimpleQueue()

    def run(self, body: JobBody, payload: Mapping[str, Any]) -> None:
        """Block the engine's thread until the body is through. Raises what the body raised, or Stopped."""
        future = self._app.start(_call(body, self, payload))
        future.add_done_callback(lambda _: self._asked.put(None))
        while (step := self._asked.get()) is not None:
            self._take(step)
        _result(future)

    async def step(self, name: str, fn: Callable[[], Awaitable[Any]]) -> Any:
        step = _Step(name, fn, asyncio.get_running_loop().create_future())
        self._asked.put(step)
        return await step.done

    def _take(self, step: _Step) -> None:
        place = (self._count, step.name)
        self._count += 1
        try:
            if place not in self._finished:
                self._finished[place] = self._record(step.name, lambda: self._work(step))
        except Exception as error:
            self._app.loop.call_soon_threadsafe(_fail, step.done, error)
        else:
            self._app.loop.call_soon_threadsafe(_give, step.done, self._finished[place])

    def _work(self, step: _Step) -> Any:
        return as_json(_result(self._app.start(_await(step.fn))))


async def _call(body: JobBody, context: BodyRun, payload: Mapping[str, Any]) -> None:
    await body(context, payload)


async def _await(fn: Callable[[], Awaitable[Any]]) -> Any:
    return await fn()


def _result(future: Future[Any]) -> Any:
    try:
        return future.result()
    except CancelledError:
        raise Stopped from None


def _give(done: asyncio.Future[Any], result: Any) -> None:
    if not done.done():
        done.set_result(result)


def _fail(done: asyncio.Future[Any], error: Exception) -> None:
    if not done.done():
        done.set_exception(error)
