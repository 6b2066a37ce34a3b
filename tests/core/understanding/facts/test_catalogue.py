import pytest

from core.understanding.facts.catalogue import NO_PRODUCTS, Catalogue
from core.understanding.facts.extract import find_facts
from tests.core.understanding.facts.contexts import context
from tests.core.understanding.turns import PRODUCTS, product

CATALOGUE = Catalogue.build(PRODUCTS)


@pytest.mark.parametrize(
    ("text", "sku"),
    [
        ("скільки коштує стілець ерго?", "CH-01"),
        ("5 чорних стільців", "CH-01"),
        ("стільці лофт", "CH-02"),
        ("loft chairs price", "CH-02"),
        ("ch-02 є?", "CH-02"),
        ("хочу стол лофт", "TB-01"),
        ("письмового столу", "TB-01"),
        ("лампу", "LM-01"),
        ("настольных ламп 3", "LM-01"),
    ],
)
def test_a_product_is_known_in_any_form_and_language(text: str, sku: str) -> None:
    assert CATALOGUE.find(text)[-1].sku == sku


@pytest.mark.parametrize("text", ["стілець", "лофт", "скільки коштує доставка", "120", ""])
def test_words_that_fit_several_products_or_none_name_none(text: str) -> None:
    assert CATALOGUE.find(text) == []


def test_without_products_nothing_is_named() -> None:
    assert NO_PRODUCTS.find("стілець ерго") == []


def test_the_digits_of_a_products_name_count_nothing() -> None:
    catalogue = Catalogue.build((product("X-15", "Телефон Зоря 15", "Телефон Заря 15", "Zoria 15 phone"),))
    facts = find_facts("хочу 2 телефони зоря 15", context(catalogue=catalogue))
    assert (facts["product"].value, facts["quantity"].value) == ("X-15", 2)


@pytest.mark.parametrize("text", ["зоря 15", "телефон Заря 15", "zoria 15?", "ЗОРЯ-15"])
def test_the_number_of_a_name_counts_behind_the_names_word(text: str) -> None:
    phones = (product("X-15", "Телефон Зоря 15", "Телефон Заря 15", "Zoria 15 phone"),)
    more = (product("X-20", "Телефон Зоря 20", "Телефон Заря 20", "Zoria 20 phone"),)
    assert Catalogue.build(phones + more).find(text)[-1].sku == "X-15"


@pytest.mark.parametrize(
    "text", ["телефон, бюджет 15 тисяч", "нужен телефон. 15 тысяч максимум", "a phone for 15 euro"]
)
def test_any_other_number_is_no_models(text: str) -> None:
    phones = (product("X-15", "Телефон Зоря 15", "Телефон Заря 15", "Zoria 15 phone"),)
    more = (product("X-20", "Телефон Зоря 20", "Телефон Заря 20", "Zoria 20 phone"),)
    assert Catalogue.build(phones + more).find(text) == []


COFFEE = Catalogue.build(
    (
        product("M-1", "Кавомашина Vento Home", "Кофемашина Vento Home", "Vento Home coffee machine"),
        product(
            "M-2", "Офісна кавомашина Lumera 20", "Офисная кофемашина Lumera 20", "Lumera 20 office coffee machine"
        ),
        product("M-3", "Двогрупна машина Arko Duo", "Двухгруппная машина Arko Duo", "Arko Duo two-group machine"),
        product("B-1", "Купаж Еспресо Бар", "Купаж Эспрессо Бар", "Espresso Bar blend beans"),
        product("B-2", "Зерно Бразилія Сантос", "Зерно Бразилия Сантос", "Brazil Santos beans"),
        product("W-1", "Картридж для води Aqua M", "Картридж для воды Aqua M", "Aqua M water cartridge"),
    )
)


@pytest.mark.parametrize(
    "text",
    [
        "зламалась машина, тече вода знизу",
        "сломалась машина, течёт вода",
        "looking for an espresso machine for a small bar",
        "відкриваємо бар, що порадите?",
        "открываем бар",
        "шукаємо машину в бар, де подають еспресо",
    ],
)
def test_words_of_a_name_that_speak_of_something_else_name_nothing(text: str) -> None:
    assert COFFEE.find(text) == []


@pytest.mark.parametrize(
    ("text", "sku"),
    [
        ("купаж бар", "B-1"),
        ("espresso bar beans", "B-1"),
        ("coffee from brazil", "B-2"),
        ("скіко бразилія", "B-2"),
        ("картридж для води", "W-1"),
        ("aqua m почём", "W-1"),
        ("кавова машина vento home", "M-1"),
        ("почём лумера 20", "M-2"),
        ("а лумеру 20 маєте?", "M-2"),
        ("арко дуо", "M-3"),
    ],
)
def test_its_own_words_name_a_product(text: str, sku: str) -> None:
    assert COFFEE.find(text)[-1].sku == sku
