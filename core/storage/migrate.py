"""Bring a database to the present schema."""

from pathlib import Path

import sqlalchemy as sa

MIGRATIONS = Path(__file__).resolve().parents[2] / "migrations"
NEWEST = "0012"
"""The newest revision: a database that already has it is not touched, which saves Alembic's import at every start."""

LOCK = 20_261_121
"""Any number that nothing else in the database locks."""


def migrate(engine: sa.Engine) -> bool:
    """Run what is missing; False when nothing was."""
    if _revision(engine) == NEWEST:
        return False
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.begin() as conn:
        if engine.dialect.name == "postgresql":  # of several processes that start together one migrates
            conn.execute(sa.text("select pg_advisory_xact_lock(:key)"), {"key": LOCK})
        config.attributes["connection"] = conn
        command.upgrade(config, "head")
    return True


def _revision(engine: sa.Engine) -> str | None:
    with engine.connect() as conn:
        if not sa.inspect(conn).has_table("alembic_version"):
            return None
        return conn.execute(sa.text("select version_num from alembic_version")).scalar()
