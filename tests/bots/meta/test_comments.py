"""Comments under posts, in the shapes of the page, of page-linked Instagram and of Instagram Login."""

from typing import Any

import pytest

from bots.arrival import Parsed
from bots.meta.envelope import walk
from bots.meta.messages import parse_event
from core.domain.messages import InboundKind, InboundMessage
from tests.bots.meta.test_messages import NOW, READER
from tests.emulators.meta_state import PAGE, PERSON

SECONDS = 1_790_000_000
POST = f"{PAGE}_900"


AUTHOR = {"id": PERSON, "name": "Ольга Коваль", "username": "olha.k"}


def feed(verb: str = "add", *, author: Any = AUTHOR, **parts: Any) -> dict[str, Any]:
    value = {
        "item": "comment",
        "verb": verb,
        "comment_id": "900_17",
        "post_id": POST,
        "parent_id": POST,
        "from": author,
        "message": "Скільки коштує?",
        "created_time": SECONDS,
        **parts,
    }
    return {"object": "page", "entry": [{"id": PAGE, "time": SECONDS, "changes": [{"field": "feed", "value": value}]}]}


def instagram(*, straight: bool, field: str = "comments", author: Any = AUTHOR, **parts: Any) -> dict[str, Any]:
    """`straight`: as Instagram Login writes it."""
    value = {
        "id": "1789",
        "text": "Яка ціна? 😍",
        "from": author,
        "media": {"id": "555", "media_product_type": "FEED"},
        **parts,
    }
    change = {"field": field, "value": value}
    entry: dict[str, Any] = {"id": PAGE, "time": SECONDS}
    entry.update(change if straight else {"changes": [change]})
    return {"object": "instagram", "entry": [entry]}


def parse(payload: Any) -> Parsed:
    (event,) = walk(payload)
    return parse_event(event, READER)


def read(payload: Any) -> InboundMessage:
    parsed = parse(payload)
    assert parsed.refused is None
    (found,) = parsed.messages
    return found


def test_a_comment_under_a_post_of_the_page_is_read() -> None:
    found = read(feed())
    assert (found.kind, found.text, found.external_id, found.event_id) == (
        InboundKind.COMMENT,
        "Скільки коштує?",
        "900_17",
        "comment:900_17",
    )
    assert (found.chat, found.profile.name, found.payload) == (PERSON, "Ольга Коваль", POST)
    assert found.source == f"comment post={POST}"
    assert found.at.timestamp() == SECONDS


@pytest.mark.parametrize("straight", [False, True], ids=["page-linked", "Instagram Login"])
@pytest.mark.parametrize("field", ["comments", "live_comments"])
def test_a_comment_on_instagram_is_read_in_both_shapes(straight: bool, field: str) -> None:
    found = read(instagram(straight=straight, field=field))
    assert (found.kind, found.text, found.event_id) == (InboundKind.COMMENT, "Яка ціна? 😍", "comment:1789")
    assert (found.chat, found.profile.username, found.payload) == (PERSON, "olha.k", "555")
    assert found.at.timestamp() == SECONDS


def test_a_comment_under_an_ad_keeps_the_ad() -> None:
    found = read(instagram(straight=True, media={"id": "555", "ad_id": "120"}))
    assert found.source == "comment ad=120 post=555"


@pytest.mark.parametrize(
    "payload",
    [
        feed(author={"id": PAGE, "name": "Кавомир"}),
        feed(parent_id="900_17", comment_id="900_18", author={"id": int(PAGE)}),
        instagram(straight=True, author={"id": PAGE}),
        instagram(straight=False, author={"id": "9", "self_ig_scoped_id": "9"}),
    ],
    ids=["page", "reply of the page", "Instagram account", "told by its own mark"],
)
def test_our_own_comments_and_replies_are_not_answered(payload: Any) -> None:
    parsed = parse(payload)
    assert parsed.messages == ()
    assert parsed.ignored


def test_a_comment_whose_author_is_not_told_stands_for_itself() -> None:
    found = read(feed(author=None))
    assert (found.kind, found.chat) == (InboundKind.COMMENT, "comment:900_17")


def test_what_a_visitor_writes_on_the_page_allows_a_private_message_too() -> None:
    found = read(feed(item="status", comment_id=None))
    assert (found.kind, found.external_id) == (InboundKind.COMMENT, f"post:{POST}")


def test_a_changed_comment_changes_its_text_and_each_change_is_another_event() -> None:
    first, second = read(feed("edited", message="А для дому?")), read(feed("edited", message="А для кафе?"))
    assert (first.kind, first.external_id, first.text) == (InboundKind.EDIT, "900_17", "А для дому?")
    assert first.event_id != second.event_id
    assert read(feed("edited", message="А для дому?")).event_id == first.event_id


@pytest.mark.parametrize("parts", [{}, {"author": None, "message": None}])
def test_a_comment_that_was_taken_away_is_erased(parts: dict[str, Any]) -> None:
    found = read(feed("remove", **parts))
    assert (found.kind, found.external_id, found.text) == (InboundKind.UNSENT, "900_17", "")


@pytest.mark.parametrize("item", ["reaction", "like", "share", "album"])
def test_what_else_happens_to_a_post_is_ignored(item: str) -> None:
    parsed = parse(feed(item=item))
    assert parsed.messages == ()
    assert parsed.ignored


def test_a_field_that_is_not_known_is_kept_as_it_came() -> None:
    found = read(instagram(straight=True, field="story_insights"))
    assert (found.kind, found.payload, found.at) == (InboundKind.KEPT, "story_insights", NOW)


@pytest.mark.parametrize("value", [None, "x", [], 7])
def test_a_change_of_another_shape_is_refused_with_a_reason(value: Any) -> None:
    payload = {"object": "page", "entry": [{"id": PAGE, "changes": [{"field": "feed", "value": value}]}]}
    assert parse(payload).refused


def test_a_comment_without_an_id_is_refused() -> None:
    assert parse(feed(comment_id=None)).refused
    assert parse(instagram(straight=True, id="")).refused
