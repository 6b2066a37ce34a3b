"""A thousand people of whom many look alike: `python -m benchmarks.identity [people]`. Exits with 1 when anybody was
linked by a likeness, or hinted at by a name alone."""

import sys
import tempfile
import time
from pathlib import Path

import sqlalchemy as sa

from core.storage.database import build_engine
from core.storage.likenesses import suggest
from core.storage.migrate import migrate
from core.storage.tables import ContactLinkRow, table
from tests.core.storage.test_traps import populate

PEOPLE = 1000


def measure(conn: sa.Connection, people: int) -> int:
    """The number of faults."""
    started = time.perf_counter()
    contacts = list(populate(conn, people))
    filled = time.perf_counter()
    hints = [one for contact in contacts for one in suggest(conn, contact)]
    asked = time.perf_counter()
    links = conn.execute(sa.select(sa.func.count()).select_from(table(ContactLinkRow))).scalar_one()
    by_name = sum(set(one.reasons) == {"name"} for one in hints)
    figures = {
        "people": people,
        "linked by a likeness": links,
        "hints": len(hints),
        "  of them by a name alone": by_name,
        "seconds to store them": round(filled - started, 1),
        "ms to look for one's likenesses": round((asked - filled) * 1000 / people, 1),
    }
    for name, figure in figures.items():
        print(f"{name:<34} {figure:>10,}")
    return links + by_name + (not hints)


def main(people: int) -> int:
    with tempfile.TemporaryDirectory() as folder:
        engine = build_engine(f"sqlite:///{Path(folder) / 'town.db'}")
        try:
            migrate(engine)
            with engine.connect() as conn:
                conn.exec_driver_sql("BEGIN")
                return 1 if measure(conn, people) else 0
        finally:
            engine.dispose()


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else PEOPLE))
