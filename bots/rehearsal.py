"""What the bot would reply to somebody who asks this now, without asking anybody and without storing anything."""

from collections.abc import Sequence
from dataclasses import dataclass

from bots.firms import FirmShelf
from core.domain.allowance import Allowance
from core.domain.conversation import Conversation, Holder, Memory
from core.domain.events import EventKind
from core.domain.ids import AccountId, ContactId, ConversationId, InboxId, MessageId
from core.domain.messages import InboundKind
from core.domain.turn import Turn, TurnMessage
from core.engine.engine import Engine
from core.ports import Clock

AUDIENCE = "buyers"


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """`rules` are the engine's own sentences, `acts` what the question was taken for. `answered`: no word of not
    knowing; `nearest`: what comes nearest was shown, with the word that it may be none."""

    texts: Sequence[str]
    move: str
    acts: Sequence[str]
    rules: Sequence[str]
    answered: bool
    nearest: bool


class Rehearsal:
    def __init__(self, *, engine: Engine, firms: FirmShelf, clock: Clock) -> None:
        self._engine = engine
        self._firms = firms
        self._clock = clock

    async def reply(self, question: str, language: str) -> Rehearsed:
        """In approved words, as a first question of a buyer: no model is asked, no money is spent."""
        now = self._clock.now()
        conversation = Conversation(
            id=ConversationId(0),
            account=AccountId("desk"),
            channel="desk",
            chat="rehearsal",
            contact_id=ContactId(0),
            holder=Holder.BOT,
            stage="opening",
            language=language,
            role="",
            audience=AUDIENCE,
            playbook_digest=None,
            memory=Memory(disclosed_at=now.isoformat()),
            lease_epoch=0,
        )
        turn = Turn(
            conversation=conversation,
            messages=(TurnMessage(MessageId(0), InboxId(0), InboundKind.TEXT, question, now),),
            history=(),
            facts={},
            playbook=await self._firms.playbook(AUDIENCE, None),
            firm=self._firms.firm,
            now=now,
            playbooks=self._firms.playbooks,
            allowance=Allowance(calls={}),
        )
        result = await self._engine.take_turn(turn)
        texts = [reply.text for reply in result.replies if reply.text]
        answered = all(event.kind is not EventKind.QUESTION_UNANSWERED for event in result.events)
        nearest = any(key.startswith("phrase.nearest:") for key in result.memory.used)
        acts, rules = result.trace.get("acts", ()), result.trace.get("rules", ())
        return Rehearsed(texts, result.move, acts, rules, answered, nearest)
