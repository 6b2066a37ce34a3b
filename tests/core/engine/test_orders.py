"""What was picked, and how much it is together, on the example firm's price list."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from core.domain.basket import Item
from core.domain.conversation import Memory
from core.domain.firm import Firm
from core.domain.messages import OutboundMessage
from core.domain.turn import Draft
from core.engine.basket import fill, find_dropped, named_apart
from core.engine.counts import find_count, find_measured
from core.engine.review import Heard, Reviewer
from core.engine.shelf import Shelf
from core.engine.totals import Total, build_total, find_sums, total_values
from core.strategy.firm_folder import load_firm
from tests.core.engine.situations import build_turn, understood

FIRM: Firm = load_firm(Path(__file__).parents[3] / "examples" / "kavomir").firm
SHELF = Shelf(FIRM.products)
TODAY = date(2026, 11, 23)
MACHINE, GRINDER, BEANS = "KM-C2", "GR-C2", "BN-BR"


def total(basket: tuple[Item, ...], *, offered: tuple[str, ...] = (), wishes: tuple[str, ...] = ()) -> Total:
    turn = build_turn(firm=FIRM, memory=Memory(offered=offered))
    return build_total(turn, understood("ask_price", basket=basket, wishes=frozenset(wishes)), SHELF)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("2 кг бразилії", 2), ("кіло ефіопії", 1), ("три штуки", 3), ("a couple of bags", 2), ("x4", 4),
        ("пару пачек", 2), ("Lumera", None), ("two of them", 2), ("на суму", None),
    ],
)  # fmt: skip
def test_a_count_is_read_in_three_languages(text: str, count: int | None) -> None:
    assert find_count(text) == count


@pytest.mark.parametrize(("text", "count"), [("Lumera 20", None), ("12 штук Lumera 20", 12), ("three bags", 3)])
def test_a_models_number_counts_nothing(text: str, count: int | None) -> None:
    assert find_measured(text) == count


@pytest.mark.parametrize(
    ("text", "picked"),
    [
        ("2 кг бразилії і кіло ефіопії", {"BN-BR": 2, "BN-ET": 1}),
        ("возьму Vento Home и Brila Home", {"KM-H1": None, "GR-H1": None}),
        ("two kilos of Brazil Santos and one Brila Home", {"BN-BR": 2, "GR-H1": 1}),
        ("просто Vento Home", {}),
    ],
)
def test_every_clause_names_its_own_product_and_count(text: str, picked: dict[str, int | None]) -> None:
    assert named_apart(text, SHELF) == picked


def test_one_of_its_kind_takes_the_place_of_the_former_and_another_kind_stands_beside_it() -> None:
    kept = (Item("KM-H1", None, True), Item(BEANS, 2, True))
    turn = build_turn("беру Vento Latte", firm=FIRM, memory=Memory(basket=kept))
    filled = fill(turn, understood("agree", sku="KM-H2", wishes=frozenset({"buy"})), SHELF)
    assert {item.sku for item in filled if item.taken} == {BEANS, "KM-H2"}


@pytest.mark.parametrize("text", ["кожного по 2 кг", "каждого по 2 кг", "2 kg of each please"])
def test_each_means_the_two_that_were_talked_of(text: str) -> None:
    turn = build_turn(text, firm=FIRM, memory=Memory(basket=(Item("BN-ET"), Item(BEANS))))
    filled = fill(turn, understood("agree"), SHELF)
    assert {item.sku: item.quantity for item in filled} == {"BN-ET": 2, BEANS: 2}


@pytest.mark.parametrize("text", ["ефіопію не треба", "без эфиопии тогда", "drop the Ethiopia please"])
def test_what_is_not_wanted_any_more_leaves_the_basket(text: str) -> None:
    kept = (Item("BN-ET", 1, True), Item(BEANS, 2, True))
    assert find_dropped(build_turn(text, firm=FIRM, memory=Memory(basket=kept)), SHELF) == {"BN-ET"}


def test_the_sum_is_made_of_prices_times_counts() -> None:
    found = total((Item(BEANS, 3, True), Item(GRINDER, None, True)))
    assert {each.value for each in find_sums(found)} == {Decimal(2160), Decimal(42800), Decimal(44960)}
    assert total_values(found, "en")["total"] == "44 960 UAH"


def test_one_unknown_price_means_no_sum() -> None:
    found = total((Item("BN-KE", 1, True), Item(BEANS, 2, True)))
    assert [product.sku for product in found.unpriced] == ["BN-KE"]
    assert "total" not in total_values(found, "uk")
    assert "Кенія" in total_values(found, "uk")["unpriced"]


def test_too_few_in_stock_is_said_beside_the_sum() -> None:
    assert "в наявності 9" in total_values(total((Item("KM-H2", 12, True),)), "uk")["lines"]
    assert "out of stock" in total_values(total((Item("KM-C3", 1, True),)), "en")["lines"]


def test_a_rent_is_no_part_of_a_price() -> None:
    assert total_values(total((Item("RN-O2", 1, True), Item(BEANS, 1, True))), "en")["total"].count("+") == 1


def test_before_choosing_each_of_the_shown_is_added_by_itself() -> None:
    found = total((Item(MACHINE, None, True),), offered=("GR-C1", "GR-C2"), wishes=("total", "together"))
    assert total_values(found, "uk")["either"].count("\n") == 1
    assert Decimal(169500) in {each.value for each in find_sums(found)}


@pytest.mark.parametrize(
    ("said", "leaves"),
    [
        ("Together that is 44 960 UAH.", True),
        ("Brila Pro 83 and 3 kg of Brazil Santos: 44 960 UAH.", True),
        ("Brila Pro 83 costs 44 960 UAH.", False),
        ("Together that is 44 000 UAH.", False),
    ],
)
def test_the_firewall_lets_the_worked_out_sum_through_and_no_other(said: str, leaves: bool) -> None:
    heard = Heard(sums=find_sums(total((Item(BEANS, 3, True), Item(GRINDER, None, True)))))
    reviewed = Reviewer().review(Draft((OutboundMessage(said),), approved=False), FIRM, TODAY, heard)
    assert bool(reviewed.messages) is leaves


def test_the_product_in_focus_that_was_also_shown_is_counted_once() -> None:
    turn = build_turn("чи можна накладеним платежем?", firm=FIRM, memory=Memory(focus="KM-H2", offered=("KM-H2",)))
    counted = build_total(turn, understood("ask_terms"), SHELF)
    assert [(row.product.sku, row.quantity) for row in counted.rows] == [("KM-H2", 1)]


def test_the_basket_is_kept_in_the_memory() -> None:
    memory = Memory(basket=(Item(BEANS, 3, True),))
    assert Memory.from_json(memory.to_json()) == memory
