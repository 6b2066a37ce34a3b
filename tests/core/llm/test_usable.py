import json
from typing import Any

import pytest

from core.llm.usable import LONGEST, find_fault
from core.ports import Prompt

SCHEMA: dict[str, Any] = {
    "type": "object",
    "required": ["act"],
    "additionalProperties": False,
    "properties": {
        "act": {"type": "string", "enum": ["greeting", "thanks"]},
        "sure": {"type": ["number", "null"]},
        "facts": {"type": "array", "items": {"type": "object", "required": ["name"], "properties": {}}},
    },
}


@pytest.mark.parametrize(
    "value",
    [
        {"act": "greeting"},
        {"act": "thanks", "sure": 1},
        {"act": "thanks", "sure": None},
        {"act": "thanks", "facts": [{"name": "city", "more": 1}]},
    ],
)
def test_a_value_of_the_wanted_shape_passes(value: Any) -> None:
    assert find_fault(json.dumps(value), Prompt("", "", schema=SCHEMA)) is None


@pytest.mark.parametrize(
    ("value", "fault"),
    [
        ([], "not of type object"),
        ({}, "lacks act"),
        ({"act": "buy"}, "it.act is none of the allowed"),
        ({"act": 1}, "it.act is not of type string"),
        ({"act": "thanks", "sure": True}, "it.sure is not of type number or null"),
        ({"act": "thanks", "facts": [{"name": "a"}, {}]}, r"it.facts\[1\] lacks name"),
        ({"act": "thanks", "more": 1}, "nobody asked for"),
    ],
)
def test_a_value_of_another_shape_is_told_where_it_is_wrong(value: Any, fault: str) -> None:
    with pytest.raises(AssertionError, match=fault):
        assert find_fault(json.dumps(value), Prompt("", "", schema=SCHEMA)) is None


def test_a_thousand_brackets_do_no_harm() -> None:
    assert find_fault("[" * 10_000, Prompt("", "", schema=SCHEMA)) == "it is no JSON"


def test_empty_and_endless_texts_are_of_no_use() -> None:
    assert [find_fault(text, Prompt("", "")) for text in ("", "a" * (LONGEST + 1), "a")] == [
        "it is empty",
        "it is far too long",
        None,
    ]
