from decimal import Decimal

import pytest

from core.domain.firm import Product
from core.engine.questions import is_about_terms, means_price, only_names

MACHINE = Product(
    "A", {"uk": "Кавомашина Vento Home", "en": "Vento Home coffee machine"}, Decimal(1), "UAH", "шт", None, None
)


@pytest.mark.parametrize(
    "text", ["скільки коштує доставка?", "почём зерно", "what do you charge for it", "Vento Home?"]
)
def test_a_price_is_asked_in_words_of_price_or_in_hardly_any_words(text: str) -> None:
    assert means_price(text)


@pytest.mark.parametrize("text", ["зробите знижку, якщо я здам вам стару машину?", "яка знижка магазину за договором?"])
def test_what_only_sounds_like_money_asks_for_no_price(text: str) -> None:
    assert not means_price(text)


@pytest.mark.parametrize("text", ["від якої суми везете?", "оптовая цена", "is shipping free", "комісія є?"])
def test_terms_hold_for_everything_that_is_sold(text: str) -> None:
    assert is_about_terms(text)


def test_who_only_names_a_product_asks_for_nothing_else_of_it() -> None:
    assert only_names("розкажіть про кавомашину Vento Home", MACHINE)
    assert only_names("do you have the Vento Home?", MACHINE)
    assert not only_names("яка вага Vento Home?", MACHINE)
