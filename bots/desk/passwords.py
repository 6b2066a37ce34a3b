"""Passwords: hashed with Argon2, away from the event loop, as slowly for a wrong name as for a right one."""

import asyncio
import functools
import secrets
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pwdlib import PasswordHash

SHORTEST: Final = 10
LONGEST: Final = 200
AT_ONCE: Final = 2
"""Each hash takes some 64 MB for a moment."""


class Passwords:
    def __init__(self) -> None:
        self._slots = asyncio.Semaphore(AT_ONCE)

    async def hash(self, password: str) -> str:
        async with self._slots:
            return await asyncio.to_thread(lambda: _hasher().hash(password))

    async def verify(self, password: str, stored: str | None) -> bool:
        """`stored` None stands for a name that nobody has: it takes as long and is never right."""
        async with self._slots:
            right = await asyncio.to_thread(lambda: _hasher().verify(password, stored or _nobody()))
        return right and stored is not None


def make_password() -> str:
    """Twenty characters that can be read out."""
    alphabet = "abcdefghjkmnpqrstuvwxyz23456789"
    return "-".join("".join(secrets.choice(alphabet) for _ in range(5)) for _ in range(4))


def is_acceptable(password: str) -> bool:
    return SHORTEST <= len(password) <= LONGEST


@functools.cache
def _hasher() -> "PasswordHash":
    from pwdlib import PasswordHash

    return PasswordHash.recommended()


@functools.cache
def _nobody() -> str:
    return _hasher().hash(secrets.token_urlsafe(16))
