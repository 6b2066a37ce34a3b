"""The wiring: settings in, a ready application out. The only place where adapters meet what needs them."""

import asyncio
import os
import socket
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta

import structlog

from bots.changes import Changes
from bots.channel import AccountHealth, AccountState, Channel, HealthBoard
from bots.cluster import Cluster, Share, build_share
from bots.data_folder import DataFolder
from bots.delivery import Delivery
from bots.dispatch import Dispatcher
from bots.doorways import Doorways
from bots.duties import Duties
from bots.firms import FirmShelf
from bots.follow_ups import build_follow_up
from bots.intake import Intake
from bots.membership import Membership
from bots.net import recover, relay, repeat, stop
from bots.operators import Operators
from bots.peers import Peers, SharedChanges
from bots.turns import TurnRunner
from bots.worker import Worker
from core.clock import SystemClock
from core.engine.engine import Engine
from core.engine.timers import FOLLOW_UP
from core.errors import SellerError
from core.llm.chain import ModelChain
from core.ports import Clock, Jobs, Leases
from core.settings import Settings
from core.storage.database import Database
from core.storage.leases import MemoryLeases, SqlLeases
from core.storage.notices import Notices
from core.storage.shared import open_migrated

log = structlog.get_logger()

POLL = timedelta(seconds=2)
RELAY = timedelta(seconds=5)
OTHERS_FIRST = timedelta(seconds=1)


@dataclass
class Application:
    """Everything that runs, wired. `start` takes up what a kill left; `stop` lets running work finish its hop."""

    settings: Settings
    clock: Clock
    folder: DataFolder
    database: Database
    firms: FirmShelf
    health: HealthBoard
    changes: Changes
    channels: dict[str, Channel]
    engine: Engine
    turns: TurnRunner
    delivery: Delivery
    dispatcher: Dispatcher
    intake: Intake
    operators: Operators
    jobs: Jobs
    doorways: Doorways
    share: Share | None = None
    """None when this is the only process, as it is on a file."""
    models: ModelChain | None = None
    """For health and metrics only: the engine is what asks them."""
    _tasks: list[asyncio.Task[None]] = field(default_factory=list)

    async def start(self) -> None:
        """The firm must be loaded before."""
        for account in self.channels:
            if account not in self.health.accounts:
                self.health.report(account, AccountHealth(AccountState.OK, "", "", self.clock.now()))
        await self._recover()
        self._tasks = [
            asyncio.create_task(repeat("recover", POLL, self._recover)),
            asyncio.create_task(self._launch_jobs()),
            *(asyncio.create_task(loop) for loop in (self.share.loops() if self.share else ())),
        ]

    async def stop(self) -> None:
        await stop(self._tasks)
        await self.dispatcher.close()
        await self.jobs.close()
        if self.share:
            await self.share.leave()
        self.database.close()
        self.folder.release()

    async def _recover(self) -> int:
        """Among several, mail is old only after whoever stored it had its time to answer."""
        now = self.clock.now()
        before = now - timedelta(seconds=self.settings.longest_quiet_s) - OTHERS_FIRST if self.share else now
        return await recover(
            database=self.database, dispatcher=self.dispatcher, accounts=self.channels, now=now, before=before
        )

    async def _launch_jobs(self) -> None:
        """Late work may come a second later than the first answer."""
        try:
            await self.jobs.launch()
        except Exception as error:
            log.exception("jobs.not_launched")
            told = (error.what, error.hint) if isinstance(error, SellerError) else (repr(error), "look into the log")
            self.health.parts["jobs"] = AccountHealth(AccountState.AWAY, *told, self.clock.now())
            return
        self.health.parts["jobs"] = AccountHealth(AccountState.OK, "", "", self.clock.now())
        await repeat("relay", RELAY, self._relay)

    async def _relay(self) -> int:
        if self.share and self.share.cluster.membership.has_lost_its_jobs:
            told = ("this process was silent for too long; others have its jobs", "start it again")
            self.health.parts["jobs"] = AccountHealth(AccountState.AWAY, *told, self.clock.now())
            return 0
        return await relay(database=self.database, jobs=self.jobs, clock=self.clock)


@dataclass(frozen=True, slots=True)
class Store:
    """The durable ground: opened and migrated first, since the brain stands on it too."""

    folder: DataFolder
    database: Database
    firms: FirmShelf
    clock: Clock


def open_store(settings: Settings, *, clock: Clock | None = None) -> Store:
    """Raises SellerError when the folder or the database cannot be used."""
    folder = DataFolder(settings.data_dir)
    # A database in a file and an index in a folder have one owner.
    if not settings.is_shared or settings.chroma_url is None:
        folder.claim()
    clock = clock or SystemClock()
    database = open_migrated(settings.database)
    return Store(folder, database, FirmShelf(database=database, folder=settings.firm, clock=clock), clock)


async def join_cluster(store: Store, *, life: str | None = None) -> Cluster | None:
    """This process's place among those on the same database; None on a file, which one process owns."""
    if store.database.dialect == "sqlite":
        return None
    membership = Membership(database=store.database, life=life)
    await membership.join()
    peers = Peers(notices=Notices(store.database), life=membership.life)
    return Cluster(membership, peers, SharedChanges(peers.tell_change))


def find_secret(settings: Settings, folder: DataFolder) -> bytes:
    """What cookies, tokens and one-time links are sealed with."""
    return settings.secret_key.get_secret_value().encode() if settings.secret_key else folder.secret()


def build_application(
    settings: Settings,
    store: Store,
    *,
    engine: Engine,
    jobs: Jobs,
    channels: Sequence[tuple[str, Channel]],
    cluster: Cluster | None = None,
) -> Application:
    """Wire the spine around an engine. `channels` are (account, channel) pairs."""
    database, firms, clock = store.database, store.firms, store.clock
    owner = _name_owner(cluster)
    health, changes, by_account = HealthBoard(), cluster.changes if cluster else Changes(), dict(channels)
    doorways = Doorways(database=database, clock=clock, secret=find_secret(settings, store.folder), channels=by_account)
    turns = TurnRunner(
        database=database, engine=engine, firms=firms, channels=by_account, clock=clock, doorways=doorways
    )
    delivery = Delivery(
        database=database, channels=by_account, health=health, clock=clock, owner=owner,
        quiet=lambda: firms.firm.quiet_hours,
    )  # fmt: skip
    worker = Worker(leases=_find_leases(database, owner), turns=turns, delivery=delivery, changes=changes)
    quiet = (timedelta(seconds=settings.quiet_window_s), timedelta(seconds=settings.longest_quiet_s))
    shared = cluster.build_dispatcher(worker.visit, quiet[1]) if cluster else None
    dispatcher = shared or Dispatcher(work=worker.visit, longest_quiet=quiet[1])
    intake = Intake(
        database=database, dispatcher=dispatcher, channels=by_account, changes=changes, clock=clock, quiet=quiet
    )
    operators = Operators(
        database=database, channels=by_account, wakeups=dispatcher, changes=changes, clock=clock,
        firm=lambda: firms.firm,
    )  # fmt: skip
    share = None
    if cluster and shared:
        share = build_share(cluster, database=database, dispatcher=shared, accounts=by_account, jobs=jobs)
    _register_jobs(jobs, store, intake, dispatcher, changes)
    return Application(
        settings=settings, clock=clock, folder=store.folder, database=database, firms=firms, health=health,
        changes=changes, channels=by_account, engine=engine, turns=turns, delivery=delivery, dispatcher=dispatcher,
        intake=intake, operators=operators, jobs=jobs, share=share, doorways=doorways,
    )  # fmt: skip


def _name_owner(cluster: Cluster | None) -> str:
    return cluster.membership.life if cluster else f"{socket.gethostname()}:{os.getpid()}"


def _find_leases(database: Database, owner: str) -> Leases:
    return MemoryLeases(database) if database.dialect == "sqlite" else SqlLeases(database, owner=owner)


def _register_jobs(jobs: Jobs, store: Store, intake: Intake, dispatcher: Dispatcher, changes: Changes) -> None:
    jobs.register(FOLLOW_UP, build_follow_up(database=store.database, intake=intake, clock=store.clock))
    Duties(
        database=store.database, wake=lambda talk: dispatcher.mail(talk, timedelta()), changes=changes,
        clock=store.clock, firm=lambda: store.firms.firm,
    ).register(jobs)  # fmt: skip
