"""Where else a fact was said: it stays when one of its witnesses is taken back."""

import sqlalchemy as sa
from alembic import op

from core.storage.types import Json

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("facts", sa.Column("again", Json, nullable=True))


def downgrade() -> None:
    op.drop_column("facts", "again")
