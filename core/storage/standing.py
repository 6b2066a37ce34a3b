"""What lets us write to a person, as it happens outside turns: openers, ads, comments, who holds the thread."""

from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa

from core.domain.ids import ConversationId
from core.domain.reply_window import Standing
from core.storage.tables import ContactRow, ConversationRow, table

_conversations = table(ConversationRow)
_contacts = table(ContactRow)

STANDING: Final[tuple[sa.Column[Any], ...]] = (
    _conversations.c.opened_at,
    _conversations.c.reachable,
    _conversations.c.ad_entry_at,
    _conversations.c.comment_id,
    _conversations.c.comment_at,
    _conversations.c.comment_answered_at,
    _conversations.c.held_elsewhere,
    _contacts.c.opted_out,
)
"""What `read_standing` needs of a row."""


def read_standing(row: Any) -> Standing:
    return Standing(
        opened_at=row.opened_at,
        reachable=row.reachable,
        opted_out=row.opted_out,
        ad_entry_at=row.ad_entry_at,
        comment_at=row.comment_at,
        comment_id=row.comment_id,
        comment_answered=row.comment_answered_at is not None,
        held_elsewhere=row.held_elsewhere,
    )


def note_opener(conn: sa.Connection, conversation_id: ConversationId, at: datetime) -> None:
    """The person did what opens the window; one that came late does not shorten it."""
    _raise(conn, conversation_id, _conversations.c.opened_at, at)


def note_ad_entry(conn: sa.Connection, conversation_id: ConversationId, at: datetime) -> None:
    """The person wrote after having clicked an ad."""
    _raise(conn, conversation_id, _conversations.c.ad_entry_at, at)


def note_comment(conn: sa.Connection, conversation_id: ConversationId, comment_id: str, at: datetime) -> None:
    """A new public comment is permission for one more private reply; one that is known already gives none."""
    values = {"comment_id": comment_id, "comment_at": at, "comment_answered_at": None}
    known, newest = _conversations.c.comment_id, _conversations.c.comment_at
    is_new = sa.or_(known.is_(None), sa.and_(known != comment_id, newest <= at))
    conn.execute(sa.update(_conversations).where(_conversations.c.id == conversation_id, is_new).values(values))


def use_private_reply(conn: sa.Connection, conversation_id: ConversationId, now: datetime) -> None:
    _answered(conn, conversation_id, now)


def give_back_private_reply(conn: sa.Connection, conversation_id: ConversationId) -> None:
    """The platform certainly did not take it."""
    _answered(conn, conversation_id, None)


def note_other_holder(conn: sa.Connection, conversation_id: ConversationId, held_elsewhere: bool) -> None:
    """Whether another application answers in this thread now."""
    mine = sa.update(_conversations).where(_conversations.c.id == conversation_id)
    conn.execute(mine.values(held_elsewhere=held_elsewhere))


def _answered(conn: sa.Connection, conversation_id: ConversationId, at: datetime | None) -> None:
    mine = sa.update(_conversations).where(_conversations.c.id == conversation_id)
    conn.execute(mine.values(comment_answered_at=at))


def _raise(conn: sa.Connection, conversation_id: ConversationId, column: sa.Column[datetime], at: datetime) -> None:
    earlier = sa.or_(column.is_(None), column < at)
    conn.execute(
        sa.update(_conversations).where(_conversations.c.id == conversation_id, earlier).values({column.name: at})
    )
