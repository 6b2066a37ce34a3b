"""How fast an account calls, and that it slows down before the platform makes it."""

from dataclasses import dataclass, field

import pytest

from bots.bucket import Bucket
from bots.instagram.channel import RATES as INSTAGRAM
from bots.messenger.channel import RATES as MESSENGER
from bots.meta.channel import MetaChannel
from bots.meta.pace import LONGEST_S, Pace, Rates, slow_down
from core.domain.messages import Attachment, AttachmentKind, OutboundMessage
from core.domain.sending import Refused, Scope, Sent
from tests.bots.meta.bench import PLATFORMS, connect, emulate
from tests.bots.meta.test_whole_way import Shop, shop
from tests.emulators.meta_state import PERSON

__all__ = ["shop"]


@dataclass
class Stand:
    """A clock that sleeping moves."""

    rates: Rates = MESSENGER
    at: float = 0.0
    used: float = 0.0
    pace: Pace = field(init=False)

    def __post_init__(self) -> None:
        self.pace = Pace(self.rates, usage=lambda: self.used, now=lambda: self.at, sleep=self.sleep)

    async def sleep(self, seconds: float) -> None:
        self.at += seconds

    async def send(self, times: int, *, media: bool = False) -> float:
        """Seconds that it took."""
        began = self.at
        for _ in range(times):
            assert await self.pace.enter(media=media) == 0
        return self.at - began


@pytest.mark.parametrize(
    ("rates", "media", "a_second"),
    [(MESSENGER, False, 40), (MESSENGER, True, 10), (INSTAGRAM, False, 100), (INSTAGRAM, True, 10)],
)
async def test_an_account_keeps_the_rates_of_its_platform(rates: Rates, media: bool, a_second: int) -> None:
    took = await Stand(rates).send(a_second * 4, media=media)
    assert took == pytest.approx(3.0, abs=0.2)
    assert rates.source
    assert rates.as_of


async def test_media_does_not_hold_up_texts() -> None:
    stand = Stand()
    await stand.send(10, media=True)
    assert await stand.send(20) == 0


@pytest.mark.parametrize(("percent", "seconds"), [(0, 0), (79, 0), (80, 0.25), (90, 1), (95, 5), (100, 60), (130, 60)])
def test_the_nearer_a_limit_the_slower(percent: float, seconds: float) -> None:
    assert slow_down(percent) == seconds


async def test_near_a_limit_calls_are_spread_and_typing_is_left_out() -> None:
    stand = Stand(used=92.0)
    await stand.send(1)
    assert await stand.send(5) == pytest.approx(5.0)
    assert not stand.pace.has_room
    stand.used = 10.0
    assert stand.pace.has_room


async def test_a_long_wait_is_given_back_and_old_news_are_forgotten() -> None:
    stand = Stand(used=100.0)
    await stand.send(1)
    assert await stand.pace.enter(media=False) > LONGEST_S
    stand.at += 301
    assert await stand.pace.enter(media=False) == 0


@pytest.mark.parametrize("rates", [MESSENGER, INSTAGRAM])
async def test_an_hour_holds_750_private_replies_and_nobody_else_waits_for_them(rates: Rates) -> None:
    stand, sent = Stand(rates), 0
    while stand.at < 3600:
        later = await stand.pace.enter(media=False, private=True)
        sent += not later
        before = stand.at
        assert await stand.pace.enter(media=False) == 0
        assert stand.at - before < 0.1
        stand.at += later or 0.5
    assert 600 < sent <= 750


async def test_a_comment_too_many_is_answered_later(shop: Shop) -> None:
    pace = shop.accounts.accounts[0].channel.pace
    while not await pace.enter(media=False, private=True):
        pass
    shop.emulator.comment("ціна?")
    row = await shop.post_until(lambda row: row.not_before is not None)
    assert (row.state, row.not_before > shop.app.clock.now(), shop.emulator.texts()) == ("queued", True, [])
    shop.emulator.say("Добрий день!", person="77")
    await shop.post_until(lambda row: row.state == "sent")
    assert len(shop.emulator.texts("77")) == 1


async def test_each_account_has_a_bucket_of_its_own() -> None:
    one, other = Stand(), Stand()
    await one.send(40)
    assert await other.send(40) == 0


async def test_what_the_platform_says_of_its_limits_is_read_and_obeyed() -> None:
    name = "messenger"
    with emulate(PLATFORMS[name]) as emulator:
        emulator.open_chat()
        emulator.desk.usage = {"X-App-Usage": '{"call_count": 12, "total_time": 100, "total_cputime": 3}'}
        account = connect(PLATFORMS[name], emulator.base_url)
        first = await account.channel.send(PERSON, OutboundMessage("раз"), key="1")
        second = await account.channel.send(PERSON, OutboundMessage("два"), key="2")
        await account.channel.show_typing(PERSON)
        await account.graph.close()
    assert isinstance(first, Sent)
    assert isinstance(second, Refused)
    assert (second.scope, second.alert, account.graph.usage) == (Scope.CHANNEL, False, 100.0)
    assert emulator.texts() == ["раз"]
    assert emulator.state.actions == []


async def test_a_picture_counts_as_media() -> None:
    rates = Rates(text=Bucket(0.001, 100), media=Bucket(100.0, 1), private=Bucket(1.0, 1), source="x", as_of="y")
    with emulate(PLATFORMS["instagram"]) as emulator:
        emulator.open_chat()
        account = connect(PLATFORMS["instagram"], emulator.base_url)
        channel = MetaChannel(
            name="instagram", capabilities=account.channel.capabilities, graph=account.graph,
            compose=account.platform.compose, rates=rates,
        )  # fmt: skip
        picture = OutboundMessage("", attachments=(Attachment(AttachmentKind.IMAGE, url="https://example.com/x.png"),))
        results = [await channel.send(PERSON, message, key="1") for message in (picture, OutboundMessage("a"), picture)]
        await account.graph.close()
    assert [type(result) for result in results] == [Sent, Sent, Refused]


async def test_typing_never_raises_when_nobody_answers() -> None:
    account = connect(PLATFORMS["messenger"], "http://127.0.0.1:1")
    await account.channel.show_typing(PERSON)
    await account.graph.close()
