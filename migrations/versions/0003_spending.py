"""What language models cost: a log of calls, and what each day and each lead has spent."""

import sqlalchemy as sa
from alembic import op

from core.storage.types import BigId, UtcDateTime

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "spending",
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("spent", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("scope"),
    )
    op.create_table(
        "model_calls",
        sa.Column("id", BigId, nullable=False),
        sa.Column("contact_id", BigId, nullable=True),
        sa.Column("day", sa.String(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("rung", sa.String(), nullable=False),
        sa.Column("model", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("worst", sa.BigInteger(), nullable=False),
        sa.Column("cost", sa.BigInteger(), nullable=False),
        sa.Column("tokens_read", sa.Integer(), nullable=False),
        sa.Column("tokens_written", sa.Integer(), nullable=False),
        sa.Column("tokens_cached", sa.Integer(), nullable=False),
        sa.Column("latency_ms", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_model_calls_at", "model_calls", ["at"])
    op.create_index("ix_model_calls_contact", "model_calls", ["contact_id", "at"])


def downgrade() -> None:
    op.drop_index("ix_model_calls_contact", "model_calls")
    op.drop_index("ix_model_calls_at", "model_calls")
    op.drop_table("model_calls")
    op.drop_table("spending")
