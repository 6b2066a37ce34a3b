"""What a person of the firm wrote to a customer: what it keeps of earlier promises, and what it promises."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from core.domain.conversation import NATIVE_APP, Conversation
from core.domain.firm import Firm
from core.domain.ids import MessageId
from core.domain.promises import MadePromise, find_promises, kept_by
from core.storage.promises import keep_answers_of_bot, keep_promises, record_promises


@dataclass(frozen=True, slots=True)
class Said:
    """`by` None = somebody in the platform's own application."""

    message_id: MessageId
    text: str
    by: str | None
    has_attachment: bool = False


def note_said(conn: sa.Connection, talk: Conversation, said: Said, firm: Firm, now: datetime) -> None:
    keep_promises(conn, talk, kept_by(said.text, has_attachment=said.has_attachment), now)
    keep_answers_of_bot(conn, talk, now)
    made = [
        MadePromise(promise.kind, promise.due, promise.start, promise.end, owner=said.by)
        for promise in find_promises(said.text, now, firm)
    ]
    record_promises(conn, talk, said.message_id, made, by=said.by or NATIVE_APP, now=now)
