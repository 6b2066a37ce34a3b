"""One person behind several doors: links between contacts, one-time links, and what people are recognised by."""

import sqlalchemy as sa
from alembic import op

from core.domain.likeness import fold_name, key_of
from core.storage.types import BigId, Json, UtcDateTime

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_NEW_COLUMNS = {
    "contacts": (
        ("opted_out_at", UtcDateTime()), ("consent_at", UtcDateTime()), ("person_id", BigId), ("proven_id", BigId),
    ),
    "channel_identities": (
        ("name_key", sa.String()), ("phone", sa.String()), ("phone_at", UtcDateTime()), ("email", sa.String()),
        ("email_at", UtcDateTime()),
    ),
    "facts": (("key", sa.String()),),
    "leads": (("owner_at", UtcDateTime()),),
}  # fmt: skip
_NEW_INDEXES = (
    ("ix_contacts_person_id", "contacts", ["person_id"]),
    ("ix_contacts_proven_id", "contacts", ["proven_id"]),
    ("ix_channel_identities_name_key", "channel_identities", ["name_key"]),
    ("ix_channel_identities_phone", "channel_identities", ["phone"]),
    ("ix_channel_identities_email", "channel_identities", ["email"]),
    ("ix_facts_key", "facts", ["name", "key"]),
    ("ix_contact_links_one", "contact_links", ["one"]),
    ("ix_contact_links_other", "contact_links", ["other"]),
    ("ix_invitations_contact_id", "invitations", ["contact_id"]),
)


def upgrade() -> None:
    for rows, columns in _NEW_COLUMNS.items():
        for name, kind in columns:
            op.add_column(rows, sa.Column(name, kind, nullable=True))
    op.create_table(
        "contact_links",
        sa.Column("id", BigId, nullable=False),
        sa.Column("one", BigId, nullable=False),
        sa.Column("other", BigId, nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("proof", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("ended_by", sa.String(), nullable=True),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["one"], ["contacts.id"]),
        sa.ForeignKeyConstraint(["other"], ["contacts.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "invitations",
        sa.Column("id", BigId, nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("contact_id", BigId, nullable=False),
        sa.Column("conversation_id", BigId, nullable=False),
        sa.Column("account_id", sa.String(), nullable=False),
        sa.Column("issued_by", sa.String(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.Column("used_at", UtcDateTime(), nullable=True),
        sa.Column("used_by", BigId, nullable=True),
        sa.ForeignKeyConstraint(["contact_id"], ["contacts.id"]),
        sa.ForeignKeyConstraint(["conversation_id"], ["conversations.id"]),
        sa.ForeignKeyConstraint(["used_by"], ["contacts.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("digest"),
    )
    for name, rows, columns in _NEW_INDEXES:
        op.create_index(name, rows, columns)
    _fill_keys(op.get_bind())


def _fill_keys(conn: sa.Connection) -> None:
    """What was said before is recognised too."""
    facts = sa.table("facts", sa.column("id", BigId), sa.column("name"), sa.column("value", Json), sa.column("key"))
    wanted = facts.c.name.in_(("name", "phone", "email", "company", "city"))
    for row in conn.execute(sa.select(facts.c.id, facts.c.name, facts.c.value).where(wanted)).all():
        conn.execute(sa.update(facts).where(facts.c.id == row.id).values(key=key_of(row.name, row.value)))
    people = sa.table("channel_identities", sa.column("id", BigId), sa.column("name"), sa.column("name_key"))
    named = sa.select(people.c.id, people.c.name).where(people.c.name.is_not(None))
    for row in conn.execute(named).all():
        key = fold_name(row.name) or None
        conn.execute(sa.update(people).where(people.c.id == row.id).values(name_key=key))


def downgrade() -> None:
    for name, rows, _ in reversed(_NEW_INDEXES):
        op.drop_index(name, rows)
    op.drop_table("invitations")
    op.drop_table("contact_links")
    for rows, columns in _NEW_COLUMNS.items():
        with op.batch_alter_table(rows) as batch_op:
            for name, _ in columns:
                batch_op.drop_column(name)
