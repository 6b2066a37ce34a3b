"""Jobs on DBOS, in a file of its own beside the database or in a schema of its own on PostgreSQL."""

import asyncio
import contextlib
import functools
import logging
import sqlite3
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import unquote

import structlog

from core.errors import Unavailable
from core.jobs.body_run import AppLoop, BodyRun, Finished, Stopped
from core.jobs.retry import Retry, as_json
from core.ports import JobBody

T = TypeVar("T")
log = structlog.get_logger()

QUEUE = "jobs"
VERSION = "1"
"""Fixed, so that a new release goes on with the jobs of the one before it."""

_WORDS = {
    "DELAYED": "waiting",
    "ENQUEUED": "waiting",
    "PENDING": "running",
    "SUCCESS": "done",
    "ERROR": "failed",
    "MAX_RECOVERY_ATTEMPTS_EXCEEDED": "failed",
    "CANCELLED": "cancelled",
}


class DbosJobs:
    """Implements Jobs. One at a time in a process. `executor` names it: stable over restarts, since a process takes up
    again what a process of the same name left, and unique among those that run at the same time.

    Bodies run on the loop that called `launch`; times go by the machine's clock. Raises Unavailable when the engine
    cannot start.
    """

    _engine = threading.Lock()
    """DBOS is one for the whole process."""

    def __init__(
        self,
        *,
        url: str,
        executor: str = "seller",
        retry: Retry = Retry(),  # noqa: B008 - frozen
        at_once: int = 4,
        poll: timedelta = timedelta(seconds=1),
    ) -> None:
        self._url = url
        self._executor = executor
        self._retry = retry
        self._at_once = at_once
        self._poll = poll
        self._bodies: dict[str, JobBody] = {}
        self._app: AppLoop | None = None
        self._is_running = False
        self._starting: asyncio.Future[None] | None = None
        self._closing = threading.Event()
        self._threads = ThreadPoolExecutor(2, thread_name_prefix="jobs")

    def register(self, name: str, fn: JobBody) -> None:
        if self._app:
            raise RuntimeError("jobs are registered before launch")
        self._bodies[name] = fn

    async def launch(self) -> None:
        """Take up what the last process left, then whatever falls due."""
        if self._app:
            raise RuntimeError("the jobs were launched already")
        if not self._engine.acquire(blocking=False):
            raise RuntimeError("another engine runs in this process; close it first")
        self._app = AppLoop(asyncio.get_running_loop())
        start = functools.partial(self._launch, self._app)
        self._starting = asyncio.get_running_loop().run_in_executor(self._threads, start)
        try:
            await asyncio.shield(self._starting)
        except Exception as error:
            self._starting = None
            await self._in_thread(self._destroy)
            raise Unavailable(
                f"the job engine cannot start: {type(error).__name__}",
                where="jobs",
                hint="follow-ups wait meanwhile; check the data folder or DATABASE_URL, then start again",
            ) from error
        self._is_running = True

    async def close(self) -> None:
        """Running bodies are cancelled and taken up again at the next start."""
        if self._closing.is_set():
            return
        self._closing.set()
        if self._app:
            self._app.close()
        if self._starting:
            # A start that was given up half-way goes on in its thread, and holds the engine when it is through.
            await asyncio.wait({self._starting})
            self._starting, self._is_running = None, False
            await self._in_thread(self._destroy)
        self._threads.shutdown(wait=False)

    async def submit(self, name: str, payload: Mapping[str, Any], key: str) -> None:
        await self._run(functools.partial(self._enqueue, name, payload, key, None))

    async def delay(self, name: str, payload: Mapping[str, Any], key: str, until: datetime) -> None:
        await self._run(functools.partial(self._enqueue, name, payload, key, until))

    async def cancel(self, key: str) -> None:
        """What waits never runs; what runs already is left to finish."""
        await self._run(functools.partial(_cancel, key))

    async def take_up(self, names: Sequence[str]) -> None:
        await self._run(functools.partial(_take_up, list(names)))

    async def status(self, key: str) -> str:
        return await self._run(functools.partial(_status, key))

    async def _run(self, work: Callable[[], T]) -> T:
        if not self._is_running:
            raise Unavailable("the job engine does not run", where="jobs", hint="launch it first")
        return await self._in_thread(work)

    async def _in_thread(self, work: Callable[[], T]) -> T:
        """In one of ours: DBOS blocks, and in the caller's context it would take the call for a step."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, work)

    def _launch(self, app: AppLoop) -> None:
        logger = logging.getLogger("dbos")
        if not logger.handlers:
            logger.addHandler(logging.NullHandler())  # keeps it from printing by itself; records go on to the root
        from dbos import DBOS, DBOSConfig, DBOSPortableJSONSerializer

        if self._url.startswith("sqlite"):
            _prepare_file(self._url)
        for name, body in self._bodies.items():
            DBOS.workflow(name=name)(self._workflow(app, name, body))
        config: DBOSConfig = {
            "name": "seller",
            "system_database_url": self._url,
            "executor_id": self._executor,
            "application_version": VERSION,
            "log_level": "WARNING",
            "serializer": DBOSPortableJSONSerializer(),  # no pickles: what lies in a database is data
        }
        DBOS(config=config)
        DBOS.launch()
        seconds = self._poll.total_seconds()
        DBOS.register_queue(
            QUEUE, worker_concurrency=self._at_once, polling_interval_sec=seconds, on_conflict="always_update"
        )

    def _destroy(self) -> None:
        from dbos import DBOS

        DBOS.destroy(destroy_registry=True)
        self._engine.release()

    def _workflow(self, app: AppLoop, name: str, body: JobBody) -> Callable[[dict[str, Any]], None]:
        def run(payload: dict[str, Any]) -> None:
            finished: Finished = {}
            failures = 0
            while True:
                try:
                    return BodyRun(app=app, record=_record, finished=finished).run(body, payload)
                except Exception as error:
                    failures += 1
                    pause = self._retry.pause_after(failures)
                    if pause is None:
                        log.error("job.failed", job=name, exc_info=error)
                        raise
                    log.warning("job.tried_again", job=name, failures=failures, error=repr(error))
                if self._closing.wait(pause.total_seconds()):
                    raise Stopped

        return run

    def _enqueue(self, name: str, payload: Mapping[str, Any], key: str, until: datetime | None) -> None:
        from dbos import DBOS, EnqueueOptions

        options: EnqueueOptions = {
            "workflow_name": name,
            "queue_name": QUEUE,
            "workflow_id": key,
            "app_version": VERSION,
        }
        wait = until.timestamp() - time.time() if until else 0
        if wait > 0:
            options["delay_seconds"] = wait + 0.001  # DBOS cuts to milliseconds, and early is worse than late
        DBOS.enqueue_workflow_with_options(options, as_json(dict(payload)))


def _record(name: str, work: Callable[[], Any]) -> Any:
    from dbos import DBOS

    return DBOS.run_step({"name": name}, work)


def _cancel(key: str) -> None:
    from dbos import DBOS

    if _status(key) == "waiting":
        DBOS.cancel_workflow(key)


def _take_up(names: list[str]) -> None:
    """Each goes back to the queue, where exactly one process takes it; asking twice does no harm."""
    from dbos import DBOS

    DBOS._recover_pending_workflows(names)


def _status(key: str) -> str:
    from dbos import DBOS

    found = DBOS.get_workflow_status(key)
    return _WORDS[found.status] if found else "unknown"


def _prepare_file(url: str) -> None:
    """WAL before the engine opens the file: it keeps the mode it finds, and without it every write blocks readers."""
    path = Path(unquote(url.partition("///")[2].partition("?")[0]))
    path.parent.mkdir(parents=True, exist_ok=True)
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
