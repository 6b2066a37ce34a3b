"""Webhook bodies of all accounts: find whose each event is, read it, store what is to be answered."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import structlog

from bots.arrival import Ban, Parsed, Receiver, excerpt
from bots.meta.clean import clean_tree
from bots.meta.envelope import Event, kind_of, walk
from bots.meta.kept import keep
from bots.meta.reader import Reader
from core.domain.ids import AccountId
from core.domain.messages import InboundMessage
from core.ports import Clock

log = structlog.get_logger()


ReportBan = Callable[[str, Ban], None]
"""(account, what the platform forbids or allows again)."""


class Parser(Protocol):
    def __call__(self, event: Event, reader: Reader) -> Parsed: ...


@dataclass(frozen=True, slots=True)
class Desk:
    """Where the events of one page or Instagram account go. `kind` is the webhook's `object`."""

    kind: str
    own_id: str
    account: AccountId
    parse: Parser


class Reception:
    def __init__(
        self, *, desks: Sequence[Desk], intake: Receiver, clock: Clock, report_ban: ReportBan | None = None
    ) -> None:
        self._desks = {(desk.kind, desk.own_id): desk for desk in desks}
        self._intake = intake
        self._clock = clock
        self._report_ban = report_ban
        self.refused = 0
        self.kinds = frozenset(desk.kind for desk in desks)

    async def accept(self, body: Mapping[str, Any]) -> int:
        """Give the number of messages that are now in the store. What cannot be read is logged and kept as it came."""
        kind = str(body.get("object"))
        messages = [message for event in walk(body) for message in self._read(kind, event)]
        if messages:
            await self._intake.receive(messages)
        return len(messages)

    def _read(self, kind: str, event: Event) -> tuple[InboundMessage, ...]:
        desk = self._desks.get((kind, event.owner))
        if desk is None:
            log.warning("meta.no_such_account", object=kind, owner=event.owner[:40])
            return ()
        reader = Reader(desk.account, desk.own_id, self._clock.now())
        parsed = desk.parse(event, reader)
        if parsed.ban and self._report_ban:
            self._report_ban(desk.account, parsed.ban)
        if parsed.refused:
            self.refused += 1
            log.warning(
                "meta.event_refused", account=desk.account, reason=parsed.refused, pii=excerpt(event.data, clean_tree)
            )
            return (keep(event, reader),)
        if parsed.ignored:
            log.debug("meta.event_ignored", account=desk.account, reason=parsed.ignored, kind=kind_of(event.data))
        return parsed.messages
