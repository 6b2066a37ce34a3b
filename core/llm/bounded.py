"""Bounds of a house that misbehaves: an answer without end fills no memory, and one that is away holds up no turn."""

from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import httpx2

LARGEST_BYTES = 2_000_000
CONNECT_S = 1.5
"""A server that does not even take the connection is given up so early that the next rung is still quick."""


async def bound(response: "httpx2.Response") -> None:
    """A response hook of httpx2: runs when the head is there and the body is not."""
    from httpx2 import AsyncByteStream, ReadError

    class Bounded(AsyncByteStream):
        def __init__(self, inner: AsyncByteStream) -> None:
            self._inner = inner

        async def __aiter__(self) -> AsyncIterator[bytes]:
            size = 0
            async for part in self._inner:
                size += len(part)
                if size > LARGEST_BYTES:
                    raise ReadError(f"the answer is longer than {LARGEST_BYTES} bytes", request=response.request)
                yield part

        async def aclose(self) -> None:
            await self._inner.aclose()

    stream = response.stream
    if isinstance(stream, AsyncByteStream):
        response.stream = Bounded(stream)
