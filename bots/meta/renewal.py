"""Renews the token of Instagram's own login before it dies: after a day at the earliest, within sixty at the latest."""

from datetime import datetime, timedelta
from typing import Final

import httpx
import structlog

from bots.caretaker import Finding
from bots.meta.graph import GraphApi
from bots.meta.judge import judge_end
from bots.token_file import Kept, TokenFile, fingerprint
from core.errors import SellerError
from core.ports import Clock

log = structlog.get_logger()

RENEW_AFTER: Final = timedelta(days=7)
"""Of the sixty that a token lives: many weeks are left for trying again."""
TRY_AGAIN: Final = timedelta(hours=6)
"""Also how long a token of unknown age is left alone: the platform renews none that is younger than a day."""


class Renewal:
    def __init__(self, *, graph: GraphApi, file: TokenFile, clock: Clock) -> None:
        self._graph = graph
        self._file = file
        self._clock = clock
        self._of_settings = graph.endpoint.token
        self._tried_at: datetime | None = None
        self.kept: Kept | None = None
        self._take(file.read(self._of_settings))

    async def look(self) -> bool:
        """Renew when it is time; True when a new token came. Never raises for what platform, net or disk do."""
        now = self._clock.now()
        if self._tried_at and now - self._tried_at < TRY_AGAIN:
            return False
        self._take(self._file.read(self._of_settings))  # another process of this folder may have been quicker
        if self.kept and now - self.kept.renewed_at < RENEW_AFTER:
            return False
        self._tried_at = now
        try:
            with self._file.alone() as is_alone:
                return is_alone and await self._renew(now)
        except SellerError as error:
            log.error("token.not_kept", reason=error.what, hint=error.hint)
        except httpx.HTTPError as error:
            log.warning("token.not_renewed", reason=type(error).__name__)
        return False

    def find(self) -> Finding | None:
        """What is wrong with the life that is left."""
        return judge_end(self.ends_at, "the renewed token", "INSTAGRAM", self._clock.now())

    @property
    def folder(self) -> str:
        """Where it is kept."""
        return str(self._file.folder)

    @property
    def ends_at(self) -> datetime | None:
        """None while nobody knows."""
        return self.kept.ends_at if self.kept else None

    async def _renew(self, now: datetime) -> bool:
        answer = await self._graph.renew()
        token, seconds = answer.get("access_token"), answer.get("expires_in")
        if not answer.is_good or not isinstance(token, str) or not isinstance(seconds, int):
            log.info("token.not_renewed", status=answer.status, codes=answer.codes)
            return False
        kept = Kept(token, fingerprint(self._of_settings), now, now + timedelta(seconds=seconds))
        self._file.keep(kept)
        self._take(kept)
        log.info("token.renewed", ends_at=kept.ends_at.isoformat())
        return True

    def _take(self, kept: Kept | None) -> None:
        """The token in the settings wins over whatever grew from another one."""
        if kept and kept != self.kept:
            self.kept = kept
            self._graph.use(kept.token)
