from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.storm.kills import kill_at_every_boundary, kill_at_random
from benchmarks.storm.nursery import Nursery

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def nursery() -> Iterator[Nursery]:
    with Nursery() as nursery:
        yield nursery


def test_nothing_is_lost_and_nothing_is_answered_twice_when_it_is_killed_under_load(
    nursery: Nursery, tmp_path: Path
) -> None:
    report = kill_at_random(tmp_path, nursery.bear, kills=5, seed=20, longest=0.5)
    assert report.verdict.faults == 0, report
    assert report.verdict.accepted > 30
    assert report.resumptions, "a life after a kill found something open"


def test_a_kill_at_any_boundary_leaves_each_message_answered_once_or_honestly_in_doubt(nursery: Nursery) -> None:
    reports = kill_at_every_boundary(nursery.bear, messages=1)
    assert len(reports) == 12, "before and after: arrival, turn, two calls, two receipts"
    assert [report.verdict.faults for report in reports] == [0] * 12, reports
    assert max(report.verdict.unconfirmed for report in reports) == 1


def test_a_channel_that_repeats_where_that_does_harm_is_caught(nursery: Nursery) -> None:
    """The control: a storm that could not see a double would prove nothing."""
    reports = kill_at_every_boundary(nursery.bear, messages=1, repeats=True)
    assert sum(report.verdict.doubled for report in reports) >= 2
    assert sum(report.verdict.lost for report in reports) == 0
