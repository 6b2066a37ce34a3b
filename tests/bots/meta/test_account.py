"""How an account stands, as the platform tells it."""

from collections.abc import Iterator

import pytest

from bots.channel import AccountState
from bots.meta.account import AppSettings, MetaAccounts
from core.clock import ManualClock
from tests.bots.meta.bench import PLATFORMS, connect, emulate
from tests.emulators import faults
from tests.emulators.faults import Fault
from tests.emulators.meta import MetaEmulator, graph_fault
from tests.emulators.meta_state import APP_SECRET


@pytest.fixture
def emulator() -> Iterator[MetaEmulator]:
    with emulate(PLATFORMS["messenger"]) as served:
        yield served


@pytest.mark.parametrize(
    ("fault", "state"),
    [
        (None, AccountState.OK),
        (graph_fault(401, 190, 463), AccountState.UNAUTHORIZED),
        (graph_fault(400, 190), AccountState.UNAUTHORIZED),
        (graph_fault(403, 200, 2534041), AccountState.RESTRICTED),
        (graph_fault(403, 368), AccountState.RESTRICTED),
        (faults.server_error(), AccountState.UNREACHABLE),
        (graph_fault(500, 2), AccountState.UNREACHABLE),
        (faults.cut_off(delivered=False), AccountState.UNREACHABLE),
    ],
)
async def test_a_probe_says_how_the_account_is_and_how_to_mend_it(
    fault: Fault | None, state: AccountState, emulator: MetaEmulator
) -> None:
    account = connect(PLATFORMS["messenger"], emulator.base_url)
    settings = AppSettings(secrets=[APP_SECRET], verify_token="w")
    accounts = MetaAccounts(app=settings, accounts=[account], clock=ManualClock())
    if fault:
        emulator.script("look", fault)
    health = await accounts.probe(account)
    assert health.state is state
    assert bool(health.hint) == (state is not AccountState.OK)
    await accounts.stop()
