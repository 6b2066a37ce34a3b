"""The wiring of late work: DBOS beside the database."""

from bots.bootstrap import Store
from core.jobs.dbos_jobs import DbosJobs
from core.ports import Jobs
from core.settings import Settings


def build_jobs(settings: Settings, store: Store) -> Jobs:
    """Embedded, DBOS has a file of its own: its queue tables are no part of our schema."""
    url = settings.database_url or f"sqlite:///{settings.data_dir / 'jobs.db'}"
    return DbosJobs(url=url, clock=store.clock)
