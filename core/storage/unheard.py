"""What a customer never got to read counts as not said."""

from dataclasses import replace
from datetime import datetime

import sqlalchemy as sa

from core.storage.conversations import save_memory
from core.storage.outbox import OutboxEntry
from core.storage.tables import OutboxRow, table
from core.storage.turns import load_conversation

_outbox = table(OutboxRow)
_bot_rows = sa.select(_outbox.c.id).where(_outbox.c.conversation_id == sa.bindparam("c"), _outbox.c.origin == "bot")
_begun_with = sa.select(_outbox.c.position).where(_outbox.c.id == sa.bindparam("o"))
_first_since = _bot_rows.where(_outbox.c.created_at >= sa.bindparam("since")).order_by(_outbox.c.id).limit(1)


def forget_unheard(conn: sa.Connection, entry: OutboxEntry) -> None:
    """A reply of the bot's was refused: its question waits for no "yes", and who is talking is still to be said if it
    was this reply that said it."""
    if conn.execute(_begun_with, {"o": entry.id}).scalar_one() > 0:  # its beginning, which says both, was another row
        return
    memory = load_conversation(conn, entry.conversation_id).memory
    said = memory.disclosed_at
    if said is not None:
        since = {"c": entry.conversation_id, "since": datetime.fromisoformat(said)}
        said = None if conn.execute(_first_since, since).scalar() == entry.id else said
    save_memory(conn, entry.conversation_id, replace(memory, disclosed_at=said, pending=None, last_move=None))
