"""This process's place among those that share its database: a name, a heartbeat, and an eye on the dead."""

import contextlib
import os
import socket
import uuid
from collections.abc import Collection, Sequence
from datetime import timedelta
from typing import Final

import structlog

from core.errors import SellerError
from core.ports import Jobs
from core.storage.database import Database
from core.storage.heartbeats import DEAD_AFTER, Process, beat, claim_name, forget, inherit_dead, leave, list_processes

log = structlog.get_logger()

BEAT: Final = timedelta(seconds=3)


class Membership:
    """`life` is this run of this process, `name` what its jobs stand under."""

    def __init__(self, *, database: Database, life: str | None = None) -> None:
        self._database = database
        self.has_lost_its_jobs = False
        self.life = life or f"{_home()}:{os.getpid()}:{uuid.uuid4().hex[:8]}"
        self.name = ""
        self.seen: Sequence[Process] = ()
        """All processes as of the last beat."""

    async def join(self) -> None:
        known = await self._database.read(list_processes)
        gone = [process.life for process in known if _has_ended(process.life)]
        self.name = await self._database.write(lambda conn: claim_name(conn, self.life, gone=gone))
        self.seen = await self._database.read(list_processes)
        log.info("process.joined", name=self.name, others=len(known) - len(gone))

    async def beat(self, jobs: Jobs) -> None:
        """Say that we live; take up what those left who do not say so any more."""
        if not await self._database.write(lambda conn: beat(conn, self.life)):
            await self._come_back(jobs)
        self.seen = await self._database.read(list_processes)
        gone = [process.life for process in self.seen if self._is_gone(process)]
        if gone:
            await self._inherit(gone, jobs)

    async def _inherit(self, gone: Collection[str], jobs: Jobs) -> None:
        """Should we die before `forget`, the names are dead once more and another takes them."""
        heir = f"{self.life}:heir"
        dead = await self._database.write(lambda conn: inherit_dead(conn, heir, gone=gone))
        log.warning("process.died", names=dead)
        try:
            await jobs.take_up(dead)
        except SellerError as error:
            log.warning("process.jobs_not_taken_up", names=dead, error=error.what)
            return
        await self._database.write(lambda conn: forget(conn, heir))

    def _is_gone(self, process: Process) -> bool:
        if process.life == self.life:
            return False
        return process.seen_s > DEAD_AFTER.total_seconds() or _has_ended(process.life)

    async def leave(self) -> None:
        await self._database.write(lambda conn: leave(conn, self.life))

    async def _come_back(self, jobs: Jobs) -> None:
        """We were silent for so long that somebody has our jobs. Ours end; talks go on, their leases are fenced."""
        self.has_lost_its_jobs = True
        log.error("process.taken_for_dead", name=self.name, hint="restart it; was the machine asleep or overloaded?")
        await jobs.close()
        self.name = await self._database.write(lambda conn: claim_name(conn, self.life))


def _home() -> str:
    """The machine and, for containers that share its name, the space in which process numbers count."""
    space = ""
    with contextlib.suppress(OSError):
        space = os.readlink("/proc/self/ns/pid").strip("pid:[]")
    return f"{socket.gethostname()}/{space}".replace(":", "-")


def _has_ended(life: str) -> bool:
    """Known for sure only of processes of this machine."""
    home, _, rest = life.partition(":")
    number = rest.partition(":")[0]
    if home != _home() or not number.isdecimal():
        return False
    if int(number) == os.getpid():
        return True
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return True
    except (OSError, OverflowError):
        return False
    return False
