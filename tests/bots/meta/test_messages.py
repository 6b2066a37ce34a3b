"""Every event that Messenger and Instagram send, as our messages."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bots.meta.envelope import Event, walk
from bots.meta.messages import parse_event
from bots.meta.reader import Reader
from core.domain.ids import AccountId
from core.domain.messages import AttachmentKind, InboundKind, InboundMessage
from tests.emulators.meta_events import STAMP, echo, envelope, message
from tests.emulators.meta_state import PAGE, PERSON

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
READER = Reader(AccountId("messenger"), PAGE, NOW)


def read(event: Any) -> InboundMessage:
    parsed = parse_event(Event(PAGE, "messaging", event), READER)
    assert parsed.refused is None
    (found,) = parsed.messages
    return found


def test_a_text_is_stored_under_its_mid_in_the_talk_with_its_sender() -> None:
    found = read(message("Скільки коштує?", mid="m1"))
    assert (found.kind, found.text, found.event_id, found.external_id) == (
        InboundKind.TEXT,
        "Скільки коштує?",
        "m1",
        "m1",
    )
    assert (found.chat, found.sender, found.account) == (PERSON, PERSON, "messenger")


def test_a_tapped_answer_is_a_button_with_its_payload() -> None:
    found = read(message("Так", quick_reply={"payload": "yes"}))
    assert (found.kind, found.text, found.payload) == (InboundKind.BUTTON, "Так", "yes")


@pytest.mark.parametrize("given", ["+380671112233", "olha@example.com"])
def test_a_shared_phone_or_address_is_what_the_person_said(given: str) -> None:
    found = read(message(None, quick_reply={"payload": given}))
    assert (found.kind, found.text) == (InboundKind.TEXT, given)


def test_a_postback_with_a_mid_is_known_by_it_and_without_one_by_person_time_and_payload() -> None:
    new = read(envelope(postback={"mid": "m9", "title": "Ціни", "payload": "prices"}))
    old = read(envelope(postback={"title": "Ціни", "payload": "prices"}))
    assert (new.kind, new.event_id, new.payload, new.text) == (InboundKind.BUTTON, "m9", "prices", "Ціни")
    assert old.event_id == f"postback:{PERSON}:{STAMP}:prices"


def test_get_started_is_a_start_command_that_keeps_where_the_person_came_from() -> None:
    found = read(envelope(postback={"payload": "GET_STARTED", "referral": {"ref": "spring", "ad_id": "120"}}))
    assert (found.kind, found.text, found.source) == (InboundKind.COMMAND, "/start", "ref=spring ad=120")


REFERRAL = {"ref": "spring", "source": "SHORTLINK"}


@pytest.mark.parametrize(
    "event",
    [
        envelope(referral=REFERRAL),
        envelope(postback={"payload": "GET_STARTED", "referral": REFERRAL}),
        message("вітаю", referral=REFERRAL),
        {**message("вітаю"), "referral": REFERRAL},
        envelope(optin={"ref": "spring"}),
    ],
    ids=["referral", "postback", "message", "beside a message", "opt-in"],
)
def test_the_reference_is_read_in_all_five_places(event: Any) -> None:
    assert read(event).source == "ref=spring"


def test_an_ad_or_shop_product_is_kept_as_the_source() -> None:
    ad = {"source": "ADS", "ad_id": 7, "ads_context_data": {"post_id": "p1"}}
    assert read(message("?", referral=ad)).source == "ad=7 post=p1"
    assert read(message("?", referral={"product": {"id": "KM-1"}})).source == "product=KM-1"
    assert read(message("?", referral={"source": "CUSTOMER_CHAT_PLUGIN"})).source == "entry=customer_chat_plugin"


@pytest.mark.parametrize(
    ("attachment", "kind"),
    [
        ({"type": "image", "payload": {"url": "https://cdn/x.jpg"}}, AttachmentKind.IMAGE),
        ({"type": "audio", "payload": {"url": "https://cdn/x.mp4"}}, AttachmentKind.VOICE),
        ({"type": "video", "payload": {"url": "https://cdn/x.mp4"}}, AttachmentKind.VIDEO),
        ({"type": "file", "payload": {"url": "https://cdn/x.pdf"}}, AttachmentKind.FILE),
        ({"type": "image", "payload": {"url": "u", "sticker_id": 12}}, AttachmentKind.STICKER),
        ({"type": "sticker", "payload": {"url": "u", "sticker_id": 12}}, AttachmentKind.STICKER),
        ({"type": "location", "payload": {"coordinates": {"lat": 50.4, "long": 30.5}}}, AttachmentKind.LOCATION),
        ({"type": "fallback", "title": "Стаття", "payload": None}, AttachmentKind.LINK),
        ({"type": "ig_reel", "payload": {"url": "https://ig/r"}}, AttachmentKind.LINK),
        ({"type": "share", "payload": {"url": "https://ig/p"}}, AttachmentKind.LINK),
        ({"type": "story_mention", "payload": {"url": "https://cdn/story"}}, AttachmentKind.LINK),
    ],
)
def test_an_attachment_becomes_ours(attachment: dict[str, Any], kind: AttachmentKind) -> None:
    found = read(message(None, attachments=[attachment]))
    assert (found.kind, [item.kind for item in found.attachments]) == (InboundKind.MEDIA, [kind])


def test_the_address_of_a_storys_media_is_not_kept() -> None:
    mention = read(message(None, attachments=[{"type": "story_mention", "payload": {"url": "https://cdn/s"}}]))
    reply = read(message("гарно!", reply_to={"story": {"id": "1", "url": "https://cdn/s"}}))
    assert [item.url for item in (*mention.attachments, *reply.attachments)] == [None, None]
    assert reply.text == "гарно!"


@pytest.mark.parametrize(
    "parts",
    [
        {"sticker_id": 369239263222822},
        {"attachments": [{"type": "sticker", "payload": {"sticker_id": 369239263222822}}]},
        {"attachments": [{"type": "like_heart"}]},
    ],
)
def test_a_thumb_or_a_heart_is_a_yes(parts: dict[str, Any]) -> None:
    found = read(message(None, **parts))
    assert (found.kind, found.text) == (InboundKind.TEXT, "👍")


@pytest.mark.parametrize(
    "parts",
    [
        {"is_unsupported": True},
        {"attachments": [{"type": "hologram", "payload": {"x": 1}}]},
        {"attachments": ["nonsense"]},
        {"attachments": "nonsense"},
        {},
    ],
)
def test_what_is_not_known_yet_is_unsupported_and_kept_raw(parts: dict[str, Any]) -> None:
    found = read(message(None, mid="m1", **parts))
    assert found.kind is InboundKind.UNSUPPORTED
    assert found.raw is not None
    assert found.raw["mid"] == "m1"


@pytest.mark.parametrize("number", [1, "1"])
def test_an_edit_changes_its_message_and_is_known_by_its_number(number: int | str) -> None:
    found = read(envelope(message_edit={"mid": "m1", "text": "не 5, а 7", "num_edit": number}))
    assert (found.kind, found.text, found.external_id, found.event_id) == (
        InboundKind.EDIT,
        "не 5, а 7",
        "m1",
        "edit:m1:1",
    )


def test_an_unsent_message_names_what_has_to_be_forgotten() -> None:
    found = read(message(None, mid="m1", is_deleted=True))
    assert (found.kind, found.external_id, found.text) == (InboundKind.UNSENT, "m1", "")


def test_our_own_echo_names_the_outbox_row_in_the_talk_with_the_person() -> None:
    found = read(echo("18 900 грн", mid="m5", metadata="seller:42", app_id=1))
    assert (found.kind, found.payload, found.external_id, found.chat) == (InboundKind.RECEIPT, "42", "m5", PERSON)


@pytest.mark.parametrize("parts", [{}, {"app_id": 26390203743090}, {"metadata": "another program"}])
def test_an_echo_that_is_not_ours_was_written_by_a_person_of_the_firm(parts: dict[str, Any]) -> None:
    found = read(echo("Вітаю, це Оля", mid="m6", **parts))
    assert (found.kind, found.text, found.chat) == (InboundKind.ECHO, "Вітаю, це Оля", PERSON)


def test_what_the_account_itself_sends_is_an_echo_even_when_it_does_not_say_so() -> None:
    own = {
        "sender": {"id": PAGE},
        "recipient": {"id": PERSON},
        "timestamp": STAMP,
        "message": {"mid": "m", "text": "x"},
    }
    assert read(own).kind is InboundKind.ECHO


@pytest.mark.parametrize("event", [envelope(delivery={"watermark": 1, "mids": ["m1"]}), echo("нотатка", is_self=True)])
def test_what_nobody_waits_for_is_ignored_with_a_reason(event: Any) -> None:
    parsed = parse_event(Event(PAGE, "messaging", event), READER)
    assert parsed.messages == ()
    assert parsed.ignored
    assert parsed.refused is None


@pytest.mark.parametrize(
    "event",
    [
        None,
        7,
        "x",
        [],
        {"message": {"mid": "m", "text": "x"}},
        message("x", mid="") | {},
        envelope(message={"text": "x"}),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_reason_and_never_raises(event: Any) -> None:
    if isinstance(event, dict) and event.get("message", {}).get("mid") and event.get("sender"):
        event["message"]["mid"] = ""
    parsed = parse_event(Event(PAGE, "messaging", event), READER)
    assert parsed.messages == ()
    assert parsed.refused


@pytest.mark.parametrize(
    ("stamp", "at"),
    [
        (1_790_000_000_000, datetime.fromtimestamp(1_790_000_000, UTC)),
        (1_790_000_000, datetime.fromtimestamp(1_790_000_000, UTC)),
        ("1790000000000", datetime.fromtimestamp(1_790_000_000, UTC)),
        (None, NOW),
        ("soon", NOW),
        (10**30, NOW),
        (int((NOW + timedelta(days=400)).timestamp() * 1000), NOW),
    ],
)
def test_a_time_is_read_in_milliseconds_or_seconds_and_never_lies_in_the_future(stamp: Any, at: datetime) -> None:
    assert read(envelope(stamp=stamp, message={"mid": "m", "text": "x"})).at == min(at, NOW + timedelta(days=2))


def test_ids_that_are_numbers_are_texts_here() -> None:
    event = {
        "sender": {"id": 12345},
        "recipient": {"id": int(PAGE)},
        "timestamp": STAMP,
        "message": {"mid": 9, "text": "x"},
    }
    assert (read(event).chat, read(event).event_id) == ("12345", "9")


def test_every_level_of_a_batch_is_walked_and_nothing_of_it_is_lost() -> None:
    batch = {
        "object": "page",
        "entry": [
            {"id": PAGE, "messaging": [message("1"), message("2")], "standby": [message("3")]},
            {"id": "other", "messaging": message("4")},
            {"id": PAGE, "changes": [{"field": "messages", "value": message("5")}, {"field": "feed", "value": {}}]},
            {"id": PAGE, "field": "comments", "value": {"id": "c1"}},
            "nonsense",
        ],
    }
    assert [event.way for event in walk(batch)] == [
        "messaging", "messaging", "standby", "messaging", "messaging", "changes", "changes", "entry",
    ]  # fmt: skip
    assert [event.owner for event in walk(batch)][3] == "other"


@pytest.mark.parametrize("odd", [None, [], {}, {"entry": None}, {"entry": "x"}, {"entry": [None]}])
def test_a_body_of_another_shape_raises_nothing(odd: Any) -> None:
    assert all(event.way == "entry" for event in walk(odd))


def test_nul_and_half_signs_are_taken_out_of_texts() -> None:
    assert read(message("a\x00b\ud83d")).text == "ab\ufffd"
