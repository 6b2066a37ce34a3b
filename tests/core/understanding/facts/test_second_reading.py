"""The trained head beside the rules: it drops, it adds, and leaves alone what it cannot see."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest

from core.domain.firm import Product
from core.understanding.facts.catalogue import Catalogue
from core.understanding.facts.extract import find_facts
from core.understanding.facts.number_features import NumberFeatures
from tests.core.understanding.facts.contexts import context


class Head:
    """Says the same of every number."""

    def __init__(self, **chances: float) -> None:
        self._chances = {"budget": 0.0, "quantity": 0.0, "other": 0.0} | chances

    def predict(self, features: NumberFeatures, by_rules: str, marked: str) -> Mapping[str, float]:
        return self._chances


def told(text: str, head: Head | None, *expected: str, **more: Any) -> dict[str, Any]:
    found = find_facts(text, context(*expected, numbers=head, **more))
    return {name: span.value for name, span in found.items() if name in ("budget", "quantity")}


UAH = {"amount": 9000, "currency": "UAH"}


def test_a_number_that_no_rule_takes_is_taken_when_the_head_is_sure() -> None:
    text = "лавка дубова 12"
    assert told(text, None) == {}
    assert told(text, Head(quantity=0.7)) == {"quantity": 12}
    assert told(text, Head(quantity=0.3, other=0.7)) == {}


def test_a_number_that_a_rule_takes_is_dropped_when_the_head_hardly_believes_it() -> None:
    text = "треба 12 лавок"
    assert told(text, None) == told(text, Head(quantity=0.35)) == {"quantity": 12}
    assert told(text, Head(quantity=0.1, other=0.9)) == {}


def test_a_sum_becomes_a_budget_in_the_currency_of_the_talk() -> None:
    assert told("лавка 9000", Head(budget=0.8)) == {"budget": UAH}
    assert told("лавка $90", Head(budget=0.8)) == {"budget": {"amount": 90, "currency": "USD"}}


@pytest.mark.parametrize("text", ["300 грн", "пів кіло"])
def test_money_and_halves_are_no_count(text: str) -> None:
    assert "quantity" not in told(text, Head(quantity=0.9))


def test_an_answer_to_what_was_asked_is_left_to_the_rules() -> None:
    assert told("12", Head(other=1.0), "quantity") == {"quantity": 12}


def test_a_change_of_an_earlier_number_is_what_the_rules_say_unless_the_head_is_sure() -> None:
    known = {"budget": {"amount": 4000, "currency": "UAH"}}
    assert told("ой ні, п'ять", Head(quantity=0.85), known=known) == {"budget": {"amount": 5000, "currency": "UAH"}}
    assert told("ой ні, п'ять", Head(other=0.95), known=known) == {"budget": {"amount": 5000, "currency": "UAH"}}
    assert told("ой ні, п'ять", Head(quantity=0.95), known=known) == {"quantity": 5}
    text = "бюджет тепер 6000, а крісло коштує 7000"
    assert told(text, Head(budget=0.85), known=known) == {"budget": {"amount": 6000, "currency": "UAH"}}


@pytest.mark.parametrize("text", ["хочу лавку, бюджет 25", "a bench, my budget is 25"])
def test_a_sum_that_is_called_the_budget_needs_no_second_reading(text: str) -> None:
    assert told(text, Head(quantity=0.9)) == told(text, None) == {"budget": {"amount": 25, "currency": "UAH"}}


def test_what_the_rules_read_otherwise_than_it_stands_stays() -> None:
    text = "лавки дубові x9"
    assert told(text, None) == told(text, Head(other=1.0)) == {"quantity": 9}


@pytest.mark.parametrize(
    "text",
    ["думали тисяч 30, виходить 25", "думали тысяч 30, выходит 25", "thought of 30 grand, we have 25"],
)
def test_thousands_that_are_left_out_are_put_back(text: str) -> None:
    assert told(text, Head(budget=0.9)) == {"budget": {"amount": 25000, "currency": "UAH"}}


def test_thousands_told_before_are_meant_again() -> None:
    known = {"budget": {"amount": 2000, "currency": "USD"}}
    assert told("чоловік дає три", Head(budget=0.9), known=known) == {"budget": {"amount": 3000, "currency": "USD"}}
    assert told("чоловік дає 500", Head(budget=0.9), known=known) == {"budget": {"amount": 500, "currency": "USD"}}


@pytest.mark.parametrize("text", ["шеф дав двадцятку", "шеф дал двадцатку"])
def test_a_note_that_buys_nothing_stands_for_thousands(text: str) -> None:
    assert told(text, Head(budget=0.9)) == {"budget": {"amount": 20000, "currency": "UAH"}}


@pytest.mark.parametrize(("text", "amount"), [("листівка, маю 40", 40), ("кава до 60", 60), ("a card, I have 40", 40)])
def test_no_thousands_are_put_where_none_were_told(text: str, amount: int) -> None:
    assert told(text, Head(budget=0.9))["budget"]["amount"] == amount


@pytest.mark.parametrize("text", ["2 kg of each please", "по 2 кг кожного", "по 2 кг каждого"])
def test_so_many_of_each_needs_no_second_reading(text: str) -> None:
    assert told(text, Head(other=1.0)) == told(text, None) == {"quantity": 2}


def test_people_are_an_order_where_the_sentence_says_so() -> None:
    assert told("машина в офіс, 25 людей", Head(quantity=0.3)) == {}
    assert told("екскурсія в суботу, 25 людей", Head(quantity=0.9)) == {"quantity": 25}


def test_a_pasted_price_list_is_left_to_the_rules() -> None:
    text = "треба 5 лавок. " + "позиція 7 ціна 9 " * 20
    assert told(text, Head(quantity=0.9)) == told(text, None)


def test_what_counts_a_product_by_its_name_needs_no_second_reading() -> None:
    product = Product("K1", {"en": "Vento Home grinder"}, Decimal(9), "UAH", "pc", None, 5)
    known = Catalogue.build([product])
    assert told("ok 1 vento home", Head(other=1.0), catalogue=known) == {"quantity": 1}


def test_of_several_as_likely_the_last_told_counts() -> None:
    assert told("спершу думали 12, а буде 15", Head(quantity=0.9)) == {"quantity": 15}
