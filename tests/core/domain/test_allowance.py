import pytest

from core.domain.allowance import UNDERSTANDING, WORDING, Allowance


class Hand:
    at = 100.0

    def __call__(self) -> float:
        return self.at


def test_each_purpose_has_its_own_number_of_calls() -> None:
    assert [Allowance().take(name) for name in (WORDING, UNDERSTANDING, "something else")] == [True, True, False]
    allowance = Allowance(most=9)
    assert [allowance.take(WORDING) for _ in range(3)] == [True, True, False]
    assert [allowance.take(UNDERSTANDING) for _ in range(2)] == [True, False]


def test_two_calls_are_all_that_a_turn_has() -> None:
    allowance = Allowance()
    assert [allowance.take(name) for name in (UNDERSTANDING, WORDING, WORDING)] == [True, True, False]
    allowance = Allowance()
    assert [allowance.take(name) for name in (WORDING, WORDING, UNDERSTANDING)] == [True, True, False]


def test_a_call_that_came_to_no_model_is_given_back() -> None:
    allowance = Allowance(calls={WORDING: 1})
    assert allowance.take(WORDING)
    allowance.give_back(WORDING)
    assert allowance.may_ask(WORDING)


def test_the_time_runs_from_the_beginning_and_never_below_nothing() -> None:
    hand = Hand()
    allowance = Allowance(seconds=10, now=hand)
    hand.at += 4
    assert allowance.seconds_left == pytest.approx(6)
    hand.at += 60
    assert allowance.seconds_left == 0
