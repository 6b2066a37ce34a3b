from datetime import timedelta

import pytest

from core.clock import ManualClock
from core.llm.breaker import FORGIVEN, LONGEST_REST, Breaker, rest_after
from core.ports import Failure, LanguageModelFailed

BROKEN = LanguageModelFailed(kind=Failure.BROKEN)


def seconds(kind: Failure, in_a_row: int, retry_after: float | None = None) -> float | None:
    rest = rest_after(LanguageModelFailed(kind=kind, retry_after=retry_after), in_a_row)
    return rest.total_seconds() if rest else None


@pytest.mark.parametrize(
    ("kind", "rests"),
    [
        (Failure.BROKEN, [5, 10, 20, 40]),
        (Failure.SLOW, [15, 30, 60, 120]),
        (Failure.BUSY, [5, 10, 20, 40]),
        (Failure.REFUSED, [60, 120, 240, 300]),
        (Failure.UNFIT, [None, None, 20, 40]),
        (Failure.UNUSABLE, [None, None, 20, 40]),
    ],
)
def test_rests_grow_with_failures_in_a_row(kind: Failure, rests: list[float | None]) -> None:
    assert [seconds(kind, n) for n in range(1, 5)] == rests
    assert seconds(kind, 1000) == LONGEST_REST.total_seconds()


def test_a_server_that_names_its_rest_gets_it_when_it_is_longer() -> None:
    assert (seconds(Failure.BUSY, 1, 90), seconds(Failure.BUSY, 1, 1)) == (90, 5)


def test_after_the_rest_one_may_try_and_the_others_wait_for_what_happens() -> None:
    clock = ManualClock()
    breaker = Breaker(clock=clock)
    assert breaker.admit()
    breaker.note_failure(BROKEN)
    breaker.leave()
    assert not breaker.admit()
    clock.advance(timedelta(seconds=6))
    assert [breaker.admit(), breaker.admit()] == [True, False]
    breaker.note_success()
    breaker.leave()
    assert [breaker.admit(), breaker.admit()] == [True, True]


def test_a_try_that_fails_makes_the_next_rest_longer() -> None:
    clock = ManualClock()
    breaker = Breaker(clock=clock)
    for rest in (5, 10, 20):
        assert breaker.admit()
        breaker.note_failure(BROKEN)
        breaker.leave()
        clock.advance(timedelta(seconds=rest - 1))
        assert not breaker.admit()
        clock.advance(timedelta(seconds=1))


def test_a_try_that_nobody_reports_is_open_to_the_next() -> None:
    clock = ManualClock()
    breaker = Breaker(clock=clock)
    breaker.note_failure(BROKEN)
    clock.advance(timedelta(seconds=6))
    assert breaker.admit()
    breaker.leave()
    assert breaker.admit()


def test_calls_that_fail_together_are_one_failure() -> None:
    clock = ManualClock()
    breaker = Breaker(clock=clock)
    for _ in range(20):
        breaker.note_failure(BROKEN)
    clock.advance(timedelta(seconds=6))
    assert breaker.admit()


def test_one_customers_odd_words_do_not_take_the_model_from_the_others() -> None:
    breaker = Breaker(clock=ManualClock())
    for _ in range(FORGIVEN - 1):
        breaker.note_failure(LanguageModelFailed(kind=Failure.UNFIT))
    assert breaker.admit()
    breaker.note_success()
    breaker.note_failure(LanguageModelFailed(kind=Failure.UNFIT))
    assert breaker.rests_until is None
