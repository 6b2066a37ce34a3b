"""Looks after the accounts while the program runs: once for all processes, by durable jobs; known to each of them."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final

import sqlalchemy as sa
import structlog

from bots.caretaker import Caretaker, Checkup, Finding
from bots.channel import AccountHealth, AccountState, HealthBoard
from bots.net import stop
from bots.silence import LOOKED_AT, judge_silence
from core.domain.turn import JobRequest
from core.errors import SellerError
from core.ports import Clock, JobContext, Jobs
from core.storage.account_care import Known, list_arrivals, list_known, note
from core.storage.database import Database
from core.storage.jobs import ask_for_jobs, is_current, planned_at

log = structlog.get_logger()

CHECK: Final = "check_account"
EVERY: Final = timedelta(seconds=15)
"""How soon each process knows what one of them has found."""
WELL: Final = timedelta(hours=6)
ILL: Final = timedelta(minutes=10)
"""Whoever mends something sees it well again without a restart."""
OVERDUE: Final = timedelta(minutes=15)
"""A check that is so late was lost with whoever should have made it."""
_LOUD: Final = frozenset({AccountState.UNAUTHORIZED, AccountState.RESTRICTED})


class Upkeep:
    """Implements Service. Wired before the jobs are launched. Accounts whose caretaker has no mark look after
    themselves: of them only silence is looked for."""

    def __init__(
        self,
        *,
        database: Database,
        jobs: Jobs,
        health: HealthBoard,
        caretakers: Sequence[Caretaker],
        clock: Clock,
        every: timedelta = EVERY,
    ) -> None:
        self._database = database
        self._health = health
        self._clock = clock
        self._every = every
        self._caretakers: dict[str, Caretaker] = {
            caretaker.account: caretaker for caretaker in caretakers if caretaker.mark
        }
        self._others = [caretaker.account for caretaker in caretakers if not caretaker.mark]
        self._listened_at: datetime | None = None
        self._alarmed: dict[str, datetime] = {}
        """Accounts that a send found ill, until a look that is younger has told."""
        self._wanted: set[str] = set()
        self._wake = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []
        jobs.register(CHECK, self.run)
        health.listeners.append(self._hear)
        for account in self._caretakers:
            health.report(account, AccountHealth(AccountState.STARTING, "", "", clock.now()))

    async def start(self) -> None:
        """Shows what is known from before at once."""
        if self._caretakers or self._others:
            await self.round()
            self._tasks = [asyncio.create_task(self._keep_looking(), name="upkeep")]

    async def stop(self) -> None:
        await stop(self._tasks)

    async def round(self) -> None:
        """Plan the looks that are missing or wanted, and show what the last ones found."""
        wanted, self._wanted = self._wanted, set()
        known = await self._database.read(list_known)
        now = self._clock.now()
        for account, caretaker in self._caretakers.items():
            told = known.get(account)
            mine = told if told and told.token == caretaker.mark else None
            if mine is None or account in wanted or await self._is_overdue(account, now):
                await self._database.write(lambda conn, a=account: self._plan(conn, a, timedelta()))  # type: ignore[misc]
            self._show(account, caretaker, mine)
        if self._listened_at is None or now - self._listened_at >= ILL:
            self._listened_at = now
            for account in self._others:
                await self._listen(account, now)

    async def run(self, context: JobContext, payload: Mapping[str, Any]) -> None:
        """The job: look at one account, mend what may be mended, keep what was found, and plan the next look."""
        account, run_at = str(payload["account"]), datetime.fromisoformat(payload["run_at"])
        caretaker = self._caretakers.get(account)
        current = await self._database.read(lambda conn: is_current(conn, payload["request_id"], run_at))
        if caretaker is None or not current:
            return
        checkup = await self._check(caretaker)
        now = self._clock.now()
        health = checkup.health(now)
        found = Known(account, caretaker.mark or "", health.state.value, health.reason, health.hint, now, now)
        is_new = await self._database.write(lambda conn: self._keep(conn, found, ILL if _is_ill(health) else WELL))
        if is_new:
            tell = log.info if checkup.is_well else log.error
            tell("account.state", account=account, state=found.state, reason=found.reason, hint=found.hint)
        self._wake.set()

    async def _check(self, caretaker: Caretaker) -> Checkup:
        checkup = await caretaker.check()
        if any(finding.state is AccountState.DEAF for finding in checkup.findings) and await caretaker.mend():
            log.warning("account.subscribed_again", account=caretaker.account)
            checkup = await caretaker.check()
        silence = await self._find_silence(caretaker.account, self._clock.now())
        return replace(checkup, findings=(*checkup.findings, silence)) if silence else checkup

    async def _find_silence(self, account: str, now: datetime) -> Finding | None:
        arrivals = await self._database.read(lambda conn: list_arrivals(conn, account, now - LOOKED_AT))
        return judge_silence(arrivals, now)

    async def _listen(self, account: str, now: datetime) -> None:
        """What such an account reports of itself stays; only "well" is not true while nothing comes."""
        silence, was_silent = await self._find_silence(account, now), account in self._health.silent
        if silence and not was_silent:
            log.error("account.silent", account=account, reason=silence.what, hint=silence.hint)
            self._health.silent[account] = AccountHealth(silence.state, silence.what, silence.hint, now)
        elif was_silent and not silence:
            del self._health.silent[account]
        if bool(silence) != was_silent and self._health.state(account) in (AccountState.OK, AccountState.DEAF):
            self._health.report(account, AccountHealth(AccountState.OK, "", "", now))

    def _keep(self, conn: sa.Connection, found: Known, after: timedelta) -> bool:
        self._plan(conn, found.account, after)
        return note(conn, found)

    def _plan(self, conn: sa.Connection, account: str, after: timedelta) -> None:
        request = JobRequest(CHECK, _key(account), {"account": account}, after)
        ask_for_jobs(conn, None, [request], self._clock.now())

    async def _is_overdue(self, account: str, now: datetime) -> bool:
        planned = await self._database.read(lambda conn: planned_at(conn, _key(account)))
        return planned is None or planned < now - OVERDUE

    def _show(self, account: str, caretaker: Caretaker, known: Known | None) -> None:
        """What this process noticed itself comes on top of what the platform says."""
        alarmed = self._alarmed.get(account)
        if alarmed and known and known.checked_at and known.checked_at > alarmed:
            del self._alarmed[account]
            alarmed = None
        if known is None or alarmed:
            return
        health = AccountHealth(AccountState(known.state), known.reason, known.hint, known.since)
        if health.state is AccountState.OK and (noticed := caretaker.look()):
            health = Checkup(tuple(noticed)).health(self._clock.now())
        shown = self._health.accounts.get(account)
        if shown is None or (shown.state, shown.reason) != (health.state, health.reason):
            self._health.report(account, health)
            self._alarmed.pop(account, None)

    def _hear(self, account: str, health: AccountHealth) -> None:
        """Somebody was refused: look at once instead of tomorrow."""
        if account in self._caretakers and health.state in _LOUD:
            self._alarmed[account] = self._clock.now()
            self._wanted.add(account)
            self._wake.set()

    async def _keep_looking(self) -> None:
        while True:
            try:
                async with asyncio.timeout(self._every.total_seconds()):
                    await self._wake.wait()
            except TimeoutError:
                pass
            self._wake.clear()
            try:
                await self.round()
            except SellerError as error:
                log.warning("upkeep.round_failed", reason=error.what, hint=error.hint)
            except Exception:
                log.exception("upkeep.round_failed")


def _is_ill(health: AccountHealth) -> bool:
    return health.state not in (AccountState.OK, AccountState.EXPIRING)


def _key(account: str) -> str:
    return f"{CHECK}:{account}"
