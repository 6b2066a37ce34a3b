from datetime import timedelta

from bots.desk.attempts import PER_ADDRESS, PER_NAME, REMEMBERED, SignInAttempts
from core.clock import ManualClock


def test_a_name_is_closed_for_one_address_only() -> None:
    attempts = SignInAttempts(clock=ManualClock())
    for _ in range(PER_NAME):
        assert attempts.wait_s("1.1.1.1", "olena") == 0
        attempts.fail("1.1.1.1", "Olena ")
    assert attempts.wait_s("1.1.1.1", "olena") == 900
    assert attempts.wait_s("2.2.2.2", "olena") == 0
    assert attempts.wait_s("1.1.1.1", "petro") == 0


def test_an_address_that_tries_many_names_is_closed() -> None:
    attempts = SignInAttempts(clock=ManualClock())
    for number in range(PER_ADDRESS):
        attempts.fail("1.1.1.1", f"name {number}")
    assert attempts.wait_s("1.1.1.1", "olena") > 0


def test_time_opens_the_door_again() -> None:
    clock = ManualClock()
    attempts = SignInAttempts(clock=clock)
    for _ in range(PER_NAME):
        attempts.fail("1.1.1.1", "olena")
    clock.advance(timedelta(minutes=14, seconds=59))
    assert attempts.wait_s("1.1.1.1", "olena") == 1
    clock.advance(timedelta(seconds=1))
    assert attempts.wait_s("1.1.1.1", "olena") == 0
    attempts.fail("1.1.1.1", "olena")
    assert attempts.wait_s("1.1.1.1", "olena") == 0


def test_a_right_password_is_not_counted_against_an_office_behind_one_address() -> None:
    attempts = SignInAttempts(clock=ManualClock())
    for number in range(3 * PER_ADDRESS):
        attempts.fail("1.1.1.1", f"name {number}")
        attempts.succeed("1.1.1.1", f"name {number}")
    assert attempts.wait_s("1.1.1.1", "olena") == 0


def test_memory_does_not_grow_without_end() -> None:
    attempts = SignInAttempts(clock=ManualClock())
    for number in range(REMEMBERED + 50):
        attempts.fail("1.1.1.1", f"name {number}")
    assert len(attempts._counts) == REMEMBERED
