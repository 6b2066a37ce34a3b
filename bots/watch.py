"""Looks every few seconds whether the servers that we lean on answer, and says so on the health board."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from typing import Final

import structlog

from bots.channel import AccountHealth, AccountState, HealthBoard
from bots.net import stop
from core.errors import SellerError
from core.ports import Clock

log = structlog.get_logger()

EVERY: Final = timedelta(seconds=10)
LONGEST_S: Final = 5.0

Probe = Callable[[], Awaitable[object]]
"""Raises SellerError, saying what is wrong and how to mend it."""


class Watch:
    """Implements Service. Nothing stops because of what it finds: each part has its own way to go on without."""

    def __init__(
        self, *, health: HealthBoard, probes: Mapping[str, Probe], clock: Clock, every: timedelta | None = None
    ) -> None:
        self._health = health
        self._probes = probes
        self._clock = clock
        self._every = every or EVERY
        self._tasks: list[asyncio.Task[None]] = []

    async def start(self) -> None:
        for name in self._probes:
            self._health.parts[name] = self._state(AccountState.STARTING)
        self._tasks = [asyncio.create_task(self._keep_looking())] if self._probes else []

    async def stop(self) -> None:
        await stop(self._tasks)

    async def look(self) -> None:
        await asyncio.gather(*(self._ask(name, probe) for name, probe in self._probes.items()))

    async def _keep_looking(self) -> None:
        while True:
            await self.look()
            await asyncio.sleep(self._every.total_seconds())

    async def _ask(self, name: str, probe: Probe) -> None:
        try:
            async with asyncio.timeout(LONGEST_S):
                await probe()
            found = self._state(AccountState.OK)
        except SellerError as error:
            found = self._state(AccountState.AWAY, f"{error.where}: {error.what}", error.hint)
        except TimeoutError:
            found = self._state(AccountState.AWAY, "no answer in time", "look whether the server is overloaded")
        before = self._health.parts[name]
        if found.state is before.state and found.reason == before.reason:
            return
        self._health.parts[name] = found
        if found.state is AccountState.AWAY:
            log.warning("part.away", part=name, reason=found.reason, hint=found.hint)
        elif before.state is AccountState.AWAY:
            log.info("part.back", part=name)

    def _state(self, state: AccountState, reason: str = "", hint: str = "") -> AccountHealth:
        return AccountHealth(state, reason, hint, self._clock.now())
