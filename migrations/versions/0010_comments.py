"""Public comments, each with what became of its one private reply, and which of them an outgoing message answers."""

import sqlalchemy as sa
from alembic import op

from core.storage.types import BigId, UtcDateTime

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

# Of each conversation the newest one was known until now.
_TAKE_OVER = """
insert into comments (account_id, comment_id, conversation_id, message_id, at, answered_at)
select c.account_id, c.comment_id, c.id,
    (select max(m.id) from messages m where m.conversation_id = c.id and m.external_id = c.comment_id),
    c.comment_at, c.comment_answered_at
from conversations c where c.comment_id is not null and c.comment_at is not null
"""


def upgrade() -> None:
    op.create_table(
        "comments",
        sa.Column("id", BigId, nullable=False),
        sa.Column("account_id", sa.String(), nullable=False),
        sa.Column("comment_id", sa.String(), nullable=False),
        sa.Column("conversation_id", BigId, sa.ForeignKey("conversations.id"), nullable=False),
        sa.Column("message_id", BigId, sa.ForeignKey("messages.id"), nullable=True),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("answered_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("account_id", "comment_id"),
    )
    op.create_index("ix_comments_conversation_id", "comments", ["conversation_id"])
    op.create_index("ix_comments_message_id", "comments", ["message_id"])
    op.add_column("outbox_messages", sa.Column("answers", BigId, nullable=True))
    op.execute(sa.text(_TAKE_OVER))


def downgrade() -> None:
    op.drop_column("outbox_messages", "answers")
    op.drop_index("ix_comments_message_id", "comments")
    op.drop_index("ix_comments_conversation_id", "comments")
    op.drop_table("comments")
