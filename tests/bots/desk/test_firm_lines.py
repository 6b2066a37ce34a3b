import re
from typing import Any

import pytest

from core.storage.users import list_audit
from tests.bots.desk.browser import Visitor, hidden, text
from tests.bots.desk.demo import Demo

PRICES = "/desk/knowledge/prices"
POLICIES = "/desk/knowledge/policies"
UNCHANGED: dict[str, Any] = {"sku": "V-1", "price": "18900", "valid_until": "", "in_stock": "14"}


async def price_form(visitor: Visitor) -> dict[str, Any]:
    shown = hidden(await visitor.get(f"{PRICES}/edit?sku=V-1"))
    return {**UNCHANGED, "seen": shown["seen"]}


async def test_prices_and_policies_are_there_for_everybody_to_read(visitor: Visitor) -> None:
    await visitor.sign_in("petro")
    assert "Vento machine V-1 18,900 UAH for good 14" in text(await visitor.get(PRICES))
    assert "UK Доставка 120 грн." in text(await visitor.get(POLICIES))
    assert "No product matches." in text(await visitor.get(f"{PRICES}?q=teapot"))


async def test_a_lead_changes_a_price_and_the_record_says_what_it_was(demo: Demo, visitor: Visitor) -> None:
    await visitor.sign_in("olena")
    page = await visitor.send(PRICES, **{**await price_form(visitor), "price": "19500"})
    assert demo.knowledge.files.written == [("V-1", {"price": "19500"})]
    assert "Saved. The next reply quotes it." in text(page)
    assert "Price: 18900 → 19500" in text(page)
    (entry,) = await demo.database.read(lambda conn: list_audit(conn, 1))
    assert (entry.action, entry.object, entry.data["was"]) == ("change_price", "price:V-1", {"price": "18900"})


async def test_the_latest_change_can_be_taken_back(demo: Demo, visitor: Visitor) -> None:
    await visitor.sign_in("olena")
    page = await visitor.send(PRICES, **{**await price_form(visitor), "price": "19500"})
    undo: dict[str, Any] = {name: hidden(page)[name] for name in ("file", "digest", "seen")}
    page = await visitor.send("/desk/knowledge/versions/restore", **undo)
    assert "The change was taken back." in text(page)
    assert demo.knowledge.files.written[-1] == ("price_list.csv 0",)


@pytest.mark.parametrize(
    ("typed", "advice"),
    [
        ({"price": "cheap"}, "“cheap” is no price"),
        ({"price": "666"}, "write another one"),
        ({"valid_until": "31.12.2027"}, "“31.12.2027” is no date"),
        ({"in_stock": "many"}, "“many” is no number of pieces"),
    ],
)
async def test_what_cannot_be_saved_is_told_beside_what_was_typed(
    demo: Demo, visitor: Visitor, typed: dict[str, str], advice: str
) -> None:
    await visitor.sign_in("olena")
    page = await visitor.send(PRICES, **{**await price_form(visitor), **typed})
    assert page.status_code == 422
    assert advice in text(page)
    assert f'value="{next(iter(typed.values()))}"' in page.text
    assert demo.knowledge.files.written == []


async def test_nobody_overwrites_what_they_have_not_seen(demo: Demo, visitor: Visitor) -> None:
    await visitor.sign_in("olena")
    form = await price_form(visitor)
    await visitor.send(PRICES, **{**form, "price": "19500"})
    late = await visitor.send(PRICES, **{**form, "price": "20000"})
    assert late.status_code == 422
    assert "price_list.csv was changed meanwhile." in text(late)
    assert len(demo.knowledge.files.written) == 1


async def test_a_lead_changes_a_policy_in_one_language_and_hears_where_else_it_stands(
    demo: Demo, visitor: Visitor
) -> None:
    await visitor.sign_in("olena")
    form = await visitor.get(f"{POLICIES}/edit?id=fee")
    assert "120 грн · Вартість delivery.uk.md" in text(form)
    lines: dict[str, Any] = {"uk": "Доставка 150 грн.", "en": "Delivery costs 120 UAH.", "valid_until": ""}
    sent: dict[str, Any] = {**lines, "id": "fee", "seen": hidden(form)["seen"]}
    page = await visitor.send(POLICIES, **sent)
    assert page.status_code == 422
    assert "Ukrainian: 150 грн; English: 120 UAH" in text(page)
    assert demo.knowledge.files.written == []
    page = await visitor.send(POLICIES, **sent, sure="1")
    assert demo.knowledge.files.written == [("fee", {"uk": "Доставка 150 грн."}, "")]
    assert "Ukrainian: Доставка 120 грн. → Доставка 150 грн." in text(page)


@pytest.mark.parametrize(("line", "advice"), [(" ", "has to say something"), ("а" * 1001, "longer than 1000")])
async def test_a_policy_says_something_and_not_too_much(demo: Demo, visitor: Visitor, line: str, advice: str) -> None:
    await visitor.sign_in("olena")
    seen = hidden(await visitor.get(f"{POLICIES}/edit?id=fee"))["seen"]
    page = await visitor.send(POLICIES, id="fee", seen=seen, uk=line, en="Delivery costs 120 UAH.", valid_until="")
    assert page.status_code == 422
    assert advice in text(page)
    assert demo.knowledge.files.written == []


@pytest.mark.parametrize("address", [f"{PRICES}/edit?sku=X-1", f"{POLICIES}/edit?id=x"])
async def test_a_line_that_is_not_there_is_told(visitor: Visitor, address: str) -> None:
    await visitor.sign_in("olena")
    assert (await visitor.get(address)).status_code == 404


async def test_an_operator_changes_nothing(demo: Demo, visitor: Visitor) -> None:
    await visitor.sign_in("petro")
    assert "prices/edit" not in (await visitor.get(PRICES)).text
    assert (await visitor.send(PRICES, **UNCHANGED, seen="price_list.csv 0")).status_code == 403
    assert demo.knowledge.files.written == []


async def test_a_form_shows_which_answers_saving_takes_out_of_memory(visitor: Visitor) -> None:
    await visitor.sign_in("olena")
    form = text(await visitor.get(f"{PRICES}/edit?sku=V-1"))
    assert "Saving takes 1 answer out of the bot's memory Чи є парковка? parking.uk.md" in form
    page = text(await visitor.send(PRICES, **{**await price_form(visitor), "price": "19500"}))
    assert "1 answer was taken out of the bot's memory" in page
    assert "No answer is kept" in text(await visitor.get(f"{POLICIES}/edit?id=fee"))


NEW_PRICE: dict[str, Any] = {"sku": "V-2", "name_uk": "Кавомолка", "price": "6900", "currency": "UAH", "unit": "шт"}
NEW_POLICY: dict[str, Any] = {
    "id": "gifts",
    "uk": "Пакуємо.",
    "ru": "Упаковываем.",
    "en": "We wrap.",
    "valid_until": "",
}


async def seen_by(visitor: Visitor, address: str) -> str:
    return str(hidden(await visitor.get(address))["seen"])


async def test_a_lead_adds_a_product_and_can_take_it_back(demo: Demo, visitor: Visitor) -> None:
    await visitor.sign_in("olena")
    assert f'href="{PRICES}/new"' in (await visitor.get(PRICES)).text
    form = text(await visitor.get(f"{PRICES}/new"))
    assert "Saving takes 1 answer out of the bot's memory" in form
    page = await visitor.send(f"{PRICES}/new", **NEW_PRICE, seen=await seen_by(visitor, f"{PRICES}/new"))
    assert demo.knowledge.files.written == [(NEW_PRICE,)]
    assert "Added. The bot knows it from the next reply on." in text(page)
    assert "V-2 added a product" in text(page)
    assert "Name in Ukrainian: — → Кавомолка" in text(page)
    assert "1 answer was taken out of the bot's memory" in text(page)
    undo: dict[str, Any] = {name: hidden(page)[name] for name in ("file", "digest", "seen")}
    assert "The change was taken back." in text(await visitor.send("/desk/knowledge/versions/restore", **undo))


async def test_a_lead_adds_a_policy(demo: Demo, visitor: Visitor) -> None:
    await visitor.sign_in("olena")
    page = await visitor.send(f"{POLICIES}/new", **NEW_POLICY, seen=await seen_by(visitor, f"{POLICIES}/new"))
    lines = {language: NEW_POLICY[language] for language in ("uk", "ru", "en")}
    assert demo.knowledge.files.written == [("gifts", lines, "")]
    assert "gifts added a policy" in text(page)
    (entry,) = await demo.database.read(lambda conn: list_audit(conn, 1))
    assert (entry.action, entry.object, entry.data["became"]) == ("add_policy", "policy:gifts", lines)


@pytest.mark.parametrize(
    ("typed", "advice"),
    [
        ({"sku": "a b"}, "“a b” is no code"),
        ({"sku": "V-1"}, "has a product “V-1” already"),
        ({"name_uk": " "}, "needs a name"),
        ({"price": "cheap"}, "“cheap” is no price"),
        ({"currency": "X"}, "write its three-letter code"),
        ({"name_uk": "а" * 201}, "longer than 200"),
    ],
)
async def test_a_product_that_cannot_be_added_is_told_beside_what_was_typed(
    demo: Demo, visitor: Visitor, typed: dict[str, str], advice: str
) -> None:
    await visitor.sign_in("olena")
    seen = await seen_by(visitor, f"{PRICES}/new")
    page = await visitor.send(f"{PRICES}/new", **{**NEW_PRICE, **typed}, seen=seen)
    assert page.status_code == 422
    assert advice in text(page)
    assert 'value="шт"' in page.text
    assert demo.knowledge.files.written == []


@pytest.mark.parametrize(
    ("typed", "advice"),
    [({"id": ""}, "is no short name"), ({"id": "fee"}, "a policy “fee” already"), ({"ru": ""}, "has to say something")],
)
async def test_a_policy_that_cannot_be_added_is_told(
    demo: Demo, visitor: Visitor, typed: dict[str, str], advice: str
) -> None:
    await visitor.sign_in("olena")
    seen = await seen_by(visitor, f"{POLICIES}/new")
    page = await visitor.send(f"{POLICIES}/new", **{**NEW_POLICY, **typed}, seen=seen)
    assert page.status_code == 422
    assert advice in text(page)
    assert demo.knowledge.files.written == []


async def test_a_policy_names_the_same_figures_in_every_language_unless_they_differ_on_purpose(
    demo: Demo, visitor: Visitor
) -> None:
    await visitor.sign_in("olena")
    seen = await seen_by(visitor, f"{POLICIES}/new")
    lines = {"uk": "Знижка 5 %.", "ru": "Скидка 5 процентов.", "en": "A discount of 500 UAH."}
    page = await visitor.send(f"{POLICIES}/new", **{**NEW_POLICY, **lines}, seen=seen)
    assert page.status_code == 422
    assert "Ukrainian: 5%; Russian: 5%; English: 500 UAH" in text(page)
    assert re.search(r'<textarea id="line-en"[^>]* autofocus', page.text)
    assert demo.knowledge.files.written == []
    await visitor.send(f"{POLICIES}/new", **{**NEW_POLICY, **lines}, seen=seen, sure="1")
    assert demo.knowledge.files.written == [("gifts", lines, "")]


@pytest.mark.parametrize(
    ("typed", "field"),
    [({"name_uk": ""}, "name-uk"), ({"sku": "a b"}, "sku"), ({"price": "cheap"}, "price"), ({"currency": "X"}, "sku")],
)
async def test_whoever_typed_something_wrong_stands_in_the_field_to_mend(
    visitor: Visitor, typed: dict[str, str], field: str
) -> None:
    await visitor.sign_in("olena")
    seen = await seen_by(visitor, f"{PRICES}/new")
    page = await visitor.send(f"{PRICES}/new", **{**NEW_PRICE, **typed}, seen=seen)
    assert re.findall(r'id="([\w-]+)"[^>]* autofocus', page.text) == [field]


async def test_an_operator_adds_nothing(demo: Demo, visitor: Visitor) -> None:
    await visitor.sign_in("petro")
    assert "prices/new" not in (await visitor.get(PRICES)).text
    assert (await visitor.send(f"{PRICES}/new", **NEW_PRICE, seen="price_list.csv 0")).status_code == 403
    assert demo.knowledge.files.written == []
