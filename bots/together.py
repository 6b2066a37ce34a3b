"""Those who come in the same moment, or while a write is on its way, share the next one."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

T = TypeVar("T")
R = TypeVar("R")

MOST = 64
"""So many share one write at most."""


class Together(Generic[T, R]):
    """`write` takes things and gives a result for each, in order. One that makes the write of many fail fails alone."""

    def __init__(self, write: Callable[[Sequence[T]], Awaitable[Sequence[R]]]) -> None:
        self._write = write
        self._waiting: list[tuple[Sequence[T], asyncio.Future[Sequence[R]]]] = []
        self._writing: asyncio.Task[None] | None = None

    async def add(self, things: Sequence[T]) -> Sequence[R]:
        """Raises what `write` raised for these things."""
        shared: asyncio.Future[Sequence[R]] = asyncio.get_running_loop().create_future()
        self._waiting.append((things, shared))
        if self._writing is None:
            self._writing = asyncio.create_task(self._write_what_waits())
        return await shared

    async def _write_what_waits(self) -> None:
        while self._waiting:
            batch, self._waiting = self._waiting[:MOST], self._waiting[MOST:]
            if len(batch) == 1 or not await self._write_all(batch):
                for things, shared in batch:
                    await self._write_one(things, shared)
        self._writing = None

    async def _write_all(self, batch: Sequence[tuple[Sequence[T], "asyncio.Future[Sequence[R]]"]]) -> bool:
        try:
            results = await self._write([thing for things, _ in batch for thing in things])
        except Exception:
            return False
        begin = 0
        for things, shared in batch:
            if not shared.done():
                shared.set_result(results[begin : begin + len(things)])
            begin += len(things)
        return True

    async def _write_one(self, things: Sequence[T], shared: "asyncio.Future[Sequence[R]]") -> None:
        try:
            result = await self._write(things)
        except Exception as error:
            if not shared.done():
                shared.set_exception(error)
        else:
            if not shared.done():
                shared.set_result(result)
