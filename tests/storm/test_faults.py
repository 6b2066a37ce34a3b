from pathlib import Path

import pytest

from benchmarks.storm.faults import FaultReport, Size, run_fault_storm
from tests.servers import fresh_postgres, migrated_postgres

SMALL = Size(chats=20, messages=15)


def check(report: FaultReport) -> None:
    assert report.faults == 0, report
    assert report.verdict.accepted == SMALL.chats * SMALL.messages
    assert report.verdict.unconfirmed > 0, "some calls were left without an answer"
    assert report.duplicates > 0
    assert report.calls > report.verdict.replies_seen, "some calls were refused"


@pytest.mark.parametrize("seed", [1, 2])
async def test_duplicates_disorder_refusals_and_people_leave_nothing_lost_doubled_or_untold(
    tmp_path: Path, database_url: str, seed: int
) -> None:
    check(await run_fault_storm(tmp_path, SMALL, seed=seed, database_url=database_url))


async def test_two_processes_share_conversations_without_speaking_over_each_other(tmp_path: Path) -> None:
    with fresh_postgres(migrated_postgres()) as url:
        check(await run_fault_storm(tmp_path, SMALL, seed=3, database_url=url, processes=2))
