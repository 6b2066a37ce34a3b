"""What the tests of Telegram share: an intake that remembers, and an account that talks to the emulator."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Sequence
from datetime import timedelta
from typing import Any

from bots.channel import HealthBoard
from bots.telegram.account import TelegramAccount, TelegramSettings, build_telegram
from core.clock import SystemClock
from core.domain.messages import InboundMessage
from tests.emulators.telegram import TelegramEmulator
from tests.emulators.telegram_state import TOKEN


class MemoryIntake:
    """Stores each event once. `fail` decides which messages cannot be stored; `slow` is how long a commit takes."""

    def __init__(self) -> None:
        self.stored: list[InboundMessage] = []
        self.calls = 0
        self.fail: Callable[[InboundMessage], bool] = lambda message: False
        self.slow = timedelta()

    async def receive(self, messages: Sequence[InboundMessage]) -> int:
        self.calls += 1
        await asyncio.sleep(self.slow.total_seconds())
        if any(self.fail(message) for message in messages):
            raise OSError("database or disk is full")
        new = [message for message in messages if not self._knows(message)]
        self.stored.extend(new)
        return len(new)

    def _knows(self, message: InboundMessage) -> bool:
        return any((known.account, known.event_id) == (message.account, message.event_id) for known in self.stored)

    @property
    def texts(self) -> list[str]:
        return [message.text for message in self.stored]


def build_account(emulator: TelegramEmulator, **more: Any) -> TelegramAccount:
    usual: dict[str, Any] = {
        "token": TOKEN,
        "base_url": emulator.base_url,
        "long_poll_s": 1,
        "connect_timeout": 1.0,
        "read_timeout": 0.5,
    }
    settings = TelegramSettings(**{**usual, **more})
    return build_telegram(settings, clock=SystemClock())


@contextlib.asynccontextmanager
async def running(
    account: TelegramAccount, intake: MemoryIntake, health: HealthBoard
) -> AsyncIterator[TelegramAccount]:
    """Started, with short pauses between attempts, and stopped at the end."""
    account.sleep = Naps()
    account.connect(intake=intake, health=health)
    await account.start()
    try:
        yield account
    finally:
        await account.stop()


class Naps:
    """A sleep that notes how long it was asked for, and takes a hundredth of a second."""

    def __init__(self) -> None:
        self.asked: list[float] = []

    async def __call__(self, seconds: float) -> None:
        self.asked.append(seconds)
        await asyncio.sleep(min(seconds, 0.01))


async def until(holds: Callable[[], object], *, seconds: float = 15.0) -> None:
    """Wait for something to become true; fails the test when it does not."""
    deadline = asyncio.get_running_loop().time() + seconds
    while not holds():
        assert asyncio.get_running_loop().time() < deadline, "it did not happen in time"
        await asyncio.sleep(0.005)
