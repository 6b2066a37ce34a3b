"""What a person of the firm wrote to a customer: what it promises, and what it keeps once it is sent."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from core.domain.conversation import NATIVE_APP, Conversation
from core.domain.firm import Firm
from core.domain.ids import MessageId
from core.domain.promises import MadePromise, find_promises
from core.storage.keeping import note_sent
from core.storage.promises import record_promises


@dataclass(frozen=True, slots=True)
class Said:
    """`by` None = somebody in the platform's own application, where it was sent already."""

    message_id: MessageId
    text: str
    by: str | None


def note_said(conn: sa.Connection, talk: Conversation, said: Said, firm: Firm, now: datetime) -> None:
    if said.by is None:
        note_sent(conn, talk.id, said.message_id, now)
    made = [
        MadePromise(promise.kind, promise.due, promise.start, promise.end, owner=said.by)
        for promise in find_promises(said.text, now, firm)
    ]
    record_promises(conn, talk, said.message_id, made, by=said.by or NATIVE_APP, now=now)
