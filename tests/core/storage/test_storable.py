import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.storage.storable import dump_json, storable

pieces = st.characters(exclude_categories=()) | st.sampled_from(["\0", "\\", "\ud83d", "\\u0000", '"'])
any_text = st.lists(pieces).map("".join)


@pytest.mark.parametrize(
    ("text", "stored"),
    [("", ""), ("ціна 5 ₴", "ціна 5 ₴"), ("a\0b", "ab"), ("ї\0", "ї"), ("\ud83d!", "?!"), ("👩🏽‍🚀", "👩🏽‍🚀")],
)
def test_only_what_cannot_be_stored_is_changed(text: str, stored: str) -> None:
    assert storable(text) == stored


@given(any_text)
def test_stored_text_has_no_nul_and_can_be_encoded(text: str) -> None:
    stored = storable(text)
    assert "\0" not in stored
    assert storable(stored) == stored
    assert stored.encode().decode() == stored


any_value = st.recursive(
    any_text | st.integers() | st.none(), lambda inner: st.lists(inner) | st.dictionaries(any_text, inner), max_leaves=5
)


@given(any_value)
def test_json_says_the_same_as_its_texts_would(value: object) -> None:
    assert json.loads(dump_json(value)) == json.loads(json.dumps(clean(value)))


def clean(value: object) -> object:
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, list):
        return [clean(item) for item in value]
    if isinstance(value, dict):
        return {clean(name): clean(item) for name, item in value.items()}
    return value


def test_cyrillic_letters_are_not_escaped() -> None:
    assert dump_json({"місто": "Львів"}) == '{"місто":"Львів"}'
