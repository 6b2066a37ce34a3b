"""What people do with a conversation: take over, reply, hand back, correct, record how it ended."""

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

import sqlalchemy as sa

from bots.changes import Changes
from bots.channel import Channel
from bots.degrade import prepare
from bots.person_words import Said, note_said
from core.domain.conversation import Conversation, Holder
from core.domain.events import Event, EventKind
from core.domain.facts import FactValue
from core.domain.firm import Firm
from core.domain.ids import ConversationId, LeadId, MessageId
from core.domain.messages import OutboundMessage
from core.domain.outcomes import Outcome, OutcomeKind
from core.engine.resume import resume_job
from core.errors import SellerError
from core.ports import Clock, Wakeups
from core.storage.conversations import set_holder
from core.storage.database import Database
from core.storage.facts import edit_fact
from core.storage.follow_ups import stop_follow_ups
from core.storage.held import adopt_lead, give_to_bot, unanswered_since
from core.storage.jobs import ask_for_jobs
from core.storage.leads import conversation_of_lead, is_recorded, record_outcome
from core.storage.leases import fence
from core.storage.marks import Mark, add_mark
from core.storage.outbox import cancel_unsent, queue_replies
from core.storage.talks import find_holder
from core.storage.turns import load_conversation, record_events

T = TypeVar("T")


class HeldByAnother(SellerError):
    """Somebody took the conversation over since the page was shown."""

    def __init__(self, holder: str) -> None:
        super().__init__(f"{holder} holds this conversation", hint="look at it again")
        self.holder = holder


class Operators:
    """Every method raises LookupError for a conversation or lead that does not exist."""

    def __init__(
        self,
        *,
        database: Database,
        channels: dict[str, Channel],
        wakeups: Wakeups,
        changes: Changes,
        clock: Clock,
        firm: Callable[[], Firm],
    ) -> None:
        self._firm = firm
        self._database = database
        self._channels = channels
        self._wakeups = wakeups
        self._changes = changes
        self._clock = clock

    async def take_over(
        self, conversation_id: ConversationId, user_name: str, *, instead_of: str | None = None
    ) -> None:
        """The bot stops at once: a turn on its way cannot commit, its unsent words are taken back.

        `instead_of`: whom the person saw holding it, "" for nobody, None when that does not matter. Raises
        HeldByAnother when it is a third one by now."""

        def take(conn: sa.Connection, talk: Conversation) -> None:
            held = find_holder(conn, conversation_id)
            if instead_of is not None and held and held.operator not in (None, instead_of, user_name):
                raise HeldByAnother(held.operator)
            self._take_over(conn, talk, user_name)

        await self._with(conversation_id, take)
        self._changes.tell(conversation_id)

    async def reply(self, conversation_id: ConversationId, user_name: str, text: str) -> MessageId:
        """Send a person's words the same way as the bot's; takes the conversation over if need be."""
        text = text.strip()
        if not text:
            raise SellerError("an empty reply cannot be sent", hint="write something")

        def queue(conn: sa.Connection, talk: Conversation) -> MessageId:
            if talk.holder is not Holder.OPERATOR or talk.operator is None:
                self._take_over(conn, talk, user_name)
            now = self._clock.now()
            parts = prepare(OutboundMessage(text), self._channels[talk.account].capabilities).parts
            ids = queue_replies(conn, talk, parts, now=now, origin=f"operator:{user_name}")
            for message_id, part in zip(ids, parts, strict=True):
                said = Said(message_id, part.text, user_name)
                note_said(conn, talk, said, self._firm(), now)
            return ids[-1]

        message_id = await self._with(conversation_id, queue)
        self._wakeups.wake(conversation_id)
        self._changes.tell(conversation_id)
        return message_id

    async def hand_back(self, conversation_id: ConversationId, user_name: str) -> None:
        """The bot goes on, says first that it is the bot again, and answers what nobody answered."""

        def give(conn: sa.Connection, talk: Conversation) -> None:
            if talk.holder is Holder.BOT:
                return
            give_to_bot(conn, talk, Mark.HANDED_BACK, self._clock.now(), by=user_name)

        await self._with(conversation_id, give)
        self._wakeups.wake(conversation_id)
        self._changes.tell(conversation_id)

    async def edit_fact(
        self, conversation_id: ConversationId, name: str, value: FactValue | None, user_name: str
    ) -> None:
        """A person's word wins over the bot's; None takes the fact away."""

        def edit(conn: sa.Connection, talk: Conversation) -> None:
            events = edit_fact(conn, talk, name, value, user_name, self._clock.now())
            record_events(conn, talk, events, self._clock.now())

        await self._with(conversation_id, edit)
        self._changes.tell(conversation_id)

    async def record_outcome(self, lead_id: LeadId, kind: OutcomeKind, by: str, at: datetime | None = None) -> None:
        """`at`: when it was so, now if left out. The same outcome told twice is recorded once."""
        now = self._clock.now()
        outcome = Outcome(kind, by, at or now)

        def record(conn: sa.Connection) -> ConversationId:
            conversation_id = conversation_of_lead(conn, lead_id)
            talk = load_conversation(conn, conversation_id)
            if is_recorded(conn, lead_id, outcome):
                return conversation_id
            record_outcome(conn, lead_id, outcome)
            stop_follow_ups(conn, talk, "lead_closed", now)
            data = {"outcome": kind.value, "by": by, "at": outcome.at.isoformat()}
            record_events(conn, talk, [Event(EventKind.OUTCOME_RECORDED, data)], now)
            return conversation_id

        self._changes.tell(await self._database.write(record))

    def _take_over(self, conn: sa.Connection, talk: Conversation, user_name: str) -> None:
        now, limit = self._clock.now(), self._firm().hand_over.resume_desk
        fence(conn, talk.id)
        cancel_unsent(conn, talk.id, "a person took over")
        set_holder(conn, talk.id, Holder.OPERATOR, operator=user_name, now=now)
        adopt_lead(conn, talk, user_name)
        add_mark(conn, talk.id, Mark.TAKEN_OVER, now, by=user_name)
        if limit is not None and unanswered_since(conn, talk.id) is not None:
            ask_for_jobs(conn, talk.id, [resume_job(talk.id, limit)], now)
        stop_follow_ups(conn, talk, "taken_over", now)
        record_events(conn, talk, [Event(EventKind.TAKEN_OVER, {"user": user_name})], now)

    async def _with(self, conversation_id: ConversationId, work: Callable[[sa.Connection, Conversation], T]) -> T:
        return await self._database.write(lambda conn: work(conn, load_conversation(conn, conversation_id)))
