import asyncio

import pytest

from bots.desk.passwords import Passwords, is_acceptable, make_password


async def test_a_password_is_known_again_by_its_hash() -> None:
    passwords = Passwords()
    stored = await passwords.hash("correct horse")
    assert stored.startswith("$argon2id$")
    assert await passwords.verify("correct horse", stored)
    assert not await passwords.verify("wrong horse", stored)


async def test_a_name_that_nobody_has_costs_a_whole_verification() -> None:
    passwords = Passwords()
    stored = await passwords.hash("correct horse")
    assert not await passwords.verify("correct horse", None)
    loop = asyncio.get_running_loop()
    began = loop.time()
    await passwords.verify("wrong", stored)
    known = loop.time() - began
    began = loop.time()
    await passwords.verify("wrong", None)
    assert loop.time() - began > known / 4


async def test_the_loop_runs_on_while_a_password_is_checked() -> None:
    passwords = Passwords()
    await passwords.verify("wrong", None)
    checking = asyncio.create_task(passwords.verify("wrong", None))
    turns = 0
    while not checking.done():
        turns += 1
        await asyncio.sleep(0)
    assert turns > 5


def test_made_passwords_differ_and_are_long_enough() -> None:
    made = {make_password() for _ in range(50)}
    assert len(made) == 50
    assert all(is_acceptable(password) for password in made)


@pytest.mark.parametrize(("length", "acceptable"), [(9, False), (10, True), (200, True), (201, False)])
def test_short_and_endless_passwords_are_not_taken(length: int, acceptable: bool) -> None:
    assert is_acceptable("x" * length) is acceptable
