"""Other processes on the same database: told of mail and of changes, and heard."""

import asyncio
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final, Protocol, TypeVar

import structlog

from bots.changes import Changes
from bots.dispatch import Dispatcher, Work
from core.domain.ids import ConversationId
from core.errors import SellerError
from core.storage.notices import Notices

T = TypeVar("T")

log = structlog.get_logger()

AT_ONCE: Final = 200
"""Conversations in one note."""
AGAIN_AFTER_S: Final = 1.0


class Listener(Protocol):
    def hear_mail(self, conversation_id: ConversationId, quiet: timedelta) -> None:
        """Another process stored a message and means to take it up after `quiet`."""
        ...

    def hear_change(self, conversation_id: ConversationId) -> None: ...


@dataclass(slots=True)
class _Untold:
    mail: dict[ConversationId, float] = field(default_factory=dict)
    changed: dict[ConversationId, None] = field(default_factory=dict)


class Peers:
    """Notes leave together: what happens while one is on its way shares the next."""

    def __init__(self, *, notices: Notices, life: str) -> None:
        self._notices = notices
        self._life = life
        self._untold = _Untold()
        self._something = asyncio.Event()
        self.is_listening = asyncio.Event()
        self.heard = 0

    def tell_mail(self, conversation_id: ConversationId, quiet: timedelta) -> None:
        self._untold.mail[conversation_id] = quiet.total_seconds()
        self._something.set()

    def tell_change(self, conversation_id: ConversationId) -> None:
        self._untold.changed[conversation_id] = None
        self._something.set()

    async def keep_telling(self) -> None:
        """What cannot be told is dropped: the others find it by looking."""
        while True:
            await self._something.wait()
            self._something.clear()
            untold, self._untold = self._untold, _Untold()
            try:
                await self._notices.send(list(_notes(self._life, untold)))
            except (SellerError, OSError) as error:
                log.warning("peers.not_told", error=str(error))
                await asyncio.sleep(AGAIN_AFTER_S)

    async def keep_listening(self, listener: Listener) -> None:
        while True:
            try:
                async with self._notices.listen() as notes:
                    self.is_listening.set()
                    async for note in notes:
                        self._read(note, listener)
            except OSError as error:
                log.warning("peers.not_heard", error=str(error))
            self.is_listening.clear()
            await asyncio.sleep(AGAIN_AFTER_S)

    def _read(self, note: str, listener: Listener) -> None:
        said = json.loads(note)
        if said["by"] == self._life:
            return
        self.heard += 1
        for conversation_id, quiet in said.get("mail", ()):
            listener.hear_mail(ConversationId(conversation_id), timedelta(seconds=quiet))
        for conversation_id in said.get("changed", ()):
            listener.hear_change(ConversationId(conversation_id))


class SharedChanges(Changes):
    """Open pages of every process learn of it."""

    def __init__(self, tell_others: Callable[[ConversationId], None]) -> None:
        super().__init__()
        self._tell_others = tell_others

    def tell(self, conversation_id: ConversationId) -> None:
        super().tell(conversation_id)
        self._tell_others(conversation_id)

    def hear(self, conversation_id: ConversationId) -> None:
        super().tell(conversation_id)


class SharedDispatcher(Dispatcher):
    """Says which mail it means to take, so that the others can wait for it or step in."""

    def __init__(
        self, *, work: Work, longest_quiet: timedelta, tell_others: Callable[[ConversationId, timedelta], None]
    ) -> None:
        super().__init__(work=work, longest_quiet=longest_quiet)
        self._tell_others = tell_others

    def mail(self, conversation_id: ConversationId, quiet: timedelta) -> None:
        super().mail(conversation_id, quiet)
        self._tell_others(conversation_id, quiet)

    def hear(self, conversation_id: ConversationId, quiet: timedelta) -> bool:
        """A burst that reaches several processes is still one burst. False when nothing is planned for it here."""
        if conversation_id not in self._entries:
            return False
        super().mail(conversation_id, quiet)
        return True


def _notes(life: str, untold: _Untold) -> Iterable[str]:
    for mail in _portions(list(untold.mail.items())):
        yield json.dumps({"by": life, "mail": mail})
    for changed in _portions(list(untold.changed)):
        yield json.dumps({"by": life, "changed": changed})


def _portions(items: list[T]) -> Iterable[list[T]]:
    return (items[start : start + AT_ONCE] for start in range(0, len(items), AT_ONCE))
