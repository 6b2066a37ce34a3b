"""Telegram updates become our messages: who wrote, where to answer, and what."""

from datetime import timedelta

import pytest

from bots.arrival import Parsed
from bots.telegram.inbound import kind_of
from core.domain.messages import Attachment, AttachmentKind, InboundKind, InboundMessage, Profile
from tests.bots.telegram.reading import ACCOUNT, AT, BUSINESS, NOW, OWNER, only, read
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


def test_a_text_is_read_with_its_sender_and_time() -> None:
    user = person(7, "Олена", last_name="Коваль", username="olena")
    assert only(text_update("Скільки коштує насос?", user=user, update_id=9, number=12)) == InboundMessage(
        account=ACCOUNT,
        event_id="9",
        chat="7",
        sender="7",
        kind=InboundKind.TEXT,
        at=AT + timedelta(microseconds=12),
        text="Скільки коштує насос?",
        external_id="12",
        profile=Profile("Олена Коваль", "olena", "uk"),
    )


def test_messages_of_one_second_keep_the_order_in_which_they_were_written() -> None:
    later, earlier = only(text_update("два", number=13)), only(text_update("раз", number=12))
    photo = only(update("message", message(number=14, photo=[file("photo")])))
    assert earlier.at < later.at < photo.at < earlier.at + timedelta(seconds=1)


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
