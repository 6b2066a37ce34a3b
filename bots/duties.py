"""Late work around people: promises that fall due, the bot's return, operators for leads that came at night."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from bots.changes import Changes
from bots.person_words import Said, note_said
from core.domain.conversation import RESUMED, Holder
from core.domain.duty import next_duty
from core.domain.firm import Firm
from core.domain.hand_over import Assign, resume_limit
from core.domain.ids import ConversationId, MessageId
from core.engine.resume import ASSIGN, LOOK_AGAIN, RESUME, assign_job, resume_job
from core.ports import Clock, JobBody, JobContext, Jobs
from core.storage.database import Database
from core.storage.echoes import PERSON_WROTE
from core.storage.held import assign_lead, give_to_bot, has_operators, unanswered_since
from core.storage.jobs import ask_for_jobs, is_current
from core.storage.marks import Mark
from core.storage.promises import PROMISE_DUE, mark_overdue
from core.storage.talks import find_said
from core.storage.turns import load_conversation, lock_conversation

Work = Callable[[sa.Connection, Mapping[str, Any]], ConversationId | None]
"""Gives the conversation that changed."""


class Duties:
    """`wake`: says that a conversation has mail."""

    def __init__(
        self,
        *,
        database: Database,
        wake: Callable[[ConversationId], None],
        changes: Changes,
        clock: Clock,
        firm: Callable[[], Firm],
    ) -> None:
        self._database = database
        self._wake = wake
        self._changes = changes
        self._clock = clock
        self._firm = firm

    def register(self, jobs: Jobs) -> None:
        jobs.register(PROMISE_DUE, self._body(self._promise_due))
        jobs.register(PERSON_WROTE, self._body(self._person_wrote))
        jobs.register(ASSIGN, self._body(self._assign))
        jobs.register(RESUME, self._body(self._resume, wakes=True))

    def _body(self, work: Work, *, wakes: bool = False) -> JobBody:
        """One transaction, and only while it is wanted as it was asked for."""

        async def body(context: JobContext, payload: Mapping[str, Any]) -> None:
            run_at = datetime.fromisoformat(payload["run_at"])

            def run(conn: sa.Connection) -> ConversationId | None:
                return work(conn, payload) if is_current(conn, payload["request_id"], run_at) else None

            changed = await self._database.write(run)
            if changed is not None:
                self._changes.tell(changed)
                if wakes:
                    self._wake(changed)

        return body

    def _promise_due(self, conn: sa.Connection, payload: Mapping[str, Any]) -> ConversationId | None:
        return mark_overdue(conn, payload["promise_id"], self._clock.now())

    def _person_wrote(self, conn: sa.Connection, payload: Mapping[str, Any]) -> ConversationId | None:
        found = find_said(conn, MessageId(payload["message_id"]))
        if found is None:
            return None
        talk = load_conversation(conn, found.conversation_id)
        said = Said(found.message_id, found.text, None)
        note_said(conn, talk, said, self._firm(), self._clock.now())
        return talk.id

    def _assign(self, conn: sa.Connection, payload: Mapping[str, Any]) -> ConversationId | None:
        talk = load_conversation(conn, ConversationId(payload["conversation_id"]))
        if talk.holder is not Holder.WAITING:
            return None
        firm, now = self._firm(), self._clock.now()
        opens = next_duty(firm, now)
        if opens is not None and opens > now:
            ask_for_jobs(conn, talk.id, [assign_job(talk.id, opens - now)], now)
            return None
        owner = assign_lead(conn, talk, firm.hand_over.assign, now)
        if owner is None and firm.hand_over.assign is not Assign.NOBODY and has_operators(conn):
            ask_for_jobs(conn, talk.id, [assign_job(talk.id, LOOK_AGAIN)], now)
        return talk.id

    def _resume(self, conn: sa.Connection, payload: Mapping[str, Any]) -> ConversationId | None:
        """Unless the person has answered, or somebody took the conversation over meanwhile who has longer."""
        conversation_id, now = ConversationId(payload["conversation_id"]), self._clock.now()
        lock_conversation(conn, conversation_id)
        talk = load_conversation(conn, conversation_id)
        limit, since = resume_limit(self._firm().hand_over, talk.holder_reason), unanswered_since(conn, talk.id)
        if talk.holder is not Holder.OPERATOR or limit is None or since is None:
            return None
        if now < since + limit:
            ask_for_jobs(conn, talk.id, [resume_job(talk.id, since + limit - now)], now)
            return None
        give_to_bot(conn, talk, Mark.RESUMED, now, by="timer", reason=RESUMED)
        return talk.id
