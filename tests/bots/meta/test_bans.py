"""An account that the platform blocks keeps its queue, and sends it when it is allowed again."""

from typing import Any

from structlog.testing import capture_logs

from bots.channel import AccountState
from core.storage.tables import KeptEventRow
from tests.bots.meta.test_whole_way import Shop, shop
from tests.bots.telegram.kit import until
from tests.emulators.meta_events import body, write
from tests.emulators.meta_state import PAGE

__all__ = ["shop"]


async def enforce(shop: Shop, stamp: int, **told: Any) -> None:
    event = {"recipient": {"id": PAGE}, "timestamp": stamp, "policy_enforcement": told}
    assert await shop.post(write(body(event, kind=shop.emulator.state.kind))) == 200


async def test_a_blocked_account_keeps_its_replies_until_it_is_unblocked(shop: Shop) -> None:
    account = shop.accounts.accounts[0]
    with capture_logs() as logs:
        await enforce(shop, shop.emulator.state.stamp, action="block", reason="Spam")
    assert [(line["event"], line["log_level"]) for line in logs if line["log_level"] == "error"] == [
        ("meta.account_blocked", "error")
    ]
    shown = shop.app.health.accounts[account.account]
    assert (shown.state, "Spam" in shown.reason, bool(shown.hint)) == (AccountState.RESTRICTED, True, True)
    shop.emulator.say("Добрий день!")
    row = await shop.post_until(lambda row: row.state == "queued")
    assert shop.emulator.texts() == []
    await enforce(shop, shop.emulator.state.stamp + 1, action="unblock")
    assert shop.app.health.state(account.account) is AccountState.OK
    shop.app.dispatcher.wake(row.conversation_id)
    await until(shop.emulator.texts)
    assert len(await shop.rows(KeptEventRow)) == 2


async def test_a_look_by_whose_token_still_works_does_not_paint_a_block_over(shop: Shop) -> None:
    (keeper,) = shop.accounts.caretakers
    assert list(keeper.look()) == []
    await enforce(shop, shop.emulator.state.stamp, action="block")
    (found,) = keeper.look()
    assert (found.state, found.hint != "") == (AccountState.RESTRICTED, True)
    await enforce(shop, shop.emulator.state.stamp + 1, action="unblock")
    assert list(keeper.look()) == []
