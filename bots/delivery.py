"""The way out: window asked, row claimed, sent, settled. Serial in a conversation, never twice blindly."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import sqlalchemy as sa
import structlog

from bots.channel import AccountHealth, AccountState, Channel, HealthBoard
from core.domain.conversation import Conversation, Holder
from core.domain.events import Event, EventKind
from core.domain.ids import ConversationId
from core.domain.quiet_hours import QuietHours
from core.domain.reply_window import (
    Answer,
    BotMessage,
    MayGoFrom,
    MayGoPrivately,
    MayNot,
    OperatorMessage,
    may_bot_send,
    may_operator_send,
)
from core.domain.sending import OutboxState, Refused, Scope, SendResult, Sent, Unknown
from core.engine.resume import assign_job
from core.ports import Clock
from core.storage.comments import know_as
from core.storage.conversations import mark_unreachable, move_chat, set_holder
from core.storage.database import Database
from core.storage.echoes import shown_as
from core.storage.follow_ups import stop_follow_ups
from core.storage.jobs import ask_for_jobs
from core.storage.keeping import note_sent
from core.storage.materials import note_materials
from core.storage.outbox import HELD, OutboxEntry, cancel_unsent, claim_entry, hold_entry, next_entry, settle_entry
from core.storage.standing import give_back_private_reply, use_private_reply
from core.storage.turns import load_conversation, record_events
from core.storage.unheard import forget_unheard
from core.storage.uploads import with_upload

log = structlog.get_logger()

MOST_ATTEMPTS = 6
CHANNEL_DOWN = timedelta(seconds=60)
NOBODY_MAY = frozenset({"unreachable", "opted_out", "held_elsewhere"})
"""Rules by which no person of the firm may write here either."""
DOWN = frozenset({AccountState.UNAUTHORIZED, AccountState.RESTRICTED})


@dataclass(frozen=True, slots=True)
class Step:
    """What comes next for a conversation: send `entry`, come back `after` a while, or nothing."""

    entry: OutboxEntry | None = None
    conversation: Conversation | None = None
    after: timedelta | None = None


Claim = Callable[[sa.Connection, Conversation | None], Step]
"""Takes a conversation's next row inside a transaction that somebody else opened, who may know the conversation."""


@dataclass(frozen=True, slots=True)
class Settlement:
    """What one send result means for its row."""

    state: OutboxState
    not_before: datetime | None = None
    platform_id: str | None = None
    reason: str | None = None
    chat_is_gone: bool = False
    new_chat: str | None = None
    sent_to: str | None = None
    file_id: str | None = None


class Delivery:
    def __init__(
        self,
        *,
        database: Database,
        channels: dict[str, Channel],
        health: HealthBoard,
        clock: Clock,
        owner: str,
        quiet: Callable[[], QuietHours | None],
    ) -> None:
        self._database = database
        self._channels = channels
        self._health = health
        self._clock = clock
        self._owner = owner
        self._quiet = quiet
        self.sent = 0

    async def deliver(self, conversation_id: ConversationId, epoch: int, first: Step | None = None) -> timedelta | None:
        """Send what a conversation has waiting; give when to come back, or None when all is settled."""
        step = first
        if step is None:
            step = await self._database.jot(lambda conn: self.advance(conn, conversation_id, epoch))
        while step.entry and step.conversation:
            entry, conversation = step.entry, step.conversation
            channel = self._channels[conversation.account]
            result = await channel.send(conversation.chat, entry.message, key=str(entry.id))
            settlement = settle(result, entry.attempt + 1, channel.capabilities.resend_is_harmless, self._clock.now())
            self._watch(conversation.account, result)
            step = await self._database.jot(self._settler(entry, conversation, settlement, epoch))
        return step.after

    def _settler(
        self, entry: OutboxEntry, conversation: Conversation, settlement: Settlement, epoch: int
    ) -> Callable[[sa.Connection], Step]:
        def settle_and_advance(conn: sa.Connection) -> Step:
            self._settle(conn, entry, conversation, settlement)
            return self.advance(conn, conversation.id, epoch)

        return settle_and_advance

    def advance(
        self, conn: sa.Connection, conversation_id: ConversationId, epoch: int, known: Conversation | None = None
    ) -> Step:
        """Refuse what may not be sent and claim the first row that may; everything in the caller's transaction."""
        now = self._clock.now()
        while entry := next_entry(conn, conversation_id):
            conversation, known = known or load_conversation(conn, conversation_id), None
            channel = self._channels.get(conversation.account)
            if channel is None or self._health.state(conversation.account) in DOWN:
                return Step(after=CHANNEL_DOWN)
            if entry.state is OutboxState.SENDING:
                self._settle(conn, entry, conversation, in_doubt(channel.capabilities.resend_is_harmless))
                continue
            if entry.not_before and entry.not_before > now and entry.reason != HELD:
                return Step(after=entry.not_before - now)
            answer = self._ask(entry, conversation, channel, now)
            if isinstance(answer, MayNot):
                self._settle(conn, entry, conversation, Settlement(OutboxState.REFUSED, reason=answer.rule))
                continue
            if isinstance(answer, MayGoFrom):
                hold_entry(conn, entry, answer.at)
                return Step(after=answer.at - now)
            if not claim_entry(conn, entry.id, epoch=epoch, owner=self._owner):
                return Step()
            if isinstance(answer, MayGoPrivately):
                use_private_reply(conn, conversation.id, answer.comment_id, now)
            message = with_upload(conn, conversation.account, entry.message, now)
            return Step(replace(entry, message=replace(message, grant=answer)), conversation)
        return Step()

    def _ask(self, entry: OutboxEntry, conversation: Conversation, channel: Channel, now: datetime) -> Answer:
        """What the reply window says of this row, whoever wrote it."""
        if now > entry.deadline:
            return MayNot("expired")
        rules, standing = channel.capabilities.rules_for(conversation.chat), conversation.standing
        if entry.comment:
            standing = entry.comment.standing(standing)
        if entry.origin == "bot":
            message = BotMessage(entry.is_reply, to_comment=entry.comment is not None)
            return may_bot_send(rules, standing, message, now=now, quiet=self._quiet())
        by = OperatorMessage(entry.origin.partition(":")[2])
        return may_operator_send(rules, standing, by, now=now, quiet=self._quiet())

    def _settle(
        self, conn: sa.Connection, entry: OutboxEntry, conversation: Conversation, settlement: Settlement
    ) -> None:
        now = self._clock.now()
        if settlement.state is OutboxState.UNCONFIRMED and (shown := shown_as(conn, entry.id)):
            settlement = Settlement(OutboxState.SENT, platform_id=shown)
        settle_entry(
            conn, entry, settlement.state, now=now, platform_id=settlement.platform_id, reason=settlement.reason,
            not_before=settlement.not_before,
        )  # fmt: skip
        if settlement.sent_to and settlement.sent_to != conversation.chat:
            know_as(conn, conversation.id, settlement.sent_to, now)
        if settlement.new_chat:
            move_chat(conn, conversation.id, settlement.new_chat)
        if settlement.chat_is_gone:
            mark_unreachable(conn, conversation.id)
            cancel_unsent(conn, conversation.id, "unreachable")
        was_refused = settlement.state in (OutboxState.REFUSED, OutboxState.QUEUED)
        if was_refused and isinstance(entry.message.grant, MayGoPrivately):
            give_back_private_reply(conn, conversation.id, entry.message.grant.comment_id)
        if settlement.state is OutboxState.REFUSED and entry.origin == "bot":
            forget_unheard(conn, entry)
            if not settlement.chat_is_gone:
                call_person(conn, conversation, settlement.reason or "refused", now)
        if settlement.state is OutboxState.SENT:
            note_sent(conn, conversation.id, entry.message_id, now)
            note_materials(conn, conversation, entry, settlement.file_id, now)
        event = _event(entry, settlement)
        if event:
            record_events(conn, conversation, [event], now)

    def _watch(self, account: str, result: SendResult) -> None:
        if isinstance(result, Sent):
            self.sent += 1
        elif isinstance(result, Refused) and result.scope is Scope.CHANNEL and result.alert:
            hint = "check the account's token and settings"
            health = AccountHealth(AccountState.UNAUTHORIZED, result.reason, hint, self._clock.now())
            self._health.report(account, health)
            log.error("delivery.channel_refused", account=account, reason=result.reason)


def call_person(conn: sa.Connection, conversation: Conversation, rule: str, now: datetime) -> None:
    """What the bot may not send goes to a person, unless one has the talk already or nobody may write at all."""
    if rule in NOBODY_MAY or conversation.holder is not Holder.BOT:
        return
    set_holder(conn, conversation.id, Holder.WAITING, reason=rule, now=now)
    stop_follow_ups(conn, conversation, "handed_off", now)
    ask_for_jobs(conn, conversation.id, [assign_job(conversation.id)], now)
    record_events(conn, conversation, [Event(EventKind.HANDED_OFF, {"reason": rule})], now)


def in_doubt(resend_is_harmless: bool) -> Settlement:
    """A row found between the call and its receipt."""
    if resend_is_harmless:
        return Settlement(OutboxState.QUEUED, reason="sent again after a restart")
    return Settlement(OutboxState.UNCONFIRMED, reason="the program stopped while it was being sent")


def settle(result: SendResult, attempt: int, resend_is_harmless: bool, now: datetime) -> Settlement:
    """What a platform's answer means for the row."""
    match result:
        case Sent(platform_id, chat, file_id):
            return Settlement(OutboxState.SENT, platform_id=platform_id, sent_to=chat, file_id=file_id)
        case Unknown(reason):
            state = OutboxState.QUEUED if resend_is_harmless else OutboxState.UNCONFIRMED
            return Settlement(state, reason=reason)
        case Refused(reason, scope, retry_after, _, new_chat):
            if new_chat and attempt == 1:
                return Settlement(OutboxState.QUEUED, reason=reason, new_chat=new_chat)
            if scope is Scope.CHANNEL:
                return Settlement(OutboxState.QUEUED, not_before=now + (retry_after or CHANNEL_DOWN), reason=reason)
            if retry_after is not None and attempt < MOST_ATTEMPTS:
                return Settlement(OutboxState.QUEUED, not_before=now + retry_after, reason=reason)
            gone = scope is Scope.CHAT and retry_after is None
            return Settlement(OutboxState.REFUSED, reason=reason, chat_is_gone=gone)


def _event(entry: OutboxEntry, settlement: Settlement) -> Event | None:
    data = {"message_id": entry.message_id, "outbox_id": entry.id}
    match settlement.state:
        case OutboxState.SENT:
            return Event(EventKind.MESSAGE_SENT, data)
        case OutboxState.UNCONFIRMED:
            return Event(EventKind.MESSAGE_UNCONFIRMED, data)
        case OutboxState.REFUSED:
            return Event(EventKind.MESSAGE_REFUSED, {**data, "rule": settlement.reason})
    return None
