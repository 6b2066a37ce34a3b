from pathlib import Path

import pytest

from benchmarks.storm.pairs import Moment, send_pairs


@pytest.mark.parametrize("moment", list(Moment))
async def test_two_messages_of_one_talk_are_both_kept_ordered_and_seen(
    tmp_path: Path, database_url: str, moment: Moment
) -> None:
    report = await send_pairs(tmp_path, moment, pairs=100, seed=3, database_url=database_url)
    assert (report.kept, report.ordered, report.seen) == (100, 100, 100)
    if moment is Moment.SENDING:
        assert report.one_reply == 0, "the second is a turn of its own"
