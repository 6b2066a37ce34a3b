"""Vectors of a passage's sentences: which of them answers, and how close the passage comes by its best one."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("passages", sa.Column("sentences", sa.LargeBinary(), nullable=True))


def downgrade() -> None:
    op.drop_column("passages", "sentences")
