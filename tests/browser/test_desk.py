"""The desk in a real browser."""

import asyncio
import re
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from playwright.sync_api import Page, expect

from bots.messenger.window import WINDOW
from core.storage.tables import ConversationRow, table
from tests.bots.desk.demo import NOON
from tests.bots.desk.talks import say
from tests.browser.conftest import Windows
from tests.browser.server import Running

pytestmark = [pytest.mark.browser, pytest.mark.enable_socket]


def customer_writes(server: Running, who: str, text: str, name: str) -> None:
    """As if by Telegram: stored, and told to open pages."""

    async def write() -> None:
        conversation_id = await say(server.demo, who, text, at=NOON + timedelta(minutes=1), name=name)
        server.demo.parts.changes.tell(conversation_id)

    asyncio.run_coroutine_threadsafe(write(), server.loop).result(10)


def talk(server: Running, who: str) -> str:
    return f"/desk/conversations/{server.demo.talks[who]}"


def width_overflow(page: Page) -> Any:
    return page.evaluate("document.documentElement.scrollWidth - window.innerWidth")


def test_a_lead_finds_a_contact_by_typing(windows: Windows) -> None:
    page = windows.new().sign_in()
    expect(page.get_by_text("4 leads")).to_be_visible()
    page.get_by_label("Search").press_sequentially("львів")
    expect(page.get_by_text("1 lead", exact=True)).to_be_visible()
    expect(page.get_by_role("link", name="Ірина Коваль")).to_be_visible()
    expect(page.get_by_label("Search")).to_have_value("львів")
    expect(page.get_by_label("Search")).to_be_focused()
    assert "text=" in page.url


def test_a_cell_is_corrected_in_its_place_by_keyboard(windows: Windows) -> None:
    page = windows.new().sign_in()
    row = page.get_by_role("row", name="Ірина Коваль")
    row.get_by_role("link", name="Change: City").focus()
    page.keyboard.press("Enter")
    field = row.get_by_label("City", exact=True)
    expect(field).to_be_focused()
    field.fill("Стрий")
    page.keyboard.press("Enter")
    expect(row.get_by_text("Стрий")).to_be_visible()
    expect(row.get_by_label("City", exact=True)).to_have_count(0)


def test_a_wrong_value_is_told_and_can_be_mended(windows: Windows) -> None:
    window = windows.new()
    page = window.sign_in()
    row = page.get_by_role("row", name="Ірина Коваль")
    row.get_by_role("link", name="Change: Phone").click()
    row.get_by_label("Phone", exact=True).fill("soon")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("is no phone number")
    window.problems.clear()  # the browser itself logs the 422
    row.get_by_label("Phone", exact=True).fill("050 111 22 33")
    page.keyboard.press("Enter")
    expect(row.get_by_text("+380501112233")).to_be_visible()


def test_escape_leaves_a_cell_as_it_was(windows: Windows) -> None:
    page = windows.new().sign_in()
    row = page.get_by_role("row", name="Ірина Коваль")
    row.get_by_role("link", name="Change: City").click()
    row.get_by_label("City", exact=True).fill("Стрий")
    page.keyboard.press("Escape")
    expect(row.get_by_role("link", name="Львів")).to_be_visible()


def test_a_new_lead_appears_by_itself(windows: Windows, server: Running) -> None:
    page = windows.new().sign_in()
    expect(page.locator("body.is-live")).to_be_visible()
    customer_writes(server, "halyna", "Добрий день", "Галина")
    expect(page.get_by_role("link", name="Галина")).to_be_visible()
    expect(page.get_by_text("5 leads")).to_be_visible()


def test_a_live_table_never_takes_a_half_typed_cell_away(windows: Windows, server: Running) -> None:
    page = windows.new().sign_in()
    expect(page.locator("body.is-live")).to_be_visible()
    row = page.get_by_role("row", name="Ірина Коваль")
    row.get_by_role("link", name="Change: City").click()
    field = row.get_by_label("City", exact=True)
    field.fill("Стр")
    customer_writes(server, "halyna", "Добрий день", "Галина")
    page.wait_for_timeout(900)
    expect(field).to_have_value("Стр")
    page.keyboard.press("Escape")
    expect(page.get_by_role("link", name="Галина")).to_be_visible()


def test_a_fact_leads_to_the_words_that_prove_it(windows: Windows) -> None:
    page = windows.new().sign_in()
    page.get_by_role("link", name="Львів").click()
    mark = page.locator("mark", has_text="Львова")
    expect(mark).to_be_in_viewport()
    expect(mark).to_have_class("shown")


def test_pointing_at_a_fact_lights_its_words(windows: Windows, server: Running) -> None:
    page = windows.new().sign_in(to=talk(server, "iryna_k"))
    page.locator("[data-fact]", has_text="Budget").hover()
    expect(page.locator("mark", has_text="45 тисяч")).to_have_class("lit")
    page.get_by_role("heading", name="Ірина Коваль").hover()
    expect(page.locator("mark.lit")).to_have_count(0)


def test_an_operator_takes_over_replies_and_hands_back(windows: Windows, server: Running) -> None:
    page = windows.new().sign_in("petro", talk(server, "andrii"))
    page.get_by_role("button", name="Take over").click()
    field = page.get_by_label("Your reply")
    field.fill("Вітаю, я Петро.")
    field.press("Control+Enter")
    expect(page.get_by_role("log").get_by_text("Вітаю, я Петро.")).to_be_in_viewport()
    expect(field).to_have_value("")
    page.get_by_role("button", name="Hand back to the bot").click()
    expect(page.get_by_text("Take the conversation over to reply.")).to_be_visible()


def test_what_an_operator_is_writing_survives_a_new_message(windows: Windows, server: Running) -> None:
    page = windows.new().sign_in("petro", talk(server, "andrii"))
    expect(page.locator("body.is-live")).to_be_visible()
    page.get_by_role("button", name="Take over").click()
    field = page.get_by_label("Your reply")
    field.fill("Я саме пишу")
    customer_writes(server, "andrii", "Ще одне питання", "Андрій")
    expect(page.get_by_role("log").get_by_text("Ще одне питання")).to_be_in_viewport()
    expect(field).to_have_value("Я саме пишу")


def test_an_opened_explanation_stays_open_while_the_page_lives(windows: Windows, server: Running) -> None:
    page = windows.new().sign_in("petro", talk(server, "iryna_k"))
    expect(page.locator("body.is-live")).to_be_visible()
    page.get_by_text("Why this reply?").first.click()
    customer_writes(server, "iryna_k", "І ще питання", "Ірина Коваль")
    expect(page.get_by_text("І ще питання")).to_be_visible()
    expect(page.get_by_text("Stage: Opening → Discovery")).to_be_visible()


def test_colleagues_see_who_holds_a_conversation(windows: Windows, server: Running) -> None:
    ivan = windows.new().sign_in("ivan", talk(server, "andrii"))
    expect(ivan.locator("body.is-live")).to_be_visible()
    petro = windows.new().sign_in("petro", talk(server, "andrii"))
    petro.get_by_role("button", name="Take over").click()
    expect(ivan.get_by_text("petro holds this conversation.")).to_be_visible()
    expect(ivan.get_by_role("button", name="Take over")).to_have_count(0)


def test_without_scripts_everything_still_works(windows: Windows, server: Running) -> None:
    page = windows.new(scripts=False).sign_in("petro", talk(server, "andrii"))
    page.get_by_role("button", name="Take over").click()
    page.get_by_label("Your reply").fill("Вітаю без скриптів")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("log").get_by_text("Вітаю без скриптів")).to_be_visible()
    page.goto(page.url.partition("/desk")[0] + "/desk?text=львів")
    page.get_by_role("link", name="Change: City").click()
    page.get_by_label("City", exact=True).fill("Стрий")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("link", name="Стрий").or_(page.get_by_text("Стрий")).first).to_be_visible()


def test_the_first_tab_leads_past_the_menu(windows: Windows) -> None:
    page = windows.new().sign_in()
    page.reload()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_the_desk_speaks_ukrainian_after_one_click(windows: Windows) -> None:
    page = windows.new().sign_in()
    page.get_by_role("button", name="Українська").click()
    expect(page.get_by_role("heading", name="Ліди")).to_be_visible()
    expect(page.get_by_text("4 ліди")).to_be_visible()


@pytest.mark.parametrize("path", ["/desk", "/desk/knowledge", "/desk/health", "/desk/users", "/desk/account", "talk"])
def test_a_phone_shows_every_page_without_sideways_scrolling(windows: Windows, server: Running, path: str) -> None:
    page = windows.new(phone=True).sign_in("boss", talk(server, "iryna_k") if path == "talk" else path)
    assert width_overflow(page) <= 0
    expect(page.get_by_role("main")).to_be_visible()


def test_a_phone_shows_a_lead_as_a_card(windows: Windows) -> None:
    page = windows.new(phone=True).sign_in()
    cell = page.get_by_role("link", name="Львів")
    cell.scroll_into_view_if_needed()
    expect(cell).to_be_in_viewport()
    expect(page.get_by_text("Filters", exact=True)).to_be_visible()
    expect(page.get_by_label("Stage")).to_be_hidden()


def test_a_lead_answers_a_question_and_changes_a_price(windows: Windows, server: Running) -> None:
    page = windows.new().sign_in("olena", "/desk/knowledge")
    page.get_by_role("link", name="Add").click()
    page.get_by_label("Question").fill("Чи є подарункові пакети?")
    page.get_by_label("Answer").fill("Так, у двох розмірах.")
    page.get_by_role("button", name="Save the answer").click()
    expect(page.get_by_text("The bot knows it now.")).to_be_visible()
    expect(page.locator("#confirmed")).to_contain_text("Так, у двох розмірах.")
    page.get_by_role("link", name="Prices").click()
    page.get_by_role("link", name="Change: Vento Home coffee machine").click()
    page.get_by_label("Price").fill("19500")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved. The next reply quotes it.")).to_be_visible()
    expect(page.get_by_text("18900 → 19500")).to_be_visible()


@pytest.mark.parametrize(
    "path",
    [
        "/desk/knowledge",
        "/desk/knowledge/prices",
        "/desk/knowledge/policies",
        "/desk/knowledge/prices/new",
        "/desk/knowledge/policies/new",
    ],
)
def test_the_knowledge_fits_on_a_phone(windows: Windows, path: str) -> None:
    page = windows.new(phone=True).sign_in("olena", path)
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0


@pytest.mark.parametrize("is_phone", [False, True])
def test_the_countdown_goes_on_without_a_reload_and_closes_the_field(
    windows: Windows, server: Running, is_phone: bool
) -> None:
    def opened(ago: timedelta) -> None:
        async def write() -> None:
            known = sa.update(table(ConversationRow)).values(opened_at=server.demo.clock.now() - ago)
            await server.demo.database.write(lambda conn: conn.execute(known))

        asyncio.run_coroutine_threadsafe(write(), server.loop).result(10)

    object.__setattr__(server.demo.parts, "rules_for", lambda account, chat: WINDOW)
    opened(timedelta(hours=22, minutes=30))
    window = windows.new(phone=is_phone)
    window.context.clock.install()
    page = window.sign_in(to=talk(server, "andrii"))
    left = page.locator(".composer time.left")
    expect(left).to_have_text(re.compile("^1 h (29|30) min$"))
    assert width_overflow(page) <= 0
    page.clock.fast_forward("45:00")
    expect(left).to_have_text(re.compile("^4[45] min$"))
    expect(left).to_have_class("left soon")
    opened(timedelta(hours=25))
    page.clock.fast_forward("01:00:00")
    expect(page.locator(".composer")).to_contain_text("Nothing can be sent")
    assert width_overflow(page) <= 0


def test_a_phone_shows_where_a_price_is_changed(windows: Windows) -> None:
    page = windows.new(phone=True).sign_in("olena", "/desk/knowledge/prices")
    edit = page.get_by_role("link", name="Change: Vento Home coffee machine")
    edit.scroll_into_view_if_needed()
    expect(edit).to_be_in_viewport(ratio=0.99)


def test_whoever_takes_a_talk_over_on_a_phone_sees_its_newest_words(windows: Windows, server: Running) -> None:
    for number in range(12):
        customer_writes(server, "iryna_k", f"Питання {number}", "Ірина Коваль")
    page = windows.new(phone=True).sign_in("petro", talk(server, "iryna_k"))
    page.evaluate("scrollTo(0, 0)")
    page.get_by_role("button", name="Take over").click()
    expect(page.get_by_text("Питання 11")).to_be_in_viewport()
    page.get_by_label("Reply").fill("Вітаю, я Петро.")
    page.evaluate("scrollTo(0, 0)")
    page.get_by_label("Reply").press("Control+Enter")
    expect(page.locator(".message").get_by_text("Вітаю, я Петро.")).to_be_in_viewport()


def test_a_field_that_has_to_be_filled_in_is_not_hidden_by_the_bar(windows: Windows) -> None:
    page = windows.new(phone=True).sign_in("olena", "/desk/knowledge/policies/new")
    page.get_by_label("Short name").fill("gifts")
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    page.get_by_role("button", name="Save").click()
    field = page.get_by_label("Ukrainian", exact=True)
    expect(field).to_be_focused()
    place = "document.querySelector(%r).getBoundingClientRect().%s"
    assert page.evaluate(f"{place % ('label[for=line-uk]', 'top')} - {place % ('.bar', 'bottom')}") >= 0
