"""As fast as allowed and no faster, whatever the order of events."""

import asyncio
import heapq
import itertools
from collections.abc import Awaitable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bots.bucket import Bucket
from bots.telegram.pacing import Pace, Pacer

buckets = st.builds(Bucket, st.floats(0.01, 5), st.integers(1, 5))


class Time:
    """A clock that jumps to the next sleeper when everybody sleeps."""

    def __init__(self) -> None:
        self.at = 1000.0
        self._sleepers: list[tuple[float, int, asyncio.Future[None]]] = []
        self._count = itertools.count()

    def now(self) -> float:
        return self.at

    async def sleep(self, seconds: float) -> None:
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        heapq.heappush(self._sleepers, (self.at + seconds, next(self._count), future))
        await future

    async def run(self, *work: Awaitable[object]) -> None:
        everybody = asyncio.gather(*work)
        while not everybody.done():
            for _ in range(5):
                await asyncio.sleep(0)
            if self._sleepers and not everybody.done():
                self.at, _, future = heapq.heappop(self._sleepers)
                future.set_result(None)
        await everybody


def pacer(time: Time, pace: Pace | None = None) -> Pacer:
    return Pacer(pace=pace or Pace(), now=time.now, sleep=time.sleep)


@given(buckets, st.lists(st.floats(0, 10), max_size=40))
def test_a_bucket_never_lets_more_through_than_its_burst_and_rate(bucket: Bucket, gaps: list[float]) -> None:
    now, full_at, taken = 100.0, float("-inf"), list[float]()
    for gap in gaps:
        now += gap
        now += bucket.wait(full_at, now)
        full_at = bucket.take(full_at, now)
        taken.append(now)
    for first, last in itertools.combinations_with_replacement(range(len(taken)), 2):
        allowed = bucket.burst + (taken[last] - taken[first]) / bucket.interval
        assert last - first + 1 <= allowed + 1e-3


@given(buckets, st.lists(st.floats(0, 10), max_size=40))
def test_a_bucket_makes_nobody_wait_longer_than_one_interval_after_the_last(bucket: Bucket, gaps: list[float]) -> None:
    now, full_at = 100.0, float("-inf")
    for gap in gaps:
        now += gap
        wait = bucket.wait(full_at, now)
        assert 0 <= wait <= bucket.interval * (1 + 1e-6) + 1e-6
        now += wait
        full_at = bucket.take(full_at, now)


@given(st.lists(st.sampled_from([1, 2, 3, -4]), min_size=1, max_size=40))
def test_chats_wait_for_themselves_and_for_the_whole(chats: list[int]) -> None:
    time = Time()
    pace = Pace(Bucket(0.1, 2), Bucket(1.0, 2), Bucket(3.0, 2), longest_wait=1e9)
    paced, sent = pacer(time, pace), list[tuple[int, float]]()

    async def send(chat: int) -> None:
        assert await paced.enter(chat) == 0
        sent.append((chat, time.at))

    asyncio.run(time.run(*(send(chat) for chat in chats)))
    assert len(sent) == len(chats)
    for chat, bucket in [(None, pace.overall), (1, pace.chat), (2, pace.chat), (3, pace.chat), (-4, pace.group)]:
        moments = [at for where, at in sent if chat in (None, where)]
        for first, last in itertools.combinations_with_replacement(range(len(moments)), 2):
            allowed = bucket.burst + (moments[last] - moments[first]) / bucket.interval
            assert last - first + 1 <= allowed + 1e-3


async def test_a_short_reply_in_three_parts_waits_for_nothing() -> None:
    time = Time()
    paced = pacer(time)
    for _ in range(3):
        assert await paced.enter(7) == 0
    assert time.at == 1000.0


async def test_a_wait_that_is_told_by_the_platform_is_given_back_when_it_is_long() -> None:
    paced = pacer(Time())
    paced.punish(7, 30)
    assert await paced.enter(7) == pytest.approx(30)
    assert await paced.enter(8) == 0


async def test_a_short_wait_told_by_the_platform_is_waited_for() -> None:
    time = Time()
    paced = pacer(time)
    paced.punish(7, 4)
    await time.run(paced.enter(7))
    assert time.at == pytest.approx(1004)


async def test_two_chats_refused_at_a_time_mean_that_all_must_rest() -> None:
    paced = pacer(Time())
    paced.punish(7, 30)
    paced.punish(7, 30)
    assert await paced.enter(9) == 0
    paced.punish(8, 20)
    assert await paced.enter(9) == pytest.approx(20)


async def test_what_may_be_left_out_does_not_push_in() -> None:
    paced = pacer(Time(), Pace(Bucket(1, 1), Bucket(1, 3), Bucket(3, 3)))
    assert paced.has_room(7)
    assert not paced.has_room(7)


async def test_chats_of_the_past_are_forgotten() -> None:
    time = Time()
    paced = pacer(time)
    for chat in range(5000):
        time.at += 1
        paced.punish(chat, 1)
        time.at += 1
        await paced.enter(chat)
    assert paced.remembered() < 2100
