"""A platform in the same process: what people saw, and any mishap that the dice choose."""

import asyncio
import random
from dataclasses import dataclass, field
from datetime import timedelta

from benchmarks.storm.logbook import Seen
from core.domain.messages import OutboundMessage
from core.domain.sending import Refused, Scope, SendResult, Sent, Unknown
from tests.spine import CollectingChannel

SOON = timedelta(milliseconds=15)


@dataclass(frozen=True, slots=True)
class Mishaps:
    """Shares of calls. The rest goes well."""

    slow_down: float = 0.05
    channel_slow_down: float = 0.01
    delivered_without_answer: float = 0.03
    lost_without_answer: float = 0.02
    refused: float = 0.02
    blocked: float = 0.01


@dataclass
class RecordingChannel(CollectingChannel):
    record: list[Seen] = field(default_factory=list)
    dice: random.Random = field(default_factory=lambda: random.Random(0))
    mishaps: Mishaps | None = None
    slowest: float = 0.0
    calls: int = 0
    begun: set[str] = field(default_factory=set)
    """Chats that something was sent to."""
    open_calls: dict[str, int] = field(default_factory=dict)
    overlaps: int = 0
    """Calls for one chat that began before the one before had ended."""

    async def send(self, chat: str, message: OutboundMessage, *, key: str) -> SendResult:
        self.calls += 1
        self.begun.add(chat)
        self.overlaps += self.open_calls.get(chat, 0) > 0
        self.open_calls[chat] = self.open_calls.get(chat, 0) + 1
        try:
            if self.slowest:
                await asyncio.sleep(self.dice.random() * self.slowest)
            result, is_seen = self._draw(key)
            if is_seen:
                self.record.append(Seen(int(key), chat, message.text))
            return result
        finally:
            self.open_calls[chat] -= 1

    def _draw(self, key: str) -> tuple[SendResult, bool]:
        """What the platform says, and whether the person saw the message."""
        if self.mishaps is None:
            return Sent(key), True
        odds = self.mishaps
        outcomes: list[tuple[float, SendResult, bool]] = [
            (odds.slow_down, Refused("too many requests", retry_after=SOON), False),
            (odds.channel_slow_down, Refused("too many requests", scope=Scope.CHANNEL, retry_after=SOON), False),
            (odds.delivered_without_answer, Unknown("read timeout"), True),
            (odds.lost_without_answer, Unknown("read timeout"), False),
            (odds.refused, Refused("message is too long"), False),
            (odds.blocked, Refused("bot was blocked", scope=Scope.CHAT), False),
        ]
        thrown = self.dice.random()
        for share, result, is_seen in outcomes:
            if thrown < share:
                return result, is_seen
            thrown -= share
        return Sent(key), True
