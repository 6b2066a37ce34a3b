"""What keeps an account connected: tried until it holds, reported on the board, stopped politely."""

import asyncio
from collections.abc import Coroutine, Sequence
from typing import Any, Protocol, TypeVar

import structlog
from telegram.error import InvalidToken, RetryAfter, TelegramError

from bots.channel import AccountHealth, HealthBoard
from bots.telegram.client import TelegramClient
from bots.telegram.health import connecting, diagnose, well
from bots.telegram.pacing import Sleep
from bots.telegram.reception import Reception
from bots.telegram.refusals import wait_of
from bots.telegram.retry import Backoff
from core.ports import Clock

log = structlog.get_logger()

_T = TypeVar("_T")


class Way(Protocol):
    """How updates come: by asking for them or by a webhook."""

    async def connect(self) -> None:
        """Make the platform send them this way."""
        ...

    async def wait(self) -> Sequence[Any]:
        """For the next ones. May be given up at any moment without loss."""
        ...

    async def take(self, updates: Sequence[Any]) -> AccountHealth | None:
        """Store what came; None = all is well. Never given up half-way."""
        ...


class Link:
    """Runs until `stop`, or until the platform rejects the token: then this account rests and the program lives on."""

    def __init__(
        self,
        *,
        way: Way,
        client: TelegramClient,
        reception: Reception,
        health: HealthBoard,
        clock: Clock,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self._way = way
        self._client = client
        self._reception = reception
        self._health = health
        self._clock = clock
        self._sleep = sleep
        self._backoff = Backoff()
        self._stopping = asyncio.Event()
        self._failures = 0
        self._connected = False

    async def run(self) -> None:
        """Never raises, except when cancelled."""
        self._report(connecting(self._clock.now()))
        while not self._stopping.is_set():
            try:
                await self._round()
            except InvalidToken as error:
                self._report(diagnose(error, self._clock.now()))
                return
            except RetryAfter as error:
                await self._rest(error)
            except TelegramError as error:
                self._report(diagnose(error, self._clock.now()))
                await self._rest(error)
            except Exception as error:
                # The type alone: texts of errors may quote what a person wrote.
                log.error("telegram.round_failed", account=self._reception.account, error=type(error).__name__)
                await self._rest(error)

    async def stop(self) -> None:
        """What is being stored is finished first; a waiting call is given up."""
        self._stopping.set()

    async def _round(self) -> None:
        if not self._connected:
            await self._unless_stopped(self._connect())
            return
        updates = await self._unless_stopped(self._way.wait())
        if updates is not None:
            self._succeed(await self._way.take(updates))

    async def _connect(self) -> None:
        me = await self._client.get_me()
        self._reception.username = me.username
        await self._way.connect()
        self._connected = True
        log.info("telegram.connected", account=self._reception.account, username=me.username)
        self._succeed(None)

    def _succeed(self, health: AccountHealth | None) -> None:
        self._failures = 0
        self._report(health or well(self._clock.now()))

    def _report(self, health: AccountHealth) -> None:
        account = self._reception.account
        if health.hint and self._health.state(account) is not health.state:
            log.error(
                "telegram.account_down",
                account=account,
                state=health.state.value,
                reason=health.reason,
                hint=health.hint,
            )
        self._health.report(account, health)

    async def _rest(self, error: Exception) -> None:
        self._failures += 1
        pause = self._backoff.pause(self._failures)
        if isinstance(error, RetryAfter):
            pause = max(pause, wait_of(error).total_seconds())
        await self._unless_stopped(_awaited(self._sleep, pause))

    async def _unless_stopped(self, work: Coroutine[Any, Any, _T]) -> _T | None:
        """The result, or None when `stop` came first."""
        task, stopped = asyncio.ensure_future(work), asyncio.ensure_future(self._stopping.wait())
        try:
            await asyncio.wait({task, stopped}, return_when=asyncio.FIRST_COMPLETED)
            return task.result() if task.done() else None
        finally:
            for each in (task, stopped):
                each.cancel()
            await asyncio.gather(task, stopped, return_exceptions=True)


async def _awaited(sleep: Sleep, seconds: float) -> None:
    await sleep(seconds)
