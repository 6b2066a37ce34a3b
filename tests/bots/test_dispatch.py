import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

from bots.dispatch import Dispatcher
from core.domain.ids import ConversationId

ANNA = ConversationId(1)
Visit = Callable[[bool], Awaitable[timedelta | None]]


def build(*visits: Visit) -> tuple[Dispatcher, list[bool]]:
    """A dispatcher whose visits are scripted; gives for each visit whether it took mail."""
    seen: list[bool] = []

    async def work(_conversation: ConversationId, take_mail: bool) -> timedelta | None:
        seen.append(take_mail)
        return await visits[len(seen) - 1](take_mail) if len(seen) <= len(visits) else None

    return Dispatcher(work=work, longest_quiet=timedelta(seconds=1)), seen


async def until_idle(dispatcher: Dispatcher) -> None:
    async with asyncio.timeout(2):
        while not dispatcher.idle:  # noqa: ASYNC110 - a test may look
            await asyncio.sleep(0.002)


async def test_mail_whose_turn_must_be_made_again_is_taken_again_although_somebody_wakes_meanwhile() -> None:
    async def fenced_off(_: bool) -> timedelta:
        dispatcher.wake(ANNA)
        return timedelta()

    dispatcher, seen = build(fenced_off)
    dispatcher.mail(ANNA, timedelta())
    await until_idle(dispatcher)
    assert seen[0] is True
    assert True in seen[1:], "the second visit takes what the first could not finish"


async def test_a_retry_that_is_due_later_survives_a_wake_up() -> None:
    async def busy(_: bool) -> timedelta:
        dispatcher.wake(ANNA)
        return timedelta(milliseconds=30)

    dispatcher, seen = build(busy)
    dispatcher.mail(ANNA, timedelta())
    await until_idle(dispatcher)
    assert seen == [True, False, True]


async def test_a_persons_reply_does_not_wait_for_the_quiet_window_of_mail_that_came_during_a_visit() -> None:
    async def meanwhile(_: bool) -> None:
        dispatcher.mail(ANNA, timedelta(milliseconds=200))
        dispatcher.wake(ANNA)

    dispatcher, seen = build(meanwhile)
    dispatcher.mail(ANNA, timedelta())
    await asyncio.sleep(0.05)
    assert seen == [True, False]
    await until_idle(dispatcher)
    assert seen == [True, False, True]


async def test_mail_that_comes_during_a_visit_keeps_its_quiet_window() -> None:
    async def meanwhile(_: bool) -> None:
        dispatcher.mail(ANNA, timedelta(milliseconds=60))

    dispatcher, seen = build(meanwhile)
    dispatcher.mail(ANNA, timedelta())
    await asyncio.sleep(0.03)
    assert seen == [True]
    await until_idle(dispatcher)
    assert seen == [True, True]


async def test_a_visit_that_raises_is_made_again(caplog: object) -> None:
    async def broken(_: bool) -> None:
        raise RuntimeError("scripted")

    dispatcher, seen = build(broken)
    dispatcher.mail(ANNA, timedelta())
    await asyncio.sleep(0.02)
    assert seen == [True]
    assert not dispatcher.idle, "a timer waits for the next try"
    await dispatcher.close()


async def test_a_conversation_is_visited_by_one_at_a_time() -> None:
    inside = most = 0

    async def slow(_: bool) -> None:
        nonlocal inside, most
        inside += 1
        most = max(most, inside)
        await asyncio.sleep(0.01)
        inside -= 1

    dispatcher, seen = build(*[slow] * 5)
    for _ in range(5):
        dispatcher.mail(ANNA, timedelta())
        dispatcher.wake(ANNA)
        dispatcher.nudge(ANNA)
        await asyncio.sleep(0.004)
    await until_idle(dispatcher)
    assert most == 1
    assert len(seen) >= 2
