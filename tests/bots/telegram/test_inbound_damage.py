"""Nothing that arrives can raise, and nothing tricky gets further than the door."""

import copy
import json
import time
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bots.telegram.envelope import Reader
from bots.telegram.inbound import _parse_fully
from bots.telegram.quick import parse_quickly
from core.domain.messages import Profile
from tests.bots.telegram.reading import ACCOUNT, BUSINESS, NOW, only, read
from tests.emulators.telegram_updates import (
    BOT,
    DATE,
    Json,
    button_update,
    file,
    membership_update,
    message,
    person,
    private_chat,
    text_update,
    update,
)

POISON: list[Any] = [
    None,
    [],
    "text",
    7,
    {},
    {"update_id": "7", "message": message(text="x")},
    {"update_id": None},
    {"update_id": 1, "message": "text"},
    {"update_id": 1, "message": ["x"]},
    {"update_id": 1, "message": {"text": "x"}},
    update("message", {**message(text="x"), "date": "1700000000"}),
    update("message", {**message(text="x"), "date": 10**18}),
    update("message", {**message(text="x"), "message_id": "11"}),
    update("message", {**message(text="x"), "chat": {"id": "7", "type": "private"}}),
    update("message", {**message(text="x"), "from": {"id": 7}}),
    update("message", {**message(text="x"), "from": "Олена"}),
    update("message", message(text=5)),
    update("message", message(text={"a": 1})),
    update("message", message(photo="x")),
    update("message", message(voice={"file_id": None})),
    update("message", message(contact={"first_name": "x"})),
    update("message", message(location={"latitude": "north", "longitude": "x"})),
    update("callback_query", {"id": 1}),
    update("my_chat_member", {"chat": private_chat(person()), "new_chat_member": {}}),
]


@pytest.mark.parametrize("data", POISON, ids=lambda data: str(data)[:60])
def test_a_malformed_update_is_refused_with_a_reason_and_without_its_text(data: Any) -> None:
    parsed = read(data)
    assert parsed.messages == ()
    assert parsed.refused
    assert "Олена" not in parsed.refused


_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
_SEEDS = [
    text_update("/start x"),
    update("message", message(photo=[file("photo")], caption="ось")),
    update("edited_message", message(text="так", edit_date=DATE)),
    update("business_message", message(text="так", **BUSINESS)),
    button_update("yes", message=message(text="?")),
    membership_update("kicked"),
]


@given(st.sampled_from(_SEEDS), st.data())
def test_no_damage_to_an_update_ever_raises(seed: Json, data: st.DataObject) -> None:
    broken = copy.deepcopy(seed)
    place: Any = broken
    while isinstance(place, dict) and place:
        key = data.draw(st.sampled_from(sorted(place)))
        if isinstance(place[key], dict) and data.draw(st.booleans()):
            place = place[key]
            continue
        place[key] = data.draw(_json)
        break
    parsed = read(broken)
    assert sum((bool(parsed.messages), bool(parsed.refused), bool(parsed.ignored))) == 1
    for found in parsed.messages:
        assert isinstance(found.text, str)
        json.dumps(found.raw)
        found.text.encode()


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("\u200b\u200b", "\u200b\u200b"),
        ("\u202eшкідливо\u202c", "\u202eшкідливо\u202c"),
        ("a\x00b", "ab"),
        ("a\ud83d b", "a\ufffd b"),
        ("\ud83d\ude00", "😀"),
    ],
)
def test_tricky_signs_are_kept_unless_no_database_can_hold_them(text: str, kept: str) -> None:
    assert only(text_update(text)).text == kept


def test_hidden_signs_do_not_disguise_a_name() -> None:
    user = person(7, "\u202eанелО\u202c\u200b", last_name="\nКоваль", username="x\x00y")
    assert only(text_update("я", user=user)).profile == Profile("анелО Коваль", "xy", "uk")


def test_ten_megabytes_are_read_fast_and_cut() -> None:
    started = time.process_time()
    found = only(text_update("насос " * 1_700_000))
    assert time.process_time() - started < 1
    assert found.text.startswith("насос насос")
    assert len(found.text) == 32_768


@given(
    text=st.text(min_size=1, max_size=60) | st.sampled_from(["/start abc", "/start@example_shop_bot", "/x@other_bot"]),
    name=st.text(max_size=10),
    extras=st.fixed_dictionaries(
        {}, optional={"last_name": st.text(max_size=9), "username": st.text(max_size=9), "is_premium": st.booleans()}
    ),
    numbers=st.tuples(st.integers(0, 2**52), st.integers(0, 2**31), st.integers(0, 2**33), st.integers(1, 2**52)),
)
def test_the_quick_way_reads_exactly_what_the_full_parser_reads(
    text: str, name: str, extras: Json, numbers: tuple[int, int, int, int]
) -> None:
    update_id, number, date, user_id = numbers
    body = message(person(user_id, name, **extras), number=number, text=text, date=date)
    data = update("message", body, update_id)
    reader = Reader(ACCOUNT, NOW, BOT["username"])
    quick = parse_quickly(data, reader)
    assert quick is not None
    assert quick == _parse_fully(data, reader)


def test_everyday_texts_take_the_quick_way_and_cost_microseconds() -> None:
    data = text_update("Скільки коштує насос?")
    started = time.process_time()
    for _ in range(500):
        read(data)
    assert (time.process_time() - started) / 500 < 0.000_3


def test_raw_is_kept_only_for_what_is_not_understood() -> None:
    found = only(update("message", message(dice={"emoji": "🎲", "value": 3, "note": "\ud800" + "x" * 5000})))
    assert found.raw is not None
    assert len(found.raw["dice"]["note"]) == 1000
    found.raw["dice"]["note"].encode()
    assert only(text_update("я")).raw is None
    assert replace(found, raw=None) == found
