"""What poller and webhook share: read updates, log what could not be read, store the rest before returning."""

from collections.abc import Mapping, Sequence
from typing import Any

import structlog

from bots.arrival import Receiver, excerpt
from bots.telegram.clean import clean_tree
from bots.telegram.inbound import parse
from core.domain.ids import AccountId
from core.domain.messages import InboundMessage
from core.ports import Clock

log = structlog.get_logger()


class Reception:
    """`username` is the bot's own name, filled in as soon as the platform has told it."""

    def __init__(self, *, account: AccountId, intake: Receiver, clock: Clock) -> None:
        self.account = account
        self.username: str | None = None
        self.refused = 0
        self._intake = intake
        self._clock = clock

    async def accept(self, updates: Sequence[Any]) -> int:
        """Give the number of messages that are now in the store. An unreadable update is logged and counts as taken."""
        messages = [message for update in updates for message in self._read(update)]
        if messages:
            await self._intake.receive(messages)
        return len(messages)

    def set_aside(self, update: Any, reason: str) -> None:
        """Taken, but never to be answered: kept in the log, with its content as personal data."""
        self.refused += 1
        number = update.get("update_id") if isinstance(update, Mapping) else None
        log.warning(
            "telegram.update_refused",
            account=self.account,
            update_id=number,
            reason=reason,
            pii=excerpt(update, clean_tree),
        )

    def _read(self, update: Any) -> tuple[InboundMessage, ...]:
        parsed = parse(update, self.account, now=self._clock.now(), username=self.username)
        if parsed.refused:
            self.set_aside(update, parsed.refused)
        elif parsed.ignored:
            log.debug("telegram.update_ignored", account=self.account, reason=parsed.ignored)
        return parsed.messages
