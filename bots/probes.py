"""The wiring of the watch: which servers the settings lead to, and how each is asked."""

import functools

import sqlalchemy as sa

from bots.watch import Probe
from core.settings import Settings
from core.storage.database import Database
from rag.servers import ask_cache, ask_index


def build_probes(settings: Settings, database: Database) -> dict[str, Probe]:
    """Only what is a server of its own; files have their errors where they are used."""
    probes: dict[str, Probe] = {}
    if settings.is_shared:
        probes["database"] = functools.partial(database.read, lambda conn: conn.execute(sa.text("select 1")).scalar())
    if settings.redis_url:
        probes["cache"] = functools.partial(ask_cache, settings.redis_url)
    if settings.chroma_url:
        probes["index"] = functools.partial(ask_index, settings.chroma_url)
    return probes
