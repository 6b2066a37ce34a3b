"""Accounts are looked at by one process for all, on time, at once when a send is refused, and again when mended."""

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest

from bots.bootstrap import Application
from bots.caretaker import Checkup, Finding, SetUp
from bots.channel import AccountHealth, AccountState, HealthBoard
from bots.metrics import build_registry, render
from bots.net import relay
from bots.upkeep import ILL, WELL, Upkeep
from core.clock import ManualClock
from core.domain.channel_texts import ChannelTexts
from core.domain.ids import AccountId
from core.domain.messages import InboundKind, InboundMessage
from core.jobs.memory import MemoryJobs
from core.storage.database import Database
from core.storage.inbox import store_arrival
from tests.spine import build_spine

PAGE = AccountId("messenger")
WRONG = Finding(AccountState.UNAUTHORIZED, "the token is rejected", "make a new one")
DEAF = Finding(AccountState.DEAF, "webhooks are off", "subscribe")


@dataclass
class ScriptedCaretaker:
    mark: str | None = "token-1"
    account: AccountId = PAGE
    title: str = "page"
    wrong: list[Finding] = field(default_factory=list)
    noticed: list[Finding] = field(default_factory=list)
    mends: bool = False
    checks: int = 0

    def look(self) -> Sequence[Finding]:
        return self.noticed

    async def check(self) -> Checkup:
        self.checks += 1
        return Checkup(tuple(self.wrong))

    async def mend(self) -> bool:
        if self.mends:
            self.wrong.clear()
        return self.mends

    async def set_up(self, texts: ChannelTexts, marks: Mapping[str, str], *, force: bool) -> SetUp:
        return SetUp([])

    async def close(self) -> None:
        return None


@dataclass
class Process:
    """One process of those on the same database."""

    database: Database
    clock: ManualClock
    caretaker: ScriptedCaretaker
    jobs: MemoryJobs
    health: HealthBoard
    upkeep: Upkeep

    async def live(self, after: timedelta = timedelta()) -> AccountHealth:
        """Time passes; what falls due is done; give how the account is shown."""
        self.clock.advance(after)
        await self.upkeep.round()
        await relay(database=self.database, jobs=self.jobs, clock=self.clock)
        await self.jobs.run_due()
        await self.upkeep.round()
        return self.health.accounts[PAGE]


def process(app: Application, clock: ManualClock, caretaker: ScriptedCaretaker | None = None) -> Process:
    caretaker, jobs, health = caretaker or ScriptedCaretaker(), MemoryJobs(clock=clock), HealthBoard()
    upkeep = Upkeep(database=app.database, jobs=jobs, health=health, caretakers=[caretaker], clock=clock)
    return Process(app.database, clock, caretaker, jobs, health, upkeep)


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
async def app(tmp_path: Path, clock: ManualClock) -> AsyncIterator[Application]:
    spine = await build_spine(tmp_path, clock=clock)
    yield spine
    await spine.stop()


async def test_an_account_is_looked_at_after_the_start_and_then_some_times_a_day(
    app: Application, clock: ManualClock
) -> None:
    it = process(app, clock)
    assert it.health.state(PAGE) is AccountState.STARTING
    assert (await it.live()).state is AccountState.OK
    await it.live(WELL / 2)
    assert it.caretaker.checks == 1
    await it.live(WELL)
    assert it.caretaker.checks == 2


async def test_what_is_mended_is_well_again_without_a_restart(app: Application, clock: ManualClock) -> None:
    it = process(app, clock, ScriptedCaretaker(wrong=[WRONG]))
    health = await it.live()
    assert (health.state, health.reason, health.hint) == (AccountState.UNAUTHORIZED, WRONG.what, WRONG.hint)
    it.caretaker.wrong.clear()
    assert (await it.live(ILL)).state is AccountState.OK


async def test_a_state_that_stays_keeps_its_beginning(app: Application, clock: ManualClock) -> None:
    it = process(app, clock, ScriptedCaretaker(wrong=[WRONG]))
    first = await it.live()
    assert (await it.live(ILL)).at == first.at


async def test_a_refused_send_is_looked_into_at_once_and_not_painted_over_before(
    app: Application, clock: ManualClock
) -> None:
    it = process(app, clock)
    await it.live()
    clock.advance(timedelta(minutes=1))
    it.caretaker.wrong.append(WRONG)
    it.health.report(PAGE, AccountHealth(AccountState.UNAUTHORIZED, "token_rejected", "", clock.now()))
    await it.upkeep.round()
    assert it.health.accounts[PAGE].reason == "token_rejected"
    health = await it.live(timedelta(seconds=5))
    assert (it.caretaker.checks, health.reason) == (2, WRONG.what)


async def test_a_refused_send_whose_cause_is_over_does_not_stop_the_account_for_a_day(
    app: Application, clock: ManualClock
) -> None:
    it = process(app, clock)
    await it.live()
    it.health.report(PAGE, AccountHealth(AccountState.UNAUTHORIZED, "token_rejected", "", clock.now()))
    assert (await it.live(timedelta(seconds=5))).state is AccountState.OK


async def test_of_two_processes_one_looks_and_both_know(app: Application, clock: ManualClock) -> None:
    first, second = process(app, clock, ScriptedCaretaker(wrong=[WRONG])), process(app, clock)
    await first.live()
    assert (await second.live()).state is AccountState.UNAUTHORIZED
    assert (first.caretaker.checks, second.caretaker.checks) == (1, 0)


async def test_a_start_shows_at_once_what_was_known_and_looks_anew_with_another_token(
    app: Application, clock: ManualClock
) -> None:
    await process(app, clock, ScriptedCaretaker(wrong=[WRONG])).live()
    same, other = process(app, clock), process(app, clock, ScriptedCaretaker(mark="token-2"))
    await same.upkeep.round()
    await other.upkeep.round()
    assert same.health.state(PAGE) is AccountState.UNAUTHORIZED
    assert other.health.state(PAGE) is AccountState.STARTING
    assert (await other.live()).state is AccountState.OK


async def test_a_look_that_was_lost_is_planned_again(app: Application, clock: ManualClock) -> None:
    it = process(app, clock)
    await it.live()
    lost = MemoryJobs(clock=clock)
    clock.advance(WELL)
    await relay(database=it.database, jobs=lost, clock=clock)  # and the process that took it is gone
    assert (await it.live(timedelta(minutes=10))).state is AccountState.OK
    assert it.caretaker.checks == 1
    await it.live(timedelta(minutes=10))
    assert it.caretaker.checks == 2


async def test_an_account_that_was_unsubscribed_is_subscribed_again(app: Application, clock: ManualClock) -> None:
    it = process(app, clock, ScriptedCaretaker(wrong=[DEAF], mends=True))
    assert (await it.live()).state is AccountState.OK
    assert it.caretaker.checks == 2


async def test_what_cannot_be_mended_is_told(app: Application, clock: ManualClock) -> None:
    it = process(app, clock, ScriptedCaretaker(wrong=[DEAF]))
    assert (await it.live()).state is AccountState.DEAF


async def test_what_this_process_noticed_itself_is_shown_until_it_is_over(app: Application, clock: ManualClock) -> None:
    it = process(app, clock)
    await it.live()
    it.caretaker.noticed.append(DEAF)
    assert (await it.live()).state is AccountState.DEAF
    it.caretaker.noticed.clear()
    assert (await it.live()).state is AccountState.OK


async def test_an_account_that_looks_after_itself_is_deaf_while_nothing_comes_and_well_again_afterwards(
    app: Application, clock: ManualClock
) -> None:
    telegram, health, keeper = AccountId("telegram"), HealthBoard(), ScriptedCaretaker(mark=None)
    keeper.account = telegram
    upkeep = Upkeep(
        database=app.database, jobs=MemoryJobs(clock=clock), health=health, caretakers=[keeper], clock=clock
    )

    async def store(number: int, kind: InboundKind = InboundKind.TEXT) -> None:
        one = InboundMessage(telegram, f"{kind}:{number}", "1", "1", kind, clock.now(), "привіт", payload="x")
        await app.database.write(lambda conn: store_arrival(conn, one, "telegram", clock.now()))

    async def live(after: timedelta) -> AccountHealth:
        """As its own link reports it, time and again."""
        clock.advance(after)
        await upkeep.round()
        health.report(telegram, AccountHealth(AccountState.OK, "", "", clock.now()))
        return health.accounts[telegram]

    for number in range(40):
        await store(number)
        assert (await live(timedelta(hours=4))).state is AccountState.OK
    await store(40, InboundKind.FOLLOW_UP)  # a timer of our own breaks no silence
    silent = await live(timedelta(hours=9))
    assert (silent.state, bool(silent.hint)) == (AccountState.DEAF, True)
    health.report(telegram, AccountHealth(AccountState.CONFLICT, "another poller", "stop it", clock.now()))
    assert health.state(telegram) is AccountState.CONFLICT
    await store(41)
    assert (await live(ILL)).state is AccountState.OK


async def test_an_account_that_looks_after_itself_is_left_alone(app: Application, clock: ManualClock) -> None:
    health = HealthBoard()
    keeper = ScriptedCaretaker(mark=None)
    upkeep = Upkeep(
        database=app.database, jobs=MemoryJobs(clock=clock), health=health, caretakers=[keeper], clock=clock
    )
    await upkeep.start()
    await upkeep.stop()
    assert (health.accounts, keeper.checks) == ({}, 0)


async def test_what_is_left_of_limits_and_tokens_is_a_number(app: Application, clock: ManualClock) -> None:
    app.health.usage["messenger"] = lambda: 87.0
    app.health.token_ends["instagram"] = lambda: clock.now() + timedelta(days=2)
    told = render(build_registry(app)).decode()
    assert 'seller_platform_usage_percent{account="messenger"} 87.0' in told
    assert 'seller_token_left_seconds{account="instagram"} 172800.0' in told
