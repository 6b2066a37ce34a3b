"""How people state what they order, and what they count otherwise: each way in Ukrainian, Russian and English."""

import pytest

from core.understanding.facts import quantity
from core.understanding.facts.span import MASK
from tests.core.understanding.facts.contexts import context, last

WAYS = [
    ("number and unit", 3, "3 пачки", "3 пачки", "3 packs"),
    ("a wish and a noun", 40, "на старт треба 40 філіжанок", "на старт надо 40 кружек", "we need 40 cups for a start"),
    ("noun and number", 15, "горнятка сині - 15", "кружки синие - 15", "blue mugs - 15"),
    ("a list's last word", 101, "тюльпани білі, 101", "тюльпаны белые, 101", "white tulips, 101"),
    ("unit and number", 7, "штук сім", "штук семь", "seven pieces or so"),
    ("about", 65, "десь 65 бейджів", "примерно 65 бейджей", "around 65 badges"),
    ("a pair or three", 3, "пару-трійку пакетів", "пару-тройку пакетов", "two or three bags"),
    ("a range", 20, "від 15 до 20 подушок", "от 15 до 20 подушек", "15 to 20 pillows"),
    ("twice, in brackets", 30, "30 (тридцять) наборів", "Тридцать (30) наборов", "Thirty (30) desks please"),
    ("a sum", 6, "по дві кожного кольору, тобто шість", "по две каждого цвета, то есть шесть", "two of each, so six"),
    ("a correction", 8, "п'ять коробок... ні, краще 8", "пять коробок... нет, лучше 8", "five boxes... no, better 8"),
    ("one for another", 16, "не 60, а 16 худі", "не 60, а 16 худи", "not 60 but 16 hoodies"),
    ("put right", 8, "виправте на вісім", "исправьте на восемь", "change it to eight"),
    ("a price asked", 12, "скільки за 12 чашок?", "сколько за 12 чашек?", "how much for 12 cups?"),
    ("stock asked", 5, "є 5 штук?", "есть 5 штук?", "do you have 5 pieces?"),
    ("only", 1, "тільки одну, місця мало", "только одну, места мало", "just one, no room for more"),
    ("without commas", 2, "Ірина 0671112233 два кіло", "Ирина 0671112233 два кило", "Iryna 0671112233 two kilos"),
    ("after a purpose", 14, "для готелю 14 чайників", "для гостиницы 14 чайников", "for a hotel 14 kettles"),
    ("somebody's word", 3, "мама попросила 3 рушники", "мама попросила 3 полотенца", "my wife asked for 3 towels"),
    ("a wish governs", 6, "думаємо про шість машин", "думаем о шести машинах", "thinking of six machines"),
    ("a table", 6, "столик на шістьох", "столик на шестерых", "table for six"),
    ("places", 2, "запишіть нас двох на огляд", "запишите нас двоих на осмотр", "book us two for a check-up"),
    ("in the cart", 3, "кладіть три у кошик", "положите три в корзину", "put three in the cart"),
    ("a last sum", 8, "додайте ще дві, буде вісім", "добавьте ещё две, будет восемь", "add two more, makes eight"),
    ("for a try", 1, "можна одну на пробу?", "можно одну на пробу?", "could I try one first?"),
    ("a measure", 5, "п'ять літрів фарби", "пять литров краски", "five litres of paint"),
    ("tickets", 2, "квитки, два дорослих", "билеты, два взрослых", "tickets, two adults"),
    (
        "beside a question",
        2,
        "два кіло, коли привезете?",
        "два кило, когда привезёте?",
        "two kilos, when will you come?",
    ),
    ("as before", 12, "12 ящиків як минулого разу", "12 ящиков как в прошлый раз", "12 crates like last time"),
]
"""A way, the count, and the same said in three languages."""

OTHERWISE = [
    ("a street", "вул. Шевченка 12, кв 4", "ул. Гоголя 12, кв 4", "12 Baker street, apt 4"),
    ("a branch", "Нова пошта 18", "Новая почта 18", "Nova Poshta branch 18"),
    ("years of age", "мені 34, що порадите", "мне 34, что посоветуете", "I'm 34, what do you recommend"),
    ("children", "у мене двоє дітей", "у меня двое детей", "I have two kids"),
    ("waiting", "чекаю вже 9 днів", "жду уже 9 дней", "been waiting for 9 days"),
    ("time of day", "приїду завтра о 5", "приеду завтра в 5", "I'll come at 5 tomorrow"),
    ("percents", "акція мінус 15%", "акция минус 15%", "a 15% promo"),
    ("size", "розмір 42 є?", "размер 42 есть?", "is size 42 there?"),
    ("weight of a thing", "машина важить 30 кг", "машина весит 30 кг", "the machine weighs 30 kg"),
    ("the past", "торік брали 40 пачок", "в прошлом году брали 40 пачек", "last year we took 40 packs"),
    ("the past by its verb", "мені надіслали 2 пачки", "мне прислали 2 пачки", "you sent me 2 packs"),
    ("others", "сусіди взяли дві", "соседи взяли две", "the neighbours got two"),
    ("what is there", "у нас вже 3 таких", "у нас уже 3 таких", "we already have three of them"),
    ("flats", "у нас двадцять три квартири", "у нас двадцать три квартиры", "our house has 23 flats"),
    ("guests of a shop", "кав'ярня на сорок місць", "кофейня на сорок мест", "a cafe with forty seats"),
    ("a rule", "від 5 шт знижка", "от 5 шт скидка", "a discount from 5 pcs"),
    ("a rule asked about", "якщо взяти 3, буде знижка?", "если взять 3, скидка будет?", "if I take 3, any discount?"),
    ("what it can do", "варить по 2 чашки?", "варит по 2 чашки?", "does it brew 2 cups?"),
    ("a model", "модель 450 чи 650?", "модель 450 или 650?", "model 450 or 650?"),
    ("kinds", "у меню 6 видів", "в меню 6 видов", "6 kinds on our menu"),
    ("calls", "дзвонила вам 5 разів", "звонила вам 5 раз", "called you 5 times"),
    ("a moment", "одну хвилинку", "одну минутку", "one second"),
    ("an acquaintance", "одна моя знайома порадила", "одна моя знакомая посоветовала", "one of my friends told me"),
    ("a total paid", "сума вийшла 2450", "сумма вышла 2450", "the total came to 2450"),
    ("goods sent back", "поверніть за 2 пари", "верните за 2 пары", "refund me for 2 pairs"),
    ("an animal's weight", "кіт 7 кг", "кот 7 кг", "my cat is 7 kg"),
    ("both of what was told", "обидві старі", "обе старые", "both are old"),
]


@pytest.mark.parametrize(
    ("count", "text"), [pytest.param(way[1], text, id=f"{way[0]}: {text}") for way in WAYS for text in way[2:]]
)
def test_what_is_ordered_is_counted_however_it_is_said(count: int, text: str) -> None:
    hidden = text.replace("0671112233", MASK * 10)
    assert last(quantity.find(hidden, context())) == count


@pytest.mark.parametrize("text", [text for way in OTHERWISE for text in way[1:]])
def test_other_numbers_are_no_order(text: str) -> None:
    assert quantity.find(text, context()) == []


@pytest.mark.parametrize("text", ["Саксаганського 5", "відділення на Саксаганського 5", "Lesi Ukrainky 26", "Гоголя 8"])
def test_a_house_is_no_answer_to_how_many(text: str) -> None:
    assert quantity.find(text, context("quantity")) == []


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("дві", 2),
        ("5", 5),
        ("мабуть 5", 5),
        ("думаю, чотири", 4),
        ("штук шість", 6),
        ("about 7 I guess", 7),
        ("нас 3", 3),
    ],
)
def test_an_answer_to_how_many_needs_no_wish(text: str, count: int) -> None:
    assert last(quantity.find(text, context("quantity"))) == count
