"""The wiring of late work: DBOS beside the database."""

import socket

from core.jobs.dbos_jobs import DbosJobs
from core.ports import Jobs
from core.settings import Settings


def build_jobs(settings: Settings) -> Jobs:
    """Embedded, DBOS has a file of its own. A shared database knows processes by their host's name."""
    url = settings.database_url or f"sqlite:///{settings.data_dir / 'jobs.db'}"
    executor = socket.gethostname() if settings.database_url else "seller"
    return DbosJobs(url=url, executor=executor)
