"""A promise is kept when what keeps it was really sent: what is queued, refused or in doubt keeps nothing."""

from datetime import datetime

import sqlalchemy as sa

from core.domain.ids import ConversationId, MessageId
from core.domain.promises import PromiseKind, kept_by
from core.storage.outbox import read_materials
from core.storage.partial import LIVING_PROMISE
from core.storage.prepared import Prepared
from core.storage.promises import keep_answers_of_bot, keep_promises
from core.storage.tables import MessageRow, PromiseRow, table
from core.storage.turns import load_conversation

_messages = table(MessageRow)
_promises = table(PromiseRow)
_waiting = Prepared(
    sa.select(_promises.c.id)
    .where(_promises.c.conversation_id == sa.bindparam("c"), LIVING_PROMISE, _promises.c.message_id < sa.bindparam("m"))
    .limit(1)
)


def note_sent(conn: sa.Connection, conversation_id: ConversationId, message_id: MessageId, now: datetime) -> None:
    """A message of ours reached the customer: it keeps what was promised before it."""
    if _waiting.find(conn, {"c": conversation_id, "m": message_id}) is None:
        return
    row = conn.execute(sa.select(_messages).where(_messages.c.id == message_id)).one()
    talk = load_conversation(conn, conversation_id)
    if row.role == "bot":
        kinds = frozenset({PromiseKind.MATERIAL} if read_materials(row.extra) else ())
    else:
        kinds = kept_by(row.text, has_attachment=bool((row.extra or {}).get("attachments")))
        keep_answers_of_bot(conn, talk, now, before=message_id)
    keep_promises(conn, talk, kinds, now, before=message_id)
