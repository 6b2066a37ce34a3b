"""The judge of the storms sees each kind of wrong."""

from pathlib import Path

import pytest
import sqlalchemy as sa

from benchmarks.storm.echo import Watching, build_echo, offer
from benchmarks.storm.logbook import Logbook, Seen, event_name
from benchmarks.storm.recording import RecordingChannel
from benchmarks.storm.verify import Verdict, verify
from bots.bootstrap import Application
from core.storage.tables import InboxRow, OutboxRow, table
from tests.spine import settle

_outbox, _inbox = table(OutboxRow), table(InboxRow)
ACCEPTED = {"anna-0", "anna-1"}


@pytest.fixture
async def told(tmp_path: Path) -> tuple[Application, list[Seen]]:
    """Two messages, each answered with two rows."""
    channel = RecordingChannel()
    app = await build_echo(tmp_path, channel=channel, understanding=Watching(channel.dice))
    await app.start()
    for number in range(2):
        await app.intake.receive([offer("anna", event_name("anna", number), number)])
        await settle(app)
    await app.stop()
    return app, channel.record


def judge(app: Application, seen: list[Seen], *spoil: sa.Executable) -> Verdict:
    with app.database.engine.begin() as conn:
        for statement in spoil:
            conn.execute(statement)
        return verify(conn, ACCEPTED, seen)


async def test_what_is_right_is_found_right(told: tuple[Application, list[Seen]]) -> None:
    app, seen = told
    verdict = judge(app, seen)
    assert verdict.faults == 0
    assert (verdict.accepted, verdict.replies_seen) == (2, 4)


@pytest.mark.parametrize(
    ("fault", "spoil"),
    [
        ("lost", sa.delete(_inbox).where(_inbox.c.event_id == "anna-1")),
        ("lost", sa.update(_inbox).where(_inbox.c.event_id == "anna-1").values(state="failed")),
        ("unanswered", sa.update(_outbox).where(_outbox.c.id == 4).values(state="refused")),
        ("untrue", sa.update(_outbox).where(_outbox.c.id == 4).values(state="queued")),
        ("left_open", sa.update(_outbox).where(_outbox.c.id == 4).values(state="sending")),
        ("left_open", sa.update(_inbox).where(_inbox.c.event_id == "anna-1").values(state="unread")),
    ],
)
async def test_a_wrong_in_the_store_is_found(
    told: tuple[Application, list[Seen]], fault: str, spoil: sa.Executable
) -> None:
    app, seen = told
    assert judge(app, seen, spoil).as_dict()[fault] > 0


async def test_a_wrong_in_what_people_saw_is_found(told: tuple[Application, list[Seen]]) -> None:
    app, seen = told
    assert judge(app, [*seen, seen[-1]]).doubled == 1
    assert judge(app, [*seen, Seen(99, "anna", "[anna-0]")]).doubled == 1
    assert judge(app, seen[:-1]).untrue == 1
    assert judge(app, [seen[2], seen[3], seen[0], seen[1]]).out_of_order > 0


def test_a_log_remembers_what_was_offered_and_not_accepted(tmp_path: Path) -> None:
    log = Logbook(tmp_path)
    for event in ("c1-0", "c1-1", "c2-0"):
        log.note("offered", event)
    log.note("accepted", "c1-0")
    log.see("7", "c1", "two\nlines")
    assert log.open_offers() == {"c1": [1], "c2": [0]}
    assert log.next_numbers() == {"c1": 2, "c2": 1}
    assert list(log.seen()) == [Seen(7, "c1", "two\nlines")]
