"""Promises with their time, since when a conversation is held, and who of the firm is away or was given a lead last."""

import sqlalchemy as sa
from alembic import op

from core.storage.types import BigId, UtcDateTime

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

LIVING = sa.text("state in ('open', 'overdue')")


def upgrade() -> None:
    op.create_table(
        "promises",
        sa.Column("id", BigId, nullable=False),
        sa.Column("conversation_id", BigId, sa.ForeignKey("conversations.id"), nullable=False),
        sa.Column("message_id", BigId, sa.ForeignKey("messages.id"), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("owner", sa.String(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("due_at", UtcDateTime(), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("closed_at", UtcDateTime(), nullable=True),
        sa.Column("closed_by", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_promises_conversation", "promises", ["conversation_id", "id"])
    op.create_index("ix_promises_living", "promises", ["due_at"], sqlite_where=LIVING, postgresql_where=LIVING)
    op.add_column("conversations", sa.Column("holder_since", UtcDateTime(), nullable=True))
    op.add_column("users", sa.Column("away", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("users", sa.Column("assigned_at", UtcDateTime(), nullable=True))


def downgrade() -> None:
    op.drop_column("users", "assigned_at")
    op.drop_column("users", "away")
    op.drop_column("conversations", "holder_since")
    op.drop_index("ix_promises_living", "promises")
    op.drop_index("ix_promises_conversation", "promises")
    op.drop_table("promises")
