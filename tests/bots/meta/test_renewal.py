"""The token of Instagram's own login is renewed before it dies, and the new one outlives the process."""

import logging
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bots.channel import AccountState, HealthBoard
from bots.meta.renewal import RENEW_AFTER, TRY_AGAIN, Renewal
from bots.token_file import TokenFile, fingerprint
from core.clock import ManualClock
from core.domain.messages import OutboundMessage
from core.domain.sending import Sent
from tests.bots.meta.bench import PLATFORMS, connect, emulate
from tests.emulators import faults
from tests.emulators.meta import MetaEmulator, graph_fault
from tests.emulators.meta_state import DAY, PERSON, TOKEN

LOGIN = PLATFORMS["instagram_login"]


@pytest.fixture
def emulator() -> Iterator[MetaEmulator]:
    with emulate(LOGIN) as served:
        served.desk.expires_at = served.state.now + 60 * DAY
        served.desk.issued_at = served.state.now - 2 * DAY
        yield served


@pytest.fixture
def clock(emulator: MetaEmulator) -> ManualClock:
    return ManualClock(datetime.fromtimestamp(emulator.state.now, UTC))


def renewal(emulator: MetaEmulator, clock: ManualClock, folder: Path) -> Renewal:
    """As after a start with the token of the settings."""
    account = connect(LOGIN, emulator.base_url)
    return Renewal(graph=account.graph, file=TokenFile(folder, "instagram"), clock=clock)


def live(emulator: MetaEmulator, clock: ManualClock, by: timedelta) -> None:
    clock.advance(by)
    emulator.advance(by.total_seconds())


async def test_a_year_passes_without_anybody_touching_the_token(
    emulator: MetaEmulator, clock: ManualClock, tmp_path: Path
) -> None:
    it = renewal(emulator, clock, tmp_path)
    for _ in range(365):
        await it.look()
        live(emulator, clock, timedelta(days=1))
    assert emulator.state.now < emulator.desk.expires_at
    assert 40 < emulator.desk.renewals < 60
    assert it.find() is None


async def test_the_renewed_token_sends_and_outlives_the_process(
    emulator: MetaEmulator, clock: ManualClock, tmp_path: Path
) -> None:
    assert await renewal(emulator, clock, tmp_path).look()
    assert emulator.state.token != TOKEN
    account = connect(LOGIN, emulator.base_url)
    Renewal(graph=account.graph, file=TokenFile(tmp_path, "instagram"), clock=clock)
    emulator.open_chat()
    assert isinstance(await account.channel.send(PERSON, OutboundMessage("Вітаю"), key="1"), Sent)
    await account.graph.close()


async def test_neither_token_is_in_a_record_of_the_renewal_or_in_what_is_shown(
    emulator: MetaEmulator, clock: ManualClock, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    it, board = renewal(emulator, clock, tmp_path), HealthBoard()
    board.token_ends["instagram"] = lambda: it.ends_at
    # By name: the program's own set-up, if another test ran it, keeps this library quiet.
    with caplog.at_level(logging.DEBUG), caplog.at_level(logging.DEBUG, "httpx"):
        assert await it.look()
    assert it.kept
    told = f"{caplog.text} {it.kept} {board} {it._graph.endpoint}"
    assert "refresh_access_token" in told, "the platform wants it in the address, and addresses are logged"
    assert TOKEN not in told
    assert it.kept.token not in told
    assert fingerprint(TOKEN) in told


async def test_a_token_that_is_too_young_is_tried_again_later(
    emulator: MetaEmulator, clock: ManualClock, tmp_path: Path
) -> None:
    emulator.desk.issued_at = emulator.state.now
    it = renewal(emulator, clock, tmp_path)
    assert not await it.look()
    live(emulator, clock, timedelta(hours=1))
    assert not await it.look()
    live(emulator, clock, timedelta(days=1))
    assert await it.look()


@pytest.mark.parametrize("fault", [faults.server_error(), graph_fault(400, 190), faults.cut_off(delivered=False)])
async def test_a_renewal_that_fails_leaves_the_old_token_and_is_tried_again(
    fault: faults.Fault, emulator: MetaEmulator, clock: ManualClock, tmp_path: Path
) -> None:
    emulator.script("renew", fault)
    it = renewal(emulator, clock, tmp_path)
    assert not await it.look()
    assert it.kept is None
    live(emulator, clock, TRY_AGAIN)
    assert await it.look()


async def test_a_token_that_will_die_and_is_not_renewed_is_an_alarm_a_week_before(
    emulator: MetaEmulator, clock: ManualClock, tmp_path: Path
) -> None:
    it = renewal(emulator, clock, tmp_path)
    await it.look()
    live(emulator, clock, timedelta(days=52))
    assert it.find() is None
    live(emulator, clock, timedelta(days=2))
    found = it.find()
    assert found
    assert found.state is AccountState.EXPIRING
    live(emulator, clock, timedelta(days=7))
    found = it.find()
    assert found
    assert found.state is AccountState.UNAUTHORIZED


async def test_what_another_process_of_the_folder_renewed_is_taken_over(
    emulator: MetaEmulator, clock: ManualClock, tmp_path: Path
) -> None:
    first, second = renewal(emulator, clock, tmp_path), renewal(emulator, clock, tmp_path)
    assert await first.look()
    assert not await second.look()
    assert (emulator.desk.renewals, second.kept) == (1, first.kept)


async def test_a_new_token_in_the_settings_wins_over_the_renewed_one(
    emulator: MetaEmulator, clock: ManualClock, tmp_path: Path
) -> None:
    await renewal(emulator, clock, tmp_path).look()
    account = connect(LOGIN, emulator.base_url)
    account.graph.use("a-newer-token-of-the-settings")
    fresh = Renewal(graph=account.graph, file=TokenFile(tmp_path, "instagram"), clock=clock)
    assert (fresh.kept, account.graph.endpoint.token) == (None, "a-newer-token-of-the-settings")
    await account.graph.close()


async def test_a_disk_that_is_full_is_no_exception(emulator: MetaEmulator, clock: ManualClock, tmp_path: Path) -> None:
    (tmp_path / "tokens").write_text("in the way")
    it = renewal(emulator, clock, tmp_path / "tokens")
    assert not await it.look()


def test_a_weekly_renewal_leaves_many_tries() -> None:
    assert timedelta(days=1) <= RENEW_AFTER < timedelta(days=30)
