import asyncio
from collections.abc import Sequence

import pytest

from bots.together import MOST, Together


class Ledger:
    """Doubles numbers, slowly; refuses any write that holds a 13."""

    def __init__(self) -> None:
        self.writes: list[tuple[int, ...]] = []

    async def write(self, numbers: Sequence[int]) -> list[int]:
        self.writes.append(tuple(numbers))
        await asyncio.sleep(0.005)
        if 13 in numbers:
            raise ValueError("unlucky")
        return [number * 2 for number in numbers]


async def test_those_who_come_at_the_same_moment_share_a_write_in_their_order() -> None:
    ledger = Ledger()
    together = Together(ledger.write)
    results = await asyncio.gather(*(together.add([number, number + 100]) for number in range(3)))
    assert results == [[0, 200], [2, 202], [4, 204]]
    assert ledger.writes == [(0, 100, 1, 101, 2, 102)]


async def test_those_who_come_while_a_write_is_on_its_way_share_the_next_one() -> None:
    ledger = Ledger()
    together = Together(ledger.write)
    first = asyncio.create_task(together.add([0]))
    await asyncio.sleep(0.001)
    await asyncio.gather(first, *(together.add([number]) for number in (1, 2)))
    assert ledger.writes == [(0,), (1, 2)]


async def test_one_that_cannot_be_written_fails_alone() -> None:
    ledger = Ledger()
    together = Together(ledger.write)
    results = await asyncio.gather(*(together.add([n]) for n in (1, 2, 13, 4)), return_exceptions=True)
    assert [results[0], results[1], results[3]] == [[2], [4], [8]]
    assert isinstance(results[2], ValueError)


async def test_nobody_waits_for_ever_when_another_gives_up() -> None:
    ledger = Ledger()
    together = Together(ledger.write)
    first = asyncio.create_task(together.add([1]))
    second = asyncio.create_task(together.add([2]))
    third = asyncio.create_task(together.add([3]))
    await asyncio.sleep(0)
    first.cancel()
    second.cancel()
    assert await asyncio.wait_for(third, 1) == [6]
    assert await asyncio.wait_for(together.add([4]), 1) == [8]
    with pytest.raises(asyncio.CancelledError):
        await first


async def test_a_failed_write_leaves_the_way_free() -> None:
    together = Together(Ledger().write)
    with pytest.raises(ValueError, match="unlucky"):
        await together.add([13])
    assert await together.add([1]) == [2]


async def test_a_crowd_is_written_in_portions() -> None:
    ledger = Ledger()
    together = Together(ledger.write)
    await asyncio.gather(*(together.add([100 + number]) for number in range(2 * MOST)))
    assert max(len(write) for write in ledger.writes) == MOST
    assert sum(len(write) for write in ledger.writes) == 2 * MOST
