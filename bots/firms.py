"""The firm in force now, and every playbook version that a running conversation is still on."""

import asyncio
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa
import structlog

from core.domain.events import EVENT_VERSION, EventKind
from core.domain.firm import Firm
from core.domain.playbook import Playbook
from core.ports import Clock
from core.storage.database import Database
from core.storage.playbooks import PlaybookVersion, find_version, publish
from core.storage.tables import EventRow, table
from core.strategy.firm_folder import LoadedFirm, load_firm
from core.strategy.load import parse_playbook

log = structlog.get_logger()


class FirmShelf:
    """Reads the firm's folder; keeps what was published, so that an edit never breaks a running talk."""

    def __init__(self, *, database: Database, folder: Path, clock: Clock) -> None:
        self._database = database
        self._folder = folder
        self._clock = clock
        self._loaded: LoadedFirm | None = None
        self._versions: dict[str, Playbook] = {}

    async def load(self) -> LoadedFirm:
        """Read the folder and publish its playbooks. Raises InvalidFirm; what was in force then stays in force."""
        loaded = await asyncio.to_thread(load_firm, self._folder)
        now = self._clock.now()
        for audience, playbook in loaded.playbooks.items():
            version = PlaybookVersion(
                playbook.digest, audience, playbook.version, loaded.sources[audience], f"{audience}.yaml"
            )
            await self._database.write(lambda conn, version=version: _publish(conn, version, now))  # type: ignore[misc]
            self._versions[playbook.digest] = playbook
        self._loaded = loaded
        return loaded

    @property
    def folder(self) -> Path:
        return self._folder

    @property
    def loaded(self) -> LoadedFirm:
        if self._loaded is None:
            raise RuntimeError("the firm is not loaded yet")
        return self._loaded

    @property
    def firm(self) -> Firm:
        return self.loaded.firm

    @property
    def playbooks(self) -> dict[str, Playbook]:
        return dict(self.loaded.playbooks)

    async def playbook(self, audience: str, digest: str | None) -> Playbook:
        """The pinned version, or the newest of the audience for a conversation that has none yet."""
        newest = self.playbooks.get(audience) or next(iter(self.playbooks.values()))
        if digest is None or digest == newest.digest:
            return newest
        if digest not in self._versions:
            kept = await self._database.read(lambda conn: find_version(conn, digest))
            if kept is None:
                log.warning("playbook.version_missing", digest=digest[:12])
                return newest
            self._versions[digest] = parse_playbook(kept.source, file=kept.file, languages=self.firm.languages)
        return self._versions[digest]


def _publish(conn: sa.Connection, version: PlaybookVersion, now: datetime) -> None:
    if publish(conn, version, now):
        data = {"audience": version.audience, "version": version.version, "digest": version.digest[:12]}
        row = {"kind": EventKind.PLAYBOOK_PUBLISHED.value, "version": EVENT_VERSION, "data": data, "at": now}
        conn.execute(sa.insert(table(EventRow)).values(**row))
