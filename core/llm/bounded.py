"""An answer that never ends must not fill the memory: its body is cut at a size that no real one has."""

from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import httpx2

LARGEST_BYTES = 2_000_000


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
