"""Everything that goes wrong between three platforms and the bot, at a small size."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.storm.platforms import Crowd, run_platform_storm

CROWD = Crowd(people=24, messages=5)
SMALL = Crowd(people=12, messages=4)


@pytest.fixture(autouse=True)
def _quiet_logs() -> Iterator[None]:
    """Each scripted fault would be told at length; and the wiring of Telegram changes how records are made."""
    factory = logging.getLogRecordFactory()
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)
    logging.setLogRecordFactory(factory)


@pytest.mark.parametrize(("crowd", "login"), [(CROWD, False), (SMALL, True)], ids=["by a page", "by its own login"])
async def test_on_three_platforms_each_message_is_answered_once_in_order_and_doubt_is_settled_by_echoes(
    tmp_path: Path, crowd: Crowd, login: bool
) -> None:
    report = await run_platform_storm(tmp_path, crowd, seed=4, login=login)
    assert report.faults == 0, report
    assert report.verdict.accepted == crowd.people * crowd.messages
    assert report.duplicates + report.reordered + report.early_echoes > 0, (
        "how many of each, the dice and bursts decide"
    )
    assert set(report.mishaps) == {"delivered without answer", "throttled", "5xx"}
