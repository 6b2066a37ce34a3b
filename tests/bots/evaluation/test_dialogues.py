"""Scripted customers on a simulated clock, with a brain that needs no model file."""

from pathlib import Path
from typing import Any

import pytest

from bots.evaluation.dialogues import list_bursts, play, score
from bots.evaluation.request import Request
from bots.evaluation.stand import open_stand
from core.embedding.scripted import ScriptedEmbedder
from tests.conversations.test_talks import FIRM, NOON

DAY_S = 24 * 3600


def record(*messages: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"id": "t", "messages": list(messages), **more}


async def test_follow_ups_fire_in_the_gaps_and_replies_say_what_they_came_after() -> None:
    async with open_stand(Request(FIRM, NOON), knowledge=False, embedder=ScriptedEmbedder()) as stand:
        played = await play(
            stand,
            record({"text": "Добрий день"}, {"text": "Дякую", "gap_s": 2 * DAY_S, "voice": True}, silence_s=30 * DAY_S),
        )
    afters = [reply.after for reply in played.replies]
    assert afters[:3] == [0, 0, 1]
    assert [reply.move for reply in played.replies][1] == "follow_up"
    assert played.outcome == "lost_silent"
    assert played.events.count("turn_finished") >= 4


async def test_a_talk_belongs_to_the_channel_it_names() -> None:
    async with open_stand(Request(FIRM, NOON), knowledge=False, embedder=ScriptedEmbedder()) as stand:
        played = await play(stand, record({"text": "Hello"}, channel="instagram"))
        silent = await play(stand, record())
    assert len(played.replies) == 1
    assert silent.replies == ()


@pytest.mark.parametrize(("gap", "bursts"), [(0.5, 1), (3, 2), (None, 2)])
def test_what_is_typed_within_the_quiet_window_is_read_together(gap: float | None, bursts: int) -> None:
    messages: list[dict[str, Any]] = [{"text": "Hello"}, {"text": "one more thing", "gap_s": gap}]
    assert len(list_bursts(messages)) == bursts


def test_the_score_counts_by_language_and_role_and_says_why() -> None:
    records: list[dict[str, Any]] = [
        {"id": "a", "language": "uk", "role": "buyer", "expected": {"outcome": None}},
        {"id": "b", "language": "en", "role": "buyer", "expected": {"outcome": None}},
        {"id": "c", "language": "en"},
    ]
    scores = score(records, {"a": [], "b": ["outcome: wanted"], "c": []})
    assert (scores["talks"], scores["passed"]) == (3, 1)
    assert scores["failed"] == {"b": ["outcome: wanted"]}
    assert scores["by_language"] == {"en": "0/1", "uk": "1/1"}


def test_the_examples_firm_is_where_the_tests_think() -> None:
    assert Path(FIRM, "firm.yaml").exists()
