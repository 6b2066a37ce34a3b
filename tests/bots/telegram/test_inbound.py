"""Telegram updates become our messages; nothing that arrives can raise."""

import copy
import json
import time
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bots.telegram.envelope import Parsed, Reader
from bots.telegram.inbound import _parse_fully, kind_of, parse
from bots.telegram.quick import parse_quickly
from core.domain.ids import AccountId
from core.domain.messages import Attachment, AttachmentKind, InboundKind, InboundMessage, Profile
from tests.emulators.telegram_updates import (
    BOT,
    DATE,
    Json,
    button_update,
    file,
    group_chat,
    membership_update,
    message,
    person,
    private_chat,
    text_update,
    update,
)

ACCOUNT = AccountId("shop")
NOW = datetime(2026, 1, 5, 12, 0, tzinfo=UTC)
AT = datetime.fromtimestamp(DATE, UTC)


def read(data: Any) -> Parsed:
    return parse(data, ACCOUNT, now=NOW, username=BOT["username"])


def only(data: Json) -> InboundMessage:
    parsed = read(data)
    assert parsed.refused is None
    (found,) = parsed.messages
    return found


def test_a_text_is_read_with_its_sender_and_time() -> None:
    user = person(7, "Олена", last_name="Коваль", username="olena")
    assert only(text_update("Скільки коштує насос?", user=user, update_id=9, number=12)) == InboundMessage(
        account=ACCOUNT,
        event_id="9",
        chat="7",
        sender="7",
        kind=InboundKind.TEXT,
        at=AT,
        text="Скільки коштує насос?",
        external_id="12",
        profile=Profile("Олена Коваль", "olena", "uk"),
    )


@pytest.mark.parametrize(
    ("text", "kept", "payload", "source"),
    [
        ("/start", "/start", None, None),
        ("/start spring_2026-ad", "/start spring_2026-ad", "spring_2026-ad", "spring_2026-ad"),
        ("/start@example_shop_bot vitrina", "/start vitrina", "vitrina", "vitrina"),
        ("/START@Example_Shop_Bot vitrina", "/start vitrina", "vitrina", "vitrina"),
        ("/start привіт", "/start привіт", "привіт", None),
        ("/start " + "a" * 65, "/start " + "a" * 65, "a" * 65, None),
        ("/stop", "/stop", None, None),
        ("/price  NP-25 \n", "/price NP-25", "NP-25", None),
    ],
)
def test_a_command_keeps_its_argument_and_a_deep_link_its_source(
    text: str, kept: str, payload: str | None, source: str | None
) -> None:
    found = only(text_update(text))
    assert (found.kind, found.text, found.payload, found.source) == (InboundKind.COMMAND, kept, payload, source)


def test_a_command_of_another_bot_is_not_ours() -> None:
    parsed = read(text_update("/start@somebody_else_bot x"))
    assert parsed == Parsed(ignored="command of another bot")


@pytest.mark.parametrize("text", ["/5 штук", "/ціна", "//", "/", "1/start", "/start@ x"])
def test_a_slash_alone_makes_no_command(text: str) -> None:
    assert only(text_update(text)).kind is InboundKind.TEXT


def test_a_pressed_button_carries_its_data_its_words_and_its_receipt() -> None:
    keyboard = {"inline_keyboard": [[{"text": "Так", "callback_data": "yes"}, {"text": "Ні", "callback_data": "no"}]]}
    shown = {**message(text="Беремо?", reply_markup=keyboard), "from": dict(BOT)}
    found = only(button_update("no", update_id=4, message=shown))
    assert (found.kind, found.chat, found.text, found.payload) == (InboundKind.BUTTON, "7", "Ні", "no")
    assert (found.callback, found.at, found.external_id) == ("cb4", NOW, None)


@pytest.mark.parametrize(
    "more",
    [{}, {"message": {"chat": {"id": 7, "type": "private"}, "message_id": 3, "date": 0}}, {"inline_message_id": "x"}],
)
def test_a_button_of_a_message_that_is_gone_is_answered_to_its_presser(more: Json) -> None:
    found = only(button_update("yes", **more))
    assert (found.chat, found.payload, found.text) == ("7", "yes", "")


FILES: list[tuple[Json, Attachment]] = [
    (
        {"photo": [file("photo"), {**file("photo", file_size=9), "width": 900, "height": 600, "file_id": "big"}]},
        Attachment(AttachmentKind.IMAGE, "big", mime="image/jpeg", size=9),
    ),
    (
        {"document": file("document", file_name="ціни.pdf", mime_type="application/pdf", file_size=5)},
        Attachment(AttachmentKind.FILE, "document-id", title="ціни.pdf", mime="application/pdf", size=5),
    ),
    (
        {"animation": file("animation"), "document": file("document")},
        Attachment(AttachmentKind.VIDEO, "animation-id", mime="video/mp4"),
    ),
    ({"voice": file("voice")}, Attachment(AttachmentKind.VOICE, "voice-id", mime="audio/ogg")),
    (
        {"audio": file("audio", title="Пісня", mime_type="audio/mpeg")},
        Attachment(AttachmentKind.AUDIO, "audio-id", title="Пісня", mime="audio/mpeg"),
    ),
    ({"video": file("video", mime_type="video/mp4")}, Attachment(AttachmentKind.VIDEO, "video-id", mime="video/mp4")),
    ({"video_note": file("video_note")}, Attachment(AttachmentKind.VIDEO, "video_note-id", mime="video/mp4")),
    ({"sticker": file("sticker", emoji="👍")}, Attachment(AttachmentKind.STICKER, "sticker-id", title="👍")),
    (
        {"location": {"latitude": 50.45, "longitude": 30.52}},
        Attachment(AttachmentKind.LOCATION, latitude=50.45, longitude=30.52),
    ),
    (
        {
            "venue": {"location": {"latitude": 1, "longitude": 2}, "title": "Склад", "address": "Київ"},
            "location": {"latitude": 1, "longitude": 2},
        },
        Attachment(AttachmentKind.LOCATION, title="Склад, Київ", latitude=1.0, longitude=2.0),
    ),
    (
        {"contact": {"phone_number": "380501112233", "first_name": "Олена", "user_id": 7}},
        Attachment(AttachmentKind.CONTACT, title="Олена", phone="+380501112233", trusted=True),
    ),
    (
        {"contact": {"phone_number": "0501112233", "first_name": "Петро", "user_id": 8}},
        Attachment(AttachmentKind.CONTACT, title="Петро", phone="0501112233"),
    ),
    (
        {"contact": {"phone_number": "0501112233", "first_name": "Петро"}},
        Attachment(AttachmentKind.CONTACT, title="Петро", phone="0501112233"),
    ),
]


@pytest.mark.parametrize(("body", "attachment"), FILES, ids=[next(iter(body)) for body, _ in FILES])
def test_each_kind_of_media_is_a_typed_attachment(body: Json, attachment: Attachment) -> None:
    found = only(update("message", message(**body)))
    assert (found.kind, found.attachments) == (InboundKind.MEDIA, (attachment,))
    assert all(part.url is None for part in found.attachments)


def test_an_album_is_several_messages_of_one_group() -> None:
    photo = [file("photo")]
    first = only(update("message", message(photo=photo, media_group_id="G", caption="ось"), 1))
    second = only(update("message", message(photo=photo, media_group_id="G"), 2))
    assert (first.group, first.text, second.group, second.text) == ("G", "ось", "G", "")


def test_an_edit_names_the_message_it_changes_and_when() -> None:
    body = message(number=12, text="двадцять", edit_date=DATE + 60)
    found = only(update("edited_message", body, 5))
    assert (found.kind, found.external_id, found.text) == (InboundKind.EDIT, "12", "двадцять")
    assert (found.at - AT).seconds == 60


def test_an_edited_caption_is_an_edit_as_well() -> None:
    found = only(update("edited_message", message(photo=[file("photo")], caption="новий", edit_date=DATE)))
    assert (found.kind, found.text) == (InboundKind.EDIT, "новий")


def test_a_moving_live_location_is_no_edit() -> None:
    place = {"latitude": 1.0, "longitude": 2.0, "live_period": 900}
    assert read(update("edited_message", message(location=place, edit_date=DATE))).messages == ()


BUSINESS: Json = {"business_connection_id": "conn-1"}
OWNER = person(500, "Власник")


def test_a_customer_of_a_business_account_is_answered_through_it() -> None:
    found = only(update("business_message", message(text="Добрий день", **BUSINESS)))
    assert (found.chat, found.sender, found.kind) == ("biz:conn-1:7", "7", InboundKind.TEXT)
    edited = only(update("edited_business_message", message(text="Вечір", edit_date=DATE, **BUSINESS)))
    assert (edited.chat, edited.kind) == ("biz:conn-1:7", InboundKind.EDIT)


@pytest.mark.parametrize("kind", ["business_message", "edited_business_message"])
@pytest.mark.parametrize(
    "more", [{"from": OWNER}, {"from": OWNER, "sender_business_bot": BOT}, {"sender_business_bot": BOT}, {"from": BOT}]
)
def test_the_owner_of_a_business_account_and_we_ourselves_are_never_answered(kind: str, more: Json) -> None:
    assert read(update(kind, {**message(text="Я відповім", **BUSINESS), **more})).messages == ()


CONNECTION = {"id": "conn-1", "user": OWNER, "user_chat_id": 500, "date": DATE, "is_enabled": False, "rights": {}}
DELETED = {"business_connection_id": "conn-1", "chat": private_chat(person()), "message_ids": [1, 2]}


@pytest.mark.parametrize(
    "data",
    [
        update("business_connection", CONNECTION),
        update("deleted_business_messages", DELETED),
        update("inline_query", {"id": "1", "from": person(), "query": "x", "offset": ""}),
        update("channel_post", {"message_id": 1, "chat": group_chat(-1, "channel"), "date": DATE, "text": "новини"}),
        update("poll_answer", {"poll_id": "1", "user": person(), "option_ids": [0], "option_persistent_ids": ["a"]}),
        update("something_of_next_year", {"from": person(), "chat": private_chat(person())}),
        update("message", message(text="", pinned_message=message(text="x"))),
        update("message", message(new_chat_title="Нова назва")),
        update("message", {**message(text="я бот"), "from": {**BOT}}),
        {"update_id": 1},
    ],
    ids=kind_of,
)
def test_what_nobody_waits_to_be_answered_is_acknowledged_in_silence(data: Json) -> None:
    parsed = read(data)
    assert parsed.messages == ()
    assert parsed.refused is None
    assert parsed.ignored


@pytest.mark.parametrize("kind", ["group", "supergroup"])
@pytest.mark.parametrize("body", [{"text": "усім привіт"}, {"text": "/start@example_shop_bot x"}, {"photo": []}])
def test_groups_are_politely_ignored(kind: str, body: Json) -> None:
    assert read(update("message", {**message(**body), "chat": group_chat(kind=kind)})).messages == ()


def test_a_button_in_a_group_and_our_membership_in_one_are_ignored() -> None:
    shown = {**message(text="?"), "chat": group_chat()}
    assert read(button_update("yes", message=shown)).messages == ()
    data = membership_update("member")
    data["my_chat_member"]["chat"] = group_chat()
    assert read(data).messages == ()


@pytest.mark.parametrize(
    "body",
    [
        {"dice": {"emoji": "🎲", "value": 3}},
        {"story": {"chat": private_chat(person()), "id": 1}},
        {"hologram_of_next_year": {"file_id": "x"}},
        {"text": None},
    ],
)
def test_a_person_who_sends_what_we_cannot_read_is_still_somebody_to_answer(body: Json) -> None:
    found = only(update("message", message(**body)))
    assert found.kind is InboundKind.UNSUPPORTED
    assert found.attachments == (Attachment(AttachmentKind.UNSUPPORTED),)
    assert found.raw is not None
    assert next(iter(body)) in found.raw


@pytest.mark.parametrize(("status", "kind"), [("kicked", InboundKind.BLOCKED), ("member", InboundKind.UNBLOCKED)])
def test_a_blocked_bot_learns_of_it(status: str, kind: InboundKind) -> None:
    found = only(membership_update(status))
    assert (found.kind, found.chat, found.at) == (kind, "7", AT)


@pytest.mark.parametrize(
    "body",
    [
        {"chat": group_chat(-5, "group"), "migrate_to_chat_id": -1005},
        {"chat": group_chat(-1005), "migrate_from_chat_id": -5},
    ],
)
def test_a_group_that_moved_tells_its_new_id_from_both_sides(body: Json) -> None:
    found = only(update("message", {**message(), **body}))
    assert (found.kind, found.chat, found.payload) == (InboundKind.MIGRATED, "-5", "-1005")


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
    started = time.perf_counter()
    found = only(text_update("насос " * 1_700_000))
    assert time.perf_counter() - started < 1
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
    started = time.perf_counter()
    for _ in range(500):
        read(data)
    assert (time.perf_counter() - started) / 500 < 0.000_3


def test_raw_is_kept_only_for_what_is_not_understood() -> None:
    found = only(update("message", message(dice={"emoji": "🎲", "value": 3, "note": "\ud800" + "x" * 5000})))
    assert found.raw is not None
    assert len(found.raw["dice"]["note"]) == 1000
    found.raw["dice"]["note"].encode()
    assert only(text_update("я")).raw is None
    assert replace(found, raw=None) == found
