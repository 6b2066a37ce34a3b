"""Whole talks as data, through the real brain: local understanding, real search, the example firm."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from bots.evaluation.dialogues import play
from bots.evaluation.request import Request
from bots.evaluation.stand import Stand, open_stand
from bots.evaluation.talk_rules import find_failures

FOLDER = Path(__file__).parent
FIRM = FOLDER.parents[1] / "examples" / "kavomir"
NOON = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
TALKS = [talk for file in sorted(FOLDER.glob("*.yaml")) for talk in yaml.safe_load(file.read_text())]


@pytest.fixture(scope="module")
async def stand() -> AsyncIterator[Stand]:
    async with open_stand(Request(FIRM, NOON)) as stand:
        yield stand


@pytest.mark.parametrize("talk", TALKS, ids=[talk["id"] for talk in TALKS])
@pytest.mark.asyncio(loop_scope="module")
async def test_a_talk_goes_as_a_salesperson_would_want(talk: dict[str, Any], stand: Stand) -> None:
    stand.clock.advance(NOON - stand.clock.now())
    played = await play(stand, talk)
    assert find_failures(talk["expected"], played) == [], [reply.text for reply in played.replies]
    asked = [reply.text for reply in played.replies if reply.text.count("?") > 1]
    assert asked == [], "more than one question in a reply"
