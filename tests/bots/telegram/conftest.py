"""A fresh emulator for each test, and a logging that is put back afterwards."""

import logging
from collections.abc import Iterator

import pytest

from bots.channel import HealthBoard
from tests.bots.telegram.kit import MemoryIntake
from tests.emulators.telegram import TelegramEmulator


@pytest.fixture(autouse=True)
def _restored_logging() -> Iterator[None]:
    factory = logging.getLogRecordFactory()
    yield
    logging.setLogRecordFactory(factory)


@pytest.fixture
def telegram() -> Iterator[TelegramEmulator]:
    with TelegramEmulator() as emulator:
        emulator.open_chat()
        yield emulator


@pytest.fixture
def intake() -> MemoryIntake:
    return MemoryIntake()


@pytest.fixture
def health() -> HealthBoard:
    return HealthBoard()
