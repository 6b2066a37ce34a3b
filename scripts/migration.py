"""Write a new revision: what the tables have and a freshly migrated database has not."""

import sys
import tempfile
from pathlib import Path

from alembic import command
from alembic.config import Config

from core.storage.database import build_engine
from core.storage.migrate import MIGRATIONS, migrate


def main(message: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        engine = build_engine(f"sqlite:///{folder}/fresh.db")
        migrate(engine)
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        number = f"{len(list((MIGRATIONS / 'versions').glob('0*.py'))) + 1:04d}"
        with engine.begin() as conn:
            config.attributes["connection"] = conn
            command.revision(config, message=message, autogenerate=True, rev_id=number)
    sys.stdout.write(f"Read it, then set NEWEST in {Path('core/storage/migrate.py')} to {number}\n")


if __name__ == "__main__":
    if len(sys.argv) != 2 or not sys.argv[1].strip():
        sys.exit('say what changes: make migration m="Add ..."')
    main(sys.argv[1])
