"""Who wants to know that a conversation changed: open pages listen, the spine tells."""

import asyncio
import contextlib
from collections.abc import Iterator

from core.domain.ids import ConversationId

LONGEST_BACKLOG = 200
NO_CONVERSATION = ConversationId(0)


class Changes:
    """Lossy on purpose: a listener that lags re-reads the database, it never holds the spine up."""

    def __init__(self) -> None:
        self._listeners: set[asyncio.Queue[ConversationId]] = set()
        self.is_closed = False

    def tell(self, conversation_id: ConversationId) -> None:
        for listener in self._listeners:
            with contextlib.suppress(asyncio.QueueFull):
                listener.put_nowait(conversation_id)

    def close(self) -> None:
        """The server ends: who listens is woken once more, to see it and to leave."""
        self.is_closed = True
        for listener in self._listeners:
            with contextlib.suppress(asyncio.QueueFull):
                listener.put_nowait(NO_CONVERSATION)

    @contextlib.contextmanager
    def listen(self) -> Iterator[asyncio.Queue[ConversationId]]:
        queue: asyncio.Queue[ConversationId] = asyncio.Queue(LONGEST_BACKLOG)
        self._listeners.add(queue)
        try:
            yield queue
        finally:
            self._listeners.discard(queue)
