"""One visit to a conversation: take its mail, send what waits, all under one lease."""

from datetime import timedelta

from bots.changes import Changes
from bots.delivery import Claim, Delivery
from bots.turns import Ran, TurnRunner
from core.domain.ids import ConversationId
from core.ports import Leases

HELD_ELSEWHERE = timedelta(seconds=1)


class Worker:
    def __init__(self, *, leases: Leases, turns: TurnRunner, delivery: Delivery, changes: Changes) -> None:
        self._leases = leases
        self._turns = turns
        self._delivery = delivery
        self._changes = changes

    async def visit(self, conversation_id: ConversationId, take_mail: bool) -> timedelta | None:
        """Gives when to come back, or None when nothing is left."""

        def claim(epoch: int) -> Claim:
            return lambda conn, known: self._delivery.advance(conn, conversation_id, epoch, known)

        async with self._leases.hold(conversation_id) as epoch:
            if epoch is None:
                return HELD_ELSEWHERE
            ran = await self._turns.run(conversation_id, epoch, claim(epoch)) if take_mail else Ran()
            later = await self._delivery.deliver(conversation_id, epoch, ran.first)
        self._changes.tell(conversation_id)
        waits = [wait for wait in (ran.retry, later) if wait is not None]
        return min(waits, default=None)
