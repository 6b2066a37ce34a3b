from typing import Any

import pytest

from bots.evaluation.talk_rules import find_failures, list_happenings, matches
from core.storage.played import Played, PlayedReply, PlayedTurn


def build_played(**more: Any) -> Played:
    values: dict[str, Any] = {
        "replies": [PlayedReply("Vento Home: 18 900 UAH. Wait a little", "answer", "opening", "reply", 0)],
        "turns": [PlayedTurn("answer", "ask_need", "reply", ("milk.en.md",))],
        "facts": {"city": "Київ", "quantity": 3, "deadline": {"text": "Friday", "date": "2026-11-27"}},
        "outcome": "meeting",
        "events": ["turn_finished", "outcome_recorded"],
        "holder": "bot",
        "stage": "closing",
        "audience": "buyers",
        **more,
    }
    return Played(**values)


@pytest.mark.parametrize(
    ("rule", "holds"),
    [
        ("text:18 900", True),
        ("text:24 900", False),
        (r"text:\b18 ?900 (UAH|грн)", True),
        ("move:ask_need", True),
        ("move:offer", False),
        ("action:hand_off", False),
        ("source:milk", True),
        ("event:outcome_recorded", True),
        ("outcome:meeting", True),
        ("stage:closing", True),
        ("ask_need", True),
        ("hand_off", False),
        ("turn_finished", True),
        ("lead_won", False),
        ("meeting", True),
        ("vento home", True),
        ("wait", False),
        ("a little (", False),
    ],
)
def test_a_rule_names_what_happened_or_is_looked_for_in_the_words(rule: str, holds: bool) -> None:
    assert matches(rule, list_happenings(build_played())) is holds


def test_every_way_of_failing_is_told() -> None:
    expected = {
        "facts": {"city": "Львів", "quantity": 3},
        "absent": ["quantity"],
        "must_happen": ["event:handed_off"],
        "must_not_happen": ["text:Vento"],
        "outcome": None,
    }
    assert len(find_failures(expected, build_played())) == 5


def test_facts_are_compared_as_people_would() -> None:
    expected = {"facts": {"city": "київ", "deadline": "friday"}}
    assert find_failures(expected, build_played()) == []
    assert find_failures({"facts": {"deadline": {"date": "2026-11-27"}}}, build_played()) == []
