"""The middle: load the turn, ask the engine, save all that it made in one transaction."""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import sqlalchemy as sa
import structlog

from bots.channel import Channel
from bots.degrade import prepare
from bots.delivery import Claim, Step
from bots.doorways import Doorways
from bots.firms import FirmShelf
from core.domain.conversation import Conversation, Holder
from core.domain.events import Event, EventKind
from core.domain.hand_over import Assign
from core.domain.identity import Arrived
from core.domain.ids import ConversationId
from core.domain.invitation_code import without_code
from core.domain.messages import OutboundMessage
from core.domain.reply_window import BotMessage, MayNot, may_bot_send
from core.domain.score import score_lead
from core.domain.turn import Turn, TurnResult
from core.engine.engine import Engine
from core.ports import Clock
from core.storage.database import Database
from core.storage.inbox import count_attempt
from core.storage.saving import Saved, TurnRecord, save_turn
from core.storage.turns import Loaded, clear_mail, load_turn

log = structlog.get_logger()

MOST_REDRAFTS = 2
REDRAFT_TIME = 8.0
"""Seconds after which a draft is sent although something newer arrived."""
MOST_FAILURES = 3
TYPING_AFTER = 0.2
"""Seconds: a turn that is faster shows no typing."""


@dataclass(slots=True)
class TurnCounts:
    finished: int = 0
    redrafted: int = 0
    failed: int = 0
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Ran:
    """When to try again after a failure, and what to send first: None = nobody has looked yet."""

    retry: timedelta | None = None
    first: Step | None = None


class TurnRunner:
    def __init__(
        self,
        *,
        database: Database,
        engine: Engine,
        firms: FirmShelf,
        channels: dict[str, Channel],
        clock: Clock,
        doorways: Doorways | None = None,
    ) -> None:
        self._database = database
        self._engine = engine
        self._firms = firms
        self._channels = channels
        self._clock = clock
        self._doorways = doorways
        self.counts = TurnCounts()

    async def run(self, conversation_id: ConversationId, epoch: int, claim: Claim) -> Ran:
        """Answer all unread messages of a conversation; `claim` takes the first row to send in the same transaction."""
        started = time.perf_counter()
        for redraft in range(MOST_REDRAFTS + 1):
            loaded = await self._database.glance(lambda conn: load_turn(conn, conversation_id))
            if not loaded.messages:
                return Ran(first=await self._database.jot(lambda conn: _rest(conn, conversation_id, claim)))
            arrived = await self._doorways.recognise(loaded) if self._doorways else None
            if arrived or any(card.trusted for message in loaded.messages for card in message.attachments):
                loaded = await self._database.glance(lambda conn: load_turn(conn, conversation_id))
            last_chance = redraft == MOST_REDRAFTS or time.perf_counter() - started > REDRAFT_TIME
            try:
                record = await self._take(loaded, epoch, started, arrived)
            except Exception:
                self.counts.failed += 1
                log.exception("turn.failed", conversation_id=conversation_id, attempts=loaded.attempts + 1)
                if loaded.attempts + 1 < MOST_FAILURES:
                    return Ran(await self._fail(loaded))
                record = await self._give_up(loaded, epoch)
            saved, first = await self._save(replace(record, refuse_newer=not last_chance), claim)
            if saved.status == "stored":
                self.counts.finished += 1
                self.counts.seconds += time.perf_counter() - started
                return Ran(timedelta() if saved.has_left else None, first)
            if saved.status == "stale":
                return Ran(timedelta())
            self.counts.redrafted += 1
        return Ran()

    async def _save(self, record: TurnRecord, claim: Claim) -> tuple[Saved, Step | None]:
        def save(conn: sa.Connection) -> tuple[Saved, Step | None]:
            saved = save_turn(conn, record)
            return saved, claim(conn, saved.conversation) if saved.status == "stored" else None

        return await self._database.jot(save)

    async def _take(self, loaded: Loaded, epoch: int, started: float, arrived: Arrived | None) -> TurnRecord:
        conversation = loaded.conversation
        turn = Turn(
            conversation=conversation,
            messages=loaded.messages,
            history=loaded.history,
            facts=loaded.facts,
            playbook=await self._firms.playbook(conversation.audience, conversation.playbook_digest),
            firm=self._firms.firm,
            now=self._clock.now(),
            playbooks=self._firms.playbooks,
            window=self._channels[conversation.account].capabilities.rules_for(conversation.chat),
            arrived=arrived,
            all_away=loaded.all_away,
        )
        if self._doorways:
            turn = replace(turn, doorways=self._doorways.named_in(conversation, turn.text))
        async with self._typing(turn):
            result = await self._engine.take_turn(turn)
        said = (
            [replace(one, buttons=(), attachments=()) for one in result.replies] if turn.is_public else result.replies
        )
        replies, losses = self._fit(conversation, said)
        if turn.is_public and len(replies) > 1:
            replies, losses = replies[:1], [*losses, f"{len(replies) - 1} more:a comment allows one"]
        if losses:
            log.info("turn.lost_in_channel", conversation_id=conversation.id, losses=losses)
        return self._record(turn, result, replies, losses, epoch, started)

    def _fit(
        self, conversation: Conversation, replies: Sequence[OutboundMessage]
    ) -> tuple[list[OutboundMessage], list[str]]:
        """One row for each platform call: split and degraded to what the channel can show."""
        capabilities = self._channels[conversation.account].capabilities
        prepared = [prepare(reply, capabilities) for reply in replies]
        parts = [part for one in prepared for part in one.parts]
        return parts, [loss for one in prepared for loss in one.losses]

    def _record(
        self,
        turn: Turn,
        result: TurnResult,
        replies: Sequence[OutboundMessage],
        losses: Sequence[str],
        epoch: int,
        started: float,
    ) -> TurnRecord:
        latency = int((time.perf_counter() - started) * 1000)
        own = (name for name, fact in turn.facts.items() if not fact.linked)
        known = set() if result.erases else {*own, *(fact.name for fact in result.facts)}
        pinned = turn.playbook if turn.playbook.audience == result.audience else turn.playbooks[result.audience]
        received = [
            Event(EventKind.MESSAGE_RECEIVED, {"message_id": message.id})
            for message in turn.messages
            if not message.again
        ]
        return TurnRecord(
            conversation=turn.conversation,
            messages=turn.messages,
            epoch=epoch,
            now=turn.now,
            move=result.move,
            stage=result.stage,
            action=result.action.value,
            language=result.language,
            holder=result.holder,
            memory=result.memory,
            role=result.role,
            audience=result.audience,
            playbook_digest=pinned.digest,
            replies=replies,
            facts=result.facts,
            events=(*received, *result.events),
            jobs=result.jobs,
            trace={**result.trace, "lost_in_channel": list(losses)} if losses else result.trace,
            latency_ms=latency,
            score=score_lead(known, result.stage),
            outcome=result.outcome.value if result.outcome else None,
            reason=result.reason,
            opted_out=result.opted_out,
            opted_in=result.opted_in,
            erases=result.erases,
            source=next((found for message in turn.messages if (found := without_code(message.source))), None),
            invitation=result.invitation,
            promises=result.promises,
            assign=self._assigns(turn.now),
        )

    def _assigns(self, now: datetime) -> Assign | None:
        """Nobody is given a lead while nobody is there."""
        return self._firms.firm.hand_over.assign if self._firms.firm.is_on_duty(now) else None

    async def _fail(self, loaded: Loaded) -> timedelta:
        inbox_ids = tuple(message.inbox_id for message in loaded.messages)
        await self._database.jot(lambda conn: count_attempt(conn, inbox_ids))
        return timedelta(seconds=2.0 ** (loaded.attempts + 1))

    async def _give_up(self, loaded: Loaded, epoch: int) -> TurnRecord:
        """A turn that cannot be made goes to a person, and the customer is told so: never silence."""
        conversation = loaded.conversation
        playbook = await self._firms.playbook(conversation.audience, conversation.playbook_digest)
        language = conversation.language or self._firms.firm.default_language
        texts = playbook.phrases["error"].get(language) or ()
        now = self._clock.now()
        return TurnRecord(
            conversation=conversation,
            messages=loaded.messages,
            epoch=epoch,
            now=now,
            move="hand_off",
            stage=conversation.stage,
            action="hand_off",
            language=language,
            holder=Holder.WAITING,
            memory=conversation.memory,
            role=conversation.role,
            audience=conversation.audience,
            playbook_digest=playbook.digest,
            replies=[OutboundMessage(text) for text in texts[:1]],
            facts=(),
            events=(Event(EventKind.HANDED_OFF, {"reason": "turn_failed"}),),
            jobs=(),
            trace={"rules": ["the turn failed again and again: a person is called"], "move": "hand_off"},
            latency_ms=0,
            score=score_lead(tuple(loaded.facts), conversation.stage),
            reason="turn_failed",
            inbox_state="failed",
            assign=self._assigns(now),
        )

    @contextlib.asynccontextmanager
    async def _typing(self, turn: Turn) -> AsyncIterator[None]:
        """Show "typing" while the engine thinks, as often as the channel wants it and where an answer may be sent.
        Whoever commented has no chat open that could show it."""
        conversation = turn.conversation
        channel = self._channels[conversation.account]
        every = channel.capabilities.typing_every
        rules, now = channel.capabilities.rules_for(conversation.chat), self._clock.now()
        answer = may_bot_send(rules, conversation.standing, BotMessage(is_reply=True), now=now)
        if every is None or turn.is_public or conversation.holder is not Holder.BOT or isinstance(answer, MayNot):
            yield
            return
        typing: list[asyncio.Task[None]] = []

        def begin() -> None:
            typing.append(asyncio.create_task(_keep_typing(channel, conversation.chat, every)))

        timer = asyncio.get_running_loop().call_later(TYPING_AFTER, begin)
        try:
            yield
        finally:
            timer.cancel()
            for task in typing:
                task.cancel()


def _rest(conn: sa.Connection, conversation_id: ConversationId, claim: Claim) -> Step:
    clear_mail(conn, conversation_id)
    return claim(conn, None)


async def _keep_typing(channel: Channel, chat: str, every: timedelta) -> None:
    while True:
        await channel.show_typing(chat)
        await asyncio.sleep(every.total_seconds())
