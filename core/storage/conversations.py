"""Changes to a conversation that no turn makes: who holds it, where it lives, whether it can be reached."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from core.domain.conversation import Holder, Memory
from core.domain.ids import ConversationId
from core.storage.tables import ConversationRow, table

_conversations = table(ConversationRow)
_change = sa.update(_conversations).where(_conversations.c.id == sa.bindparam("c"))


def _set(conn: sa.Connection, conversation_id: ConversationId, **values: Any) -> None:
    conn.execute(_change, {"c": conversation_id, **values})


def set_holder(
    conn: sa.Connection,
    conversation_id: ConversationId,
    holder: Holder,
    *,
    reason: str | None = None,
    operator: str | None = None,
    now: datetime | None = None,
) -> None:
    """`now`: since when; None leaves that as it was."""
    since = {"holder_since": now} if now else {}
    _set(conn, conversation_id, holder=holder.value, holder_reason=reason, operator=operator, **since)


def save_memory(conn: sa.Connection, conversation_id: ConversationId, memory: Memory) -> None:
    _set(conn, conversation_id, memory=memory.to_json())


def mark_unreachable(conn: sa.Connection, conversation_id: ConversationId) -> None:
    _set(conn, conversation_id, reachable=False)


def move_chat(conn: sa.Connection, conversation_id: ConversationId, chat: str) -> None:
    """The platform gave the chat another id. One that is taken already stays where it is."""
    mine = sa.select(_conversations.c.account_id).where(_conversations.c.id == conversation_id).scalar_subquery()
    taken = sa.select(_conversations.c.id).where(_conversations.c.account_id == mine, _conversations.c.chat == chat)
    if conn.execute(taken).first() is None:
        _set(conn, conversation_id, chat=chat)


def find_conversation(conn: sa.Connection, account: str, chat: str) -> ConversationId | None:
    mine = sa.and_(_conversations.c.account_id == account, _conversations.c.chat == chat)
    found = conn.execute(sa.select(_conversations.c.id).where(mine)).scalar()
    return None if found is None else ConversationId(found)
