"""Events that no talk can hold, kept as they came; and up to when a person has read.

Revision ID: 0005
Revises: 0004
"""

import sqlalchemy as sa
from alembic import op

from core.storage.types import BigId, Json, UtcDateTime

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "kept_events",
        sa.Column("id", BigId, primary_key=True),
        sa.Column("account_id", sa.String(), nullable=False),
        sa.Column("event_id", sa.String(), nullable=False),
        sa.Column("chat", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("raw", Json, nullable=True),
        sa.Column("at", UtcDateTime, nullable=False),
        sa.UniqueConstraint("account_id", "event_id"),
    )
    op.create_index("ix_kept_events_chat", "kept_events", ["chat"])
    op.create_index("ix_kept_events_at", "kept_events", ["at"])
    op.add_column("conversations", sa.Column("read_at", UtcDateTime, nullable=True))


def downgrade() -> None:
    op.drop_column("conversations", "read_at")
    op.drop_table("kept_events")
