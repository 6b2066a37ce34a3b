"""What lets us write to a person, as it happens outside turns: openers, ads, comments, who holds the thread."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa

from core.domain.ids import ConversationId, MessageId
from core.domain.reply_window import Standing
from core.storage.database import per_dialect
from core.storage.tables import CommentRow, ContactRow, ConversationRow, table

_conversations = table(ConversationRow)
_comments = table(CommentRow)
_contacts = table(ContactRow)
_insert_comment = per_dialect(lambda insert: insert(_comments).on_conflict_do_nothing())

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


def note_comment(
    conn: sa.Connection,
    conversation_id: ConversationId,
    comment_id: str,
    at: datetime,
    message_id: MessageId | None = None,
) -> None:
    """A public comment is permission for one private reply; one that is known already gives no second."""
    mine = sa.select(_conversations.c.account_id).where(_conversations.c.id == conversation_id)
    account = str(conn.execute(mine).scalar_one())
    values = {"account_id": account, "comment_id": comment_id, "conversation_id": conversation_id, "at": at}
    conn.execute(_insert_comment[conn.dialect.name], {**values, "message_id": message_id})
    _show_open(conn, conversation_id)


def find_comment(conn: sa.Connection, message_ids: Sequence[MessageId]) -> int | None:
    """The number of the comment that was stored as one of these messages."""
    found = conn.execute(sa.select(_comments.c.id).where(_comments.c.message_id.in_(message_ids)).limit(1)).scalar()
    return None if found is None else int(found)


def use_private_reply(conn: sa.Connection, conversation_id: ConversationId, comment_id: str, now: datetime) -> None:
    _answered(conn, conversation_id, comment_id, now)


def give_back_private_reply(conn: sa.Connection, conversation_id: ConversationId, comment_id: str) -> None:
    """The platform certainly did not take it."""
    _answered(conn, conversation_id, comment_id, None)


def note_other_holder(conn: sa.Connection, conversation_id: ConversationId, held_elsewhere: bool) -> None:
    """Whether another application answers in this thread now."""
    mine = sa.update(_conversations).where(_conversations.c.id == conversation_id)
    conn.execute(mine.values(held_elsewhere=held_elsewhere))


def _answered(conn: sa.Connection, conversation_id: ConversationId, comment_id: str, at: datetime | None) -> None:
    same = sa.and_(_comments.c.conversation_id == conversation_id, _comments.c.comment_id == comment_id)
    conn.execute(sa.update(_comments).where(same).values(answered_at=at))
    _show_open(conn, conversation_id)


def _show_open(conn: sa.Connection, conversation_id: ConversationId) -> None:
    """Of several comments the newest that is not answered yet: by it a person may write now."""
    newest = (
        sa.select(_comments)
        .where(_comments.c.conversation_id == conversation_id)
        .order_by(_comments.c.answered_at.is_not(None), _comments.c.at.desc(), _comments.c.id.desc())
        .limit(1)
    )
    row = conn.execute(newest).first()
    if row is None:
        return
    values = {"comment_id": row.comment_id, "comment_at": row.at, "comment_answered_at": row.answered_at}
    conn.execute(sa.update(_conversations).where(_conversations.c.id == conversation_id).values(**values))


def _raise(conn: sa.Connection, conversation_id: ConversationId, column: sa.Column[datetime], at: datetime) -> None:
    earlier = sa.or_(column.is_(None), column < at)
    conn.execute(
        sa.update(_conversations).where(_conversations.c.id == conversation_id, earlier).values({column.name: at})
    )
