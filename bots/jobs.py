"""The wiring of late work: DBOS beside the database."""

from core.jobs.dbos_jobs import DbosJobs
from core.ports import Jobs
from core.settings import Settings


def build_jobs(settings: Settings, executor: str = "seller") -> Jobs:
    """On a file, DBOS has a file of its own. A shared database knows each process by its own name."""
    if settings.is_shared:
        return DbosJobs(url=settings.database, executor=executor)
    return DbosJobs(url=f"sqlite:///{settings.data_dir / 'jobs.db'}", executor=executor)
