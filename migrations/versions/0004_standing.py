"""What lets us write in a conversation: the last opener, an ad's entry, a comment, another application's hold."""

import sqlalchemy as sa
from alembic import op

from core.storage.types import UtcDateTime

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("opened_at", "ad_entry_at", "comment_at", "comment_answered_at"):
        op.add_column("conversations", sa.Column(name, UtcDateTime(), nullable=True))
    op.add_column("conversations", sa.Column("comment_id", sa.String(), nullable=True))
    op.add_column("conversations", sa.Column("held_elsewhere", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.execute("update conversations set opened_at = last_inbound_at")
