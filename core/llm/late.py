"""A connection that is made when it is first needed: the SDKs take a second to import."""

import asyncio
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Late(Generic[T]):
    """Built in a thread, once, however many ask."""

    def __init__(self, build: Callable[[], T]) -> None:
        self._build = build
        self._built: T | None = None
        self._building = asyncio.Lock()

    async def get(self) -> T:
        async with self._building:
            if self._built is None:
                self._built = await asyncio.to_thread(self._build)
            return self._built

    @property
    def built(self) -> T | None:
        return self._built
