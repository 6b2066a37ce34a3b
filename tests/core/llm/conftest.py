from collections.abc import AsyncIterator

import pytest

from tests.core.llm.fake_provider import FakeProvider, run_provider


@pytest.fixture
async def provider() -> AsyncIterator[FakeProvider]:
    async with run_provider() as provider:
        yield provider
