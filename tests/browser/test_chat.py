"""The public chat in a real browser, and a person at the desk who joins in."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import Windows
from tests.browser.server import Running

pytestmark = [pytest.mark.browser, pytest.mark.enable_socket]


def write(page: Page, text: str) -> None:
    page.get_by_role("textbox").fill(text)
    page.keyboard.press("Enter")


def test_a_visitor_writes_and_the_bot_answers(windows: Windows) -> None:
    page = windows.new().open("/")
    write(page, "hello")
    expect(page.locator(".message.in")).to_contain_text(["You:hello"])
    expect(page.locator(".message.out")).not_to_have_count(0)
    expect(page.locator(".message.out").first).to_contain_text("automated assistant")
    expect(page.get_by_role("textbox")).to_have_value("")
    expect(page.get_by_role("textbox")).to_be_focused()


def test_the_talk_is_there_after_a_reload_and_every_message_once(windows: Windows) -> None:
    page = windows.new().open("/")
    write(page, "hello")
    expect(page.locator(".message.out")).not_to_have_count(0)
    shown = page.locator(".message").all_inner_texts()
    page.reload()
    expect(page.locator(".message")).to_have_count(len(shown))


def test_another_visitor_sees_none_of_it(windows: Windows) -> None:
    page = windows.new().open("/")
    write(page, "hello")
    expect(page.locator(".message.out")).not_to_have_count(0)
    stranger = windows.new().open("/")
    expect(stranger.locator("#starters")).to_be_visible()
    expect(stranger.locator(".message")).to_have_count(0)


def test_the_page_shows_that_the_bot_is_typing(windows: Windows) -> None:
    page = windows.new().open("/")
    page.route("**/messages?after=*", lambda route: route.fulfill(json={"messages": []}))
    expect(page.locator("#starters")).to_be_visible()
    write(page, "hello")
    expect(page.get_by_text("The assistant is typing")).to_be_attached()
    expect(page.locator(".dots")).to_be_visible()


def test_a_first_question_is_one_click_away(windows: Windows) -> None:
    page = windows.new().open("/")
    page.get_by_role("button", name="Call a person").click()
    expect(page.locator(".message.in")).to_have_count(1)
    expect(page.locator(".message.out")).not_to_have_count(0)
    expect(page.locator("#starters")).to_be_hidden()


def test_what_is_written_is_shown_never_run(windows: Windows) -> None:
    page = windows.new().open("/")
    write(page, "<img src=x onerror=alert(1)> javascript:alert(1) https://example.com/a?b=1.")
    bubble = page.locator(".message.in .bubble")
    expect(bubble).to_have_text("<img src=x onerror=alert(1)> javascript:alert(1) https://example.com/a?b=1.")
    expect(bubble.locator("img")).to_have_count(0)
    expect(bubble.locator("a")).to_have_count(1)
    expect(bubble.locator("a")).to_have_attribute("href", "https://example.com/a?b=1")
    expect(bubble.locator("a")).to_have_attribute("rel", "noopener noreferrer nofollow")


def test_a_message_that_got_lost_on_the_way_can_be_sent_again(windows: Windows) -> None:
    window = windows.new()
    page = window.open("/")
    expect(page.locator("#starters")).to_be_visible()
    page.route("**/messages", lambda route: route.abort())
    write(page, "hello")
    expect(page.get_by_text("Not sent.")).to_be_visible()
    window.problems.clear()  # the browser itself logs the lost request
    page.unroute("**/messages")
    page.get_by_role("button", name="Try again").click()
    expect(page.locator(".message.out")).not_to_have_count(0)
    expect(page.locator(".message.in")).to_have_count(1)


def test_a_message_whose_receipt_got_lost_is_shown_and_stored_once(windows: Windows) -> None:
    window = windows.new()
    page = window.open("/")
    expect(page.locator("#starters")).to_be_visible()
    page.route("**/messages", _lose_the_receipt)
    write(page, "hello")
    expect(page.locator(".message.out")).not_to_have_count(0)
    expect(page.locator(".message.in")).to_have_count(1)
    expect(page.get_by_text("Not sent.")).to_have_count(0)
    window.problems.clear()  # the browser itself logs the lost answer
    page.reload()
    expect(page.locator(".message.in")).to_have_count(1)


def _lose_the_receipt(route: Route) -> None:
    """The server gets the message, the page never hears of it."""
    route.fetch()
    route.abort()


def test_a_person_takes_over_answers_and_hands_back(windows: Windows, server: Running) -> None:
    page = windows.new().open("/")
    write(page, "Call a person")
    expect(page.locator(".message.out")).not_to_have_count(0)
    desk = windows.new().sign_in("petro", "/desk?holder=waiting")
    desk.get_by_role("row").filter(has_text="Web chat").get_by_role("link").first.click()
    desk.get_by_role("button", name="Take over").click()
    desk.get_by_label("Your reply").fill("Hello, this is Petro.")
    desk.get_by_role("button", name="Send").click()
    answered = page.locator(".message.operator")
    expect(answered).to_contain_text("Hello, this is Petro.")
    expect(answered).to_contain_text("Person")
    write(page, "hello")
    expect(desk.get_by_role("log").get_by_text("hello", exact=True)).to_be_visible()
    desk.get_by_role("button", name="Hand back to the bot").click()
    expect(desk.get_by_text("Take the conversation over to reply.")).to_be_visible()


@pytest.mark.parametrize(
    ("language", "hint"),
    [("uk-UA", "Напишіть повідомлення…"), ("ru-RU", "Напишите сообщение…"), ("en-GB", "Write a message…")],
)
def test_a_phone_shows_the_chat_in_the_visitors_language(windows: Windows, language: str, hint: str) -> None:
    page = windows.new(phone=True, language=language).open("/")
    expect(page.get_by_placeholder(hint)).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0


def test_shift_and_enter_begin_a_new_line(windows: Windows) -> None:
    page = windows.new().open("/")
    page.get_by_role("textbox").press_sequentially("one")
    page.keyboard.press("Shift+Enter")
    page.get_by_role("textbox").press_sequentially("two")
    page.keyboard.press("Enter")
    expect(page.locator(".message.in .bubble")).to_have_text("one\ntwo", use_inner_text=True)


def test_what_was_written_without_a_connection_goes_out_when_it_is_back(windows: Windows) -> None:
    window = windows.new()
    page = window.open("/")
    expect(page.locator("#starters")).to_be_visible()
    page.route("**/messages*", lambda route: route.abort())
    write(page, "hello")
    expect(page.get_by_text("No connection.")).to_be_visible()
    page.unroute("**/messages*")
    expect(page.locator(".message.out")).not_to_have_count(0)
    expect(page.get_by_text("Not sent.")).to_have_count(0)
    expect(page.locator(".message.in")).to_have_count(1)
    window.problems.clear()  # the browser itself logs the lost requests


def test_a_draft_outlives_a_reload(windows: Windows) -> None:
    page = windows.new().open("/")
    page.get_by_role("textbox").fill("I was just about to")
    page.reload()
    expect(page.get_by_role("textbox")).to_have_value("I was just about to")
    page.keyboard.press("Enter")
    expect(page.locator(".message.in")).to_have_count(1)
    page.reload()
    expect(page.get_by_role("textbox")).to_have_value("")


def say_earlier(page: Page, *messages: dict[str, Any]) -> None:
    """The server has these, whoever asks."""
    known = {"direction": "in", "role": "contact", "at": datetime.now(UTC).isoformat()}
    shown = [{**known, "id": number, **message} for number, message in enumerate(messages, 1)]
    page.route("**/messages?after=0", lambda route: route.fulfill(json={"messages": shown}))
    page.reload()


def test_a_reply_that_is_on_its_way_is_awaited_after_a_reload(windows: Windows) -> None:
    page = windows.new().open("/")
    say_earlier(page, {"text": "hello"})
    expect(page.locator(".dots")).to_be_visible()


def test_nobody_is_said_to_type_while_a_person_has_the_conversation(windows: Windows) -> None:
    page = windows.new().open("/")
    say_earlier(page, {"text": "This is Petro", "direction": "out", "role": "operator"}, {"text": "hello"})
    expect(page.locator(".message")).to_have_count(2)
    expect(page.locator(".dots")).to_be_hidden()


def test_each_day_but_today_has_its_line(windows: Windows) -> None:
    page = windows.new().open("/")
    long_ago = (datetime.now(UTC) - timedelta(days=40)).isoformat()
    say_earlier(page, {"text": "one", "at": long_ago}, {"text": "two", "at": long_ago}, {"text": "three"})
    expect(page.locator(".message")).to_have_count(3)
    expect(page.locator(".day")).to_have_count(2)
    expect(page.locator(".day").last).to_have_text("Today")


def test_a_long_address_is_shown_by_its_ends(windows: Windows) -> None:
    page = windows.new().open("/")
    address = "https://shop.example.com/a/folder/in/a/folder/catalogue-2027.pdf"
    say_earlier(page, {"text": f"Here: {address}.", "direction": "out", "role": "bot"})
    link = page.locator(".bubble a")
    expect(link).to_have_text("shop.example.com/…/catalogue-2027.pdf")
    expect(link).to_have_attribute("href", address)


def test_a_link_from_another_channel_is_told_once_and_leaves_the_address(windows: Windows, server: Running) -> None:
    code = "go-" + "A" * 38
    told: list[str] = []
    page = windows.new().open("/")
    page.on("request", lambda sent: told.append(sent.post_data or "") if sent.method == "POST" else None)
    page.goto(f"{page.url}?ref={code}")
    expect(page.locator(".message.out")).not_to_have_count(0)
    expect(page.locator(".message.in")).to_have_count(0)
    assert page.url.endswith("/"), "who shares the address shares no way in"
    page.reload()
    expect(page.locator(".message.out")).not_to_have_count(0)
    assert sum(code in body for body in told) == 1
