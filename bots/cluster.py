"""What an application has besides when several processes share its database."""

import contextlib
from collections.abc import Collection, Coroutine
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from bots.dispatch import Work
from bots.membership import BEAT, Membership
from bots.net import repeat
from bots.peers import Peers, SharedChanges, SharedDispatcher
from bots.standby import Standby
from core.errors import SellerError
from core.ports import Jobs
from core.storage.database import Database


@dataclass(frozen=True, slots=True)
class Cluster:
    membership: Membership
    peers: Peers
    changes: SharedChanges

    def build_dispatcher(self, work: Work, longest_quiet: timedelta) -> SharedDispatcher:
        return SharedDispatcher(work=work, longest_quiet=longest_quiet, tell_others=self.peers.tell_mail)


@dataclass(frozen=True, slots=True)
class Share:
    """A cluster's loops, wired to the application that they serve."""

    cluster: Cluster
    standby: Standby
    jobs: Jobs

    def loops(self) -> list[Coroutine[Any, Any, None]]:
        peers, membership = self.cluster.peers, self.cluster.membership
        return [
            peers.keep_telling(),
            peers.keep_listening(self.standby),
            repeat("beat", BEAT, lambda: membership.beat(self.jobs)),
        ]

    async def leave(self) -> None:
        """Should the database be away, the others find out by our silence."""
        await self.standby.close()
        with contextlib.suppress(SellerError):
            await self.cluster.membership.leave()


def build_share(
    cluster: Cluster, *, database: Database, dispatcher: SharedDispatcher, accounts: Collection[str], jobs: Jobs
) -> Share:
    standby = Standby(database=database, dispatcher=dispatcher, changes=cluster.changes, accounts=accounts)
    return Share(cluster, standby, jobs)
