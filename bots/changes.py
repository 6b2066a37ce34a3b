"""Who wants to know that a conversation changed: open pages listen, the spine tells."""

import asyncio
import contextlib
from collections.abc import Iterator

from core.domain.ids import ConversationId

LONGEST_BACKLOG = 200


class Changes:
    """Lossy on purpose: a listener that lags re-reads the database, it never holds the spine up."""

    def __init__(self) -> None:
        self._listeners: set[asyncio.Queue[ConversationId]] = set()

    def tell(self, conversation_id: ConversationId) -> None:
        for listener in self._listeners:
            with contextlib.suppress(asyncio.QueueFull):
                listener.put_nowait(conversation_id)

    @contextlib.contextmanager
    def listen(self) -> Iterator[asyncio.Queue[ConversationId]]:
        queue: asyncio.Queue[ConversationId] = asyncio.Queue(LONGEST_BACKLOG)
        self._listeners.add(queue)
        try:
            yield queue
        finally:
            self._listeners.discard(queue)
