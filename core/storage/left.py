"""What stands in the database and waits for somebody: mail that nobody takes, rows that nobody sends."""

from collections.abc import Collection
from datetime import datetime

import sqlalchemy as sa

from core.domain.ids import ConversationId
from core.storage.leases import IS_FREE
from core.storage.partial import HAS_MAIL, OPEN, UNREAD
from core.storage.tables import ConversationRow, InboxRow, OutboxRow, table

_conversations = table(ConversationRow)
_inbox = table(InboxRow)
_outbox = table(OutboxRow)

# Joined to nothing, so that SQLite does not go through all conversations of an account by the index on it.
_account = _conversations.c.account_id.concat(sa.literal_column("''"))

Left = list[tuple[ConversationId, datetime | None]]
"""Conversations, each with the time before which it may not be tried."""


def list_with_mail(conn: sa.Connection, accounts: Collection[str], before: datetime) -> Left:
    """Unread since before `before`, in one of the accounts, and in nobody's hands."""
    old = sa.exists().where(_inbox.c.conversation_id == _conversations.c.id, UNREAD, _inbox.c.received_at <= before)
    wanted = sa.select(_conversations.c.id).where(HAS_MAIL, _open_to(conn, accounts), old)
    return [(ConversationId(found), None) for found in conn.scalars(wanted.order_by(_conversations.c.id))]


def list_with_unsent(conn: sa.Connection, accounts: Collection[str]) -> Left:
    """Rows in doubt (`sending`) are among them."""
    first = sa.select(sa.func.min(_outbox.c.id)).where(OPEN).group_by(_outbox.c.conversation_id)
    wanted = (
        sa.select(_outbox.c.conversation_id, _outbox.c.not_before)
        .join(_conversations, _conversations.c.id == _outbox.c.conversation_id)
        .where(_outbox.c.id.in_(first), _open_to(conn, accounts))
        .order_by(_outbox.c.conversation_id)
    )
    return [(ConversationId(row[0]), row[1]) for row in conn.execute(wanted)]


def still_waiting(conn: sa.Connection, ids: Collection[ConversationId], accounts: Collection[str]) -> Left:
    """Those of `ids` that have mail which nobody took up."""
    wanted = sa.select(_conversations.c.id).where(_conversations.c.id.in_(ids), HAS_MAIL, _open_to(conn, accounts))
    return [(ConversationId(found), None) for found in conn.scalars(wanted)]


def _open_to(conn: sa.Connection, accounts: Collection[str]) -> sa.ColumnElement[bool]:
    """Of another account somebody else has the channel. On a file the one process holds its leases in memory."""
    mine = _account.in_(accounts)
    return sa.and_(mine, IS_FREE) if conn.dialect.name == "postgresql" else mine
