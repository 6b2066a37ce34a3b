import pytest

from core.understanding.facts import city
from tests.core.understanding.facts.contexts import context, last


@pytest.mark.parametrize(
    ("text", "language", "name"),
    [
        ("доставка до Львова", "uk", "Львів"),
        ("скільки доставка в Кривий Ріг?", "uk", "Кривий Ріг"),
        ("у Білій Церкві", "uk", "Біла Церква"),
        ("до Кам'янця-Подільського", "uk", "Кам'янець-Подільський"),
        ("в чернівцях", "uk", "Чернівці"),
        ("в Черкасах", "uk", "Черкаси"),
        ("Хмельницкого", "uk", "Хмельницький"),
        ("в одессу", "uk", "Одеса"),
        ("в одессу", "ru", "Одесса"),
        ("во Львове", "ru", "Львов"),
        ("до Ровно", "ru", "Ровно"),
        ("у Варшаву", "uk", "Варшава"),
        ("ship to lviv please", "en", "Lviv"),
        ("delivery from Kyiv to New York", "en", "New York"),
        ("доставка з Києва в Полтаву", "uk", "Полтава"),
        ("не в Київ, а в Одесу", "uk", "Одеса"),
        ("я з Києва", "uk", "Київ"),
        ("I'm from Warsaw", "en", "Warsaw"),
        ("м. Дніпро", "uk", "Дніпро"),
        ("в Суми", "uk", "Суми"),
        ("до Рівного", "uk", "Рівне"),
        ("доставляєте у Львів?", "uk", "Львів"),
    ],
)
def test_the_city_is_named_in_the_nominative_of_the_texts_language(text: str, language: str, name: str) -> None:
    assert last(city.find(text, context(language=language))) == name


@pytest.mark.parametrize(
    "text",
    [
        "відправляєте з Одеси?",
        "ваш магазин у Києві?",
        "ви в Києві?",
        "do you have a store in Kyiv?",
        "суми великі",
        "мені треба рівне дзеркало",
        "nice sofa",
        "телеграм @vika_odessa",
        "осла купити",
    ],
)
def test_origins_shops_of_ours_and_common_words_are_no_city(text: str) -> None:
    assert city.find(text, context()) == []


@pytest.mark.parametrize("text", ["do you sell chicken kyiv?", "not at my mum's in Vinnytsia"])
def test_dishes_and_places_ruled_out_are_no_city(text: str) -> None:
    assert city.find(text, context(language="en")) == []


@pytest.mark.parametrize(
    "text",
    [
        "посилка застрягла у Львові", "замовлення третій день лежить у Полтаві", "накладна висить у Рівному",
        "посылка застряла во Львове", "заказ третий день лежит в Полтаве", "накладная зависла в Одессе",
        "my parcel is stuck in Odesa", "the order has been sitting in Lviv", "the package is still lying in Poltava",
        "ви ще в Полтаві працюєте?", "ви зараз у Львові?", "ви досі в Рівному?", "вы ещё в Полтаве?",
        "вы сейчас в Одессе работаете?", "вы сейчас во Львове?", "do you still work in Lviv?",
        "do you operate in Poltava?", "are you in Odesa now?",
    ],
)  # fmt: skip
def test_where_a_parcel_is_stuck_or_the_firm_works_is_not_where_the_customer_is(text: str) -> None:
    assert city.find(text, context()) == []
