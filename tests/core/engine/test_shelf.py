"""The catalogue as a seller knows it, on the example firm's price list."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from core.engine.shelf import Shelf
from core.engine.shelf_fit import Wanted
from core.strategy.firm_folder import load_firm

FIRM = load_firm(Path(__file__).parents[3] / "examples" / "kavomir").firm
SHELF = Shelf(FIRM.products)
TODAY = date(2026, 11, 23)


def picked(now: str, **more: object) -> list[str]:
    return [product.sku for product in SHELF.pick(Wanted(now, **more), TODAY).products]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "skus"),
    [
        ("що краще: Lumera 20 чи Lumera 50?", ("KM-O1", "KM-O2")),
        ("скільки за Arko Duo?", ("KM-C2",)),
        ("оренда Arko Duo", ("RN-C2",)),
        ("ok I'll take the Vento Latte", ("KM-H2",)),
        ("the Duo?", ("KM-C2",)),
        ("milk pitcher price", ()),
        ("курсы бариста", ("SV-TR",)),
        ("Klaro Milk", ("CL-M",)),
        ("арко дуо почім", ("KM-C2",)),
        ("лумера 20 чи лумера 50?", ("KM-O1", "KM-O2")),
        ("I like latte in the morning with my family", ()),
        ("двогрупна машина", ()),
    ],
)
def test_a_product_is_named_by_brand_and_model(text: str, skus: tuple[str, ...]) -> None:
    assert SHELF.mentions(text) == skus


@pytest.mark.parametrize(
    ("now", "more", "skus"),
    [
        ("шукаю кавомашину для офісу, нас 15 людей", {}, ["KM-O1", "KM-O2"]),
        ("нужна кофемолка домой", {}, ["GR-H1"]),
        ("потрібна кавомашина додому", {"budget": Decimal(20000)}, ["KM-H1"]),
        ("what beans do you recommend for espresso", {}, ["BN-M2", "BN-BR", "BN-CO"]),
        ("щось для чищення", {}, ["CL-T"]),
        ("хочу взяти машину в оренду", {}, ["RN-O2", "RN-C2"]),
        ("підкажіть щось", {}, []),
        ("", {"need": "зерно для еспресо", "quantity": 250}, ["BN-M2"]),
    ],
)
def test_what_fits_need_budget_quantity_and_stock_is_picked(now: str, more: dict[str, object], skus: list[str]) -> None:
    assert picked(now, **more) == skus


def test_at_most_three_are_shown_and_none_that_is_sold_out_or_has_no_valid_price() -> None:
    for text in ("професійна машина для кав'ярні", "зерно для фільтра", "машина", "кавомолка"):
        found = SHELF.pick(Wanted(text), TODAY).products
        assert 0 < len(found) <= 3
        assert not {"KM-C3", "BN-KE", "AC-V"} & {product.sku for product in found}


def test_a_budget_that_nothing_fits_is_told_with_what_comes_nearest() -> None:
    found = SHELF.pick(Wanted("кавомашина додому", budget=Decimal(10000)), TODAY)
    assert found.over_budget
    assert found.products[0].sku == "KM-H1"


def test_a_budget_in_another_currency_says_nothing() -> None:
    assert not SHELF.pick(Wanted("кавомашина додому", budget=Decimal(500), currency="EUR"), TODAY).over_budget


def test_the_nearest_cheaper_ones_of_the_kind_come_first() -> None:
    uno, cheapest = SHELF.find("KM-C1"), SHELF.find("KM-H1")
    assert uno is not None
    assert cheapest is not None
    assert [product.sku for product in SHELF.cheaper(uno, TODAY)] == ["KM-O2", "KM-O1", "KM-H2"]
    assert SHELF.cheaper(cheapest, TODAY) == []
    assert next(iter(SHELF.dearer(cheapest, TODAY))).sku == "KM-H2"


def test_an_empty_catalogue_names_and_picks_nothing() -> None:
    empty = Shelf(())
    assert empty.mentions("Vento Home") == ()
    assert empty.pick(Wanted("кавомашина"), TODAY).products == ()


@pytest.mark.parametrize(
    ("text", "skus"),
    [
        ("ну добре, беремо Vento Office", {"KM-H1", "KM-H2"}),
        ("беру Lumera 30", {"KM-O1", "KM-O2"}),
        ("Vento Latte", set()),
        ("Lumera 20 чи Lumera 50?", set()),
        ("Lumera 20 шт", set()),
        ("Vento and Lumera", set()),
    ],
)
def test_a_model_that_the_brand_does_not_have_is_known_as_such(text: str, skus: set[str]) -> None:
    assert {product.sku for product in SHELF.of_brand(text)} == skus


def test_who_asks_for_a_machine_is_shown_machines_alone() -> None:
    found = picked("I need a coffee machine for a small café, budget 60000 UAH", budget=Decimal(60000))
    assert found
    assert all(sku.startswith("KM-") for sku in found)


def test_prices_in_general_are_of_several_kinds() -> None:
    assert len({product.sku.partition("-")[0] for product in SHELF.examples(TODAY, 5)}) == 5


def test_a_word_that_only_begins_alike_shows_nothing() -> None:
    assert picked("бонусная карта есть?") == []
    assert picked("картриджи для воды есть?") == ["WF-M"]


def test_a_place_that_no_product_is_made_for_may_be_named_again_and_again() -> None:
    bare = Shelf([replace(product, suits={}) for product in FIRM.products])
    wanted = Wanted(now="для школи", need="for a school", before="школа")
    assert [bare.pick(wanted, TODAY).products for _ in range(3)] == [
        ()
    ] * 3  # a catalogue learns nothing by being asked
