"""Events that are no message: reactions, reading, who holds the thread, what the platform forbids, what is kept."""

from typing import Any

import pytest

from bots.arrival import Ban, Parsed
from bots.meta.envelope import Event, walk
from bots.meta.messages import parse_event
from bots.meta.reader import Reader
from core.domain.conversation import ANOTHER_APP, HOLD_REQUESTED
from core.domain.ids import AccountId
from core.domain.messages import InboundKind, InboundMessage
from tests.bots.meta.test_messages import NOW, READER
from tests.emulators.meta_events import STAMP, body, echo, envelope, message
from tests.emulators.meta_state import PAGE, PERSON

INBOX, OTHER = "263902037430900", "777000777000"


def parse(event: Any, *, way: str = "messaging", reader: Reader = READER) -> Parsed:
    (found,) = walk(body(event, way=way))
    return parse_event(found, reader)


def read(event: Any, *, way: str = "messaging") -> InboundMessage:
    parsed = parse(event, way=way)
    assert parsed.refused is None
    (found,) = parsed.messages
    return found


def test_a_reaction_names_its_message_and_its_sign_and_taking_it_back_names_none() -> None:
    liked = read(envelope(reaction={"mid": "m1", "action": "react", "reaction": "love", "emoji": "❤️"}))
    taken = read(envelope(stamp=STAMP + 1, reaction={"mid": "m1", "action": "unreact"}))
    assert (liked.kind, liked.external_id, liked.payload) == (InboundKind.REACTION, "m1", "❤️")
    assert (taken.kind, taken.external_id, taken.payload) == (InboundKind.REACTION, "m1", None)
    assert liked.event_id != taken.event_id


def test_one_reaction_that_comes_twice_is_one_event() -> None:
    event = envelope(reaction={"mid": "m1", "action": "react", "emoji": "👍"})
    assert read(event).event_id == read(event).event_id


def test_a_reaction_without_a_picture_is_told_by_its_word() -> None:
    assert read(envelope(reaction={"mid": "m1", "action": "react", "reaction": "other"})).payload == "other"


@pytest.mark.parametrize("part", [{"watermark": STAMP + 5_000}, {"mid": "m1"}], ids=["up to a time", "one message"])
def test_reading_tells_the_time_up_to_which_all_was_seen(part: dict[str, Any]) -> None:
    found = read(envelope(read=part))
    wanted = part.get("watermark", STAMP)
    assert (found.kind, found.at.timestamp() * 1000) == (InboundKind.READ, wanted)


@pytest.mark.parametrize(
    ("event", "kind"),
    [
        (envelope(pass_thread_control={"new_owner_app_id": OTHER, "metadata": "back to you"}), "given_back"),
        (envelope(pass_thread_control={"previous_owner_app_id": INBOX}), "given_back"),
        (envelope(pass_thread_control={"new_owner_app_id": INBOX}), "taken_elsewhere"),
        (envelope(pass_thread_control={"new_owner_app_id": int(INBOX)}), "taken_elsewhere"),
        (envelope(take_thread_control={"previous_owner_app_id": OTHER}), "taken_elsewhere"),
        (envelope(take_thread_control={"previous_owner_app_id": INBOX, "new_owner_app_id": OTHER}), "given_back"),
        (envelope(request_thread_control={"requested_owner_app_id": INBOX}), "taken_elsewhere"),
    ],
)
@pytest.mark.parametrize("way", ["messaging", "standby"])
def test_who_holds_the_thread_is_read_from_either_list(event: Any, kind: str, way: str) -> None:
    found = read(event, way=way)
    assert (found.kind.value, found.chat) == (kind, PERSON)


def test_a_request_for_the_thread_is_told_from_its_loss() -> None:
    asked = read(envelope(request_thread_control={"requested_owner_app_id": INBOX}))
    lost = read(envelope(take_thread_control={"previous_owner_app_id": OTHER}))
    assert (asked.payload, lost.payload) == (HOLD_REQUESTED, None)
    assert asked.event_id != lost.event_id


@pytest.mark.parametrize(
    "event",
    [
        message("привіт", mid="m1"),
        message(None, mid="m1", attachments=[{"type": "image", "payload": {"url": "https://cdn/x.jpg"}}]),
        message(None, mid="m1", is_unsupported=True),
        envelope(postback={"mid": "m1", "title": "Ціни"}),
    ],
)
def test_what_a_person_says_to_another_application_is_only_heard(event: Any) -> None:
    found = read(event, way="standby")
    assert (found.kind, found.event_id, found.raw) == (InboundKind.OVERHEARD, "m1", None)


def test_what_another_application_says_is_an_echo_that_names_it() -> None:
    found = read(echo("Ми вже відповіли", mid="m2", app_id=777), way="standby")
    assert (found.kind, found.payload, found.text) == (InboundKind.ECHO, ANOTHER_APP, "Ми вже відповіли")


def test_in_standby_too_a_message_is_unsent_and_a_reaction_is_a_reaction() -> None:
    gone = read(message(None, mid="m1", is_deleted=True), way="standby")
    liked = read(envelope(reaction={"mid": "m1", "action": "react", "emoji": "👍"}), way="standby")
    assert (gone.kind, liked.kind) == (InboundKind.UNSENT, InboundKind.REACTION)


@pytest.mark.parametrize(
    ("action", "ban"), [("block", Ban(True, "Spam")), ("unblock", Ban(False, "")), ("", Ban(True, "Spam"))]
)
def test_a_policy_block_is_told_apart_and_kept(action: str, ban: Ban) -> None:
    told = {"action": action, **({"reason": "Spam"} if ban.reason else {})}
    event = {"recipient": {"id": PAGE}, "timestamp": STAMP, "policy_enforcement": told}
    parsed = parse(event)
    assert parsed.ban == ban
    assert [one.kind for one in parsed.messages] == [InboundKind.KEPT]


@pytest.mark.parametrize(
    "event",
    [
        {"recipient": {"id": PAGE}, "timestamp": STAMP, "optin": {"ref": "box", "user_ref": "u-17"}},
        {"recipient": {"id": PAGE}, "timestamp": STAMP, "app_roles": {"1": ["primary_receiver"]}},
        envelope(account_linking={"status": "linked", "authorization_code": "x"}),
        envelope(something_of_next_year={"a": 1}),
    ],
    ids=["opt-in without a sender", "roles", "account linking", "unknown"],
)
def test_what_nobody_can_be_answered_for_is_kept_as_it_came(event: Any) -> None:
    found = read(event)
    assert (found.kind, found.raw, found.at) == (InboundKind.KEPT, event, NOW)
    assert read(event).event_id == found.event_id
    assert read({**event, "timestamp": STAMP + 1}).event_id != found.event_id


def test_a_kept_event_of_a_person_is_under_that_person_and_of_the_page_under_nobody() -> None:
    assert read(envelope(something_of_next_year={})).chat == PERSON
    assert read(envelope(sender=PAGE, recipient=PERSON, something_of_next_year={})).chat == ""


@pytest.mark.parametrize("event", [envelope(sender=PAGE, reaction={"mid": "m"}), envelope(sender=PAGE, read={})])
def test_what_the_account_does_itself_is_no_news(event: Any) -> None:
    parsed = parse(event)
    assert (parsed.messages, parsed.refused) == ((), None)
    assert parsed.ignored


@pytest.mark.parametrize("part", ["reaction", "read", "pass_thread_control", "take_thread_control"])
def test_an_event_that_names_nobody_is_refused_with_a_reason(part: str) -> None:
    parsed = parse_event(Event(PAGE, "messaging", {part: {"mid": "m"}}), Reader(AccountId("messenger"), PAGE, NOW))
    assert parsed.refused
    assert parsed.messages == ()
