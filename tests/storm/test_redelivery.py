from pathlib import Path

from benchmarks.storm.redelivery import redeliver


async def test_three_hundred_updates_sent_again_bring_no_second_reply(tmp_path: Path, database_url: str) -> None:
    report = await redeliver(tmp_path, updates=300, chats=30, seed=5, database_url=database_url)
    assert report.second_replies == 0
    assert report.verdict.faults == 0, report
    assert report.verdict.accepted == 300
