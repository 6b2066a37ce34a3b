"""No sum of money slips through, whatever it is written like; other numbers are left in peace."""

import itertools
import time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.amounts import currency_code, find_amounts, names_with_numbers

Found = list[tuple[str | None, str | None]]


def sums(text: str) -> Found:
    return [(None if a.value is None else f"{a.value.normalize():f}", a.currency) for a in find_amounts(text)]


SUMS: dict[str, Found] = {
    # Ukrainian
    "Коштує 450 грн за кг.": [("450", "UAH")],
    "1 200 грн": [("1200", "UAH")],
    "1 200,50 гривень": [("1200.5", "UAH")],
    "1200,- грн": [("1200", "UAH")],
    "1.200,50 грн": [("1200.5", "UAH")],
    "₴450": [("450", "UAH")],
    "грн 450": [("450", "UAH")],
    "2 тис. грн": [("2000", "UAH")],
    "2к грн": [("2000", "UAH")],
    "1,5 млн гривень": [("1500000", "UAH")],
    "5 тисяч 500 гривень": [("5500", "UAH")],
    "199 грн 99 коп.": [("199.99", "UAH")],
    "50 копійок": [("0.5", None)],
    "500 українських гривень": [("500", "UAH")],
    "від 500 до 700 грн": [("500", "UAH"), ("700", "UAH")],
    "500–700 грн": [("500", "UAH"), ("700", "UAH")],
    "500, 600 чи 700 грн": [("500", "UAH"), ("600", "UAH"), ("700", "UAH")],
    "2-3 тис. грн": [("2000", "UAH"), ("3000", "UAH")],
    "від 3 тис до 5 тис гривень": [("3000", "UAH"), ("5000", "UAH")],
    "ціна: 450": [("450", None)],
    "Ціна за 1 кг — 450": [("450", None)],
    "ціна 500-700 залежно від обсягу": [("500", None), ("700", None)],
    "лише за 999!": [("999", None)],
    "Віддам за 450.": [("450", None)],
    "Разом: 900": [("900", None)],
    "сім гривень": [(None, None)],
    "двадцять п’ять гривень": [(None, None)],
    "п'ятнадцять доларів": [(None, None)],
    "від п'ятисот гривень": [(None, None)],
    "5 сотень гривень": [(None, None)],
    "коштує дві тисячі": [(None, None)],
    "100 у.о.": [("100", "USD")],
    # Russian
    "стоит 1 500 рублей": [("1500", "RUB")],
    "от 500 до 700 гривен": [("500", "UAH"), ("700", "UAH")],
    "2 тыс. долларов": [("2000", "USD")],
    "100 долл. США": [("100", "USD")],
    "500 американских долларов": [("500", "USD")],
    "цена от 300": [("300", None)],
    "обойдётся в 3000": [("3000", None)],
    "пятьсот гривен": [(None, None)],
    "полторы тысячи гривен": [(None, None)],
    "двухсот евро": [(None, None)],
    "50 копеек": [("0.5", None)],
    # English
    "$1,200.50": [("1200.5", "USD")],
    "USD500": [("500", "USD")],
    "US$500": [("500", "USD")],
    "500 US dollars": [("500", "USD")],
    "$1.5k": [("1500", "USD")],
    "$500-700": [("500", "USD"), ("700", "USD")],
    "$500 to 700.": [("500", "USD"), ("700", "USD")],
    "between 10 and 20 USD": [("10", "USD"), ("20", "USD")],
    "45 €": [("45", "EUR")],
    "45€за штуку": [("45", "EUR")],
    "£12.99": [("12.99", "GBP")],
    "12'500 CHF": [("12500", "CHF")],
    "It costs 1 200 per item": [("1200", None)],
    "the price is 99": [("99", None)],
    "twenty-five dollars": [(None, None)],
    "a hundred bucks": [(None, None)],
    "2 hundred dollars": [(None, None)],
    "It costs twelve thousand": [(None, None)],
    # What would hide a sum
    "**500** грн": [("500", "UAH")],
    "<b>500</b> грн": [("500", "UAH")],
    "500\u200bгрн": [("500", "UAH")],
    "5\u200b00 грн": [("0", "UAH")],
    "500 (грн)": [("500", "UAH")],
    "５００ грн": [("500", "UAH")],
    "Ціна,500 грн": [("500", "UAH")],
    "500\nгрн": [("500", "UAH")],
    "0.125 USD": [(None, None)],
    "1.23456 USD": [(None, None)],
}


@pytest.mark.parametrize(("text", "found"), SUMS.items(), ids=SUMS)
def test_a_sum_is_found_with_its_value(text: str, found: Found) -> None:
    assert sums(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "Доставка триває 2 дні, працюємо з 9:00 до 18:00.",
        "Гарантія 24 місяці, знижка 15%, у наборі 6 чашок.",
        "Ціна за десять штук така сама.",
        "Ціни діють до 31.12.2026, потім до 31 грудня 2027 року.",
        "Ціни оновлено 15.01.2026.",
        "Всього за 2 дні! Разом 5 позицій.",
        "Ціна однакова для двох моделей.",
        "Телефон +380 50 123 45 67, вул. Франка, 5.",
        "Надішлю 5 копій договору.",
        "Стоит 3 дня подождать; цена за 1 кг не изменится.",
        "В наличии 40 штук, срок 2 недели.",
        "We try 5 sorts in 2 hours, 24/7.",
        "It costs nothing for 30 days; see the price list 2026.",
        "Ten people asked, two came.",
        "",
    ],
)
def test_other_numbers_are_no_sums(text: str) -> None:
    assert sums(text) == []


NAMES = names_with_numbers(["Офісна кавомашина Lumera 20", "Brila Pro 83", "Barista 1 л", "Темпер"])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Ціна Lumera 20: 38 900 грн", ["38900"]),
        ("Lumera 20, 38 900 грн / шт", ["38900"]),
        ("BRILA PRO 83 - 850 грн", ["850"]),
        ("Ціна Lumera 20.", []),
        ("Ціна Lumera 21.", ["21"]),
        ("Ціна Lumera 20 грн", ["20"]),
        ("Lumera 200 грн", ["200"]),
        ("Lumera 20.50 USD", ["20.50"]),
        ("Lumera 20 тис. грн", ["20000"]),
    ],
)
def test_the_number_of_a_name_is_no_sum_unless_a_currency_follows(text: str, found: list[str]) -> None:
    assert [str(amount.value) for amount in find_amounts(text, NAMES)] == found


def test_names_without_numbers_hide_nothing() -> None:
    assert names_with_numbers(["Темпер", "Кава"]) is None


@pytest.mark.parametrize(
    ("word", "code"), [("грн.", "UAH"), ("Гривень", "UAH"), ("$", "USD"), ("євро", "EUR"), ("zł", "PLN"), ("кг", None)]
)
def test_a_currency_is_known_by_its_words(word: str, code: str | None) -> None:
    assert currency_code(word) == code


def test_spans_are_in_order_apart_and_in_the_text() -> None:
    text = "Від 500 до 700 грн, **900** грн або $20; двісті євро"
    amounts = find_amounts(text)
    assert [text[a.start : a.end].strip("* ") for a in amounts] == ["500", "700 грн", "900** грн", "20", "двісті євро"]


whole = st.integers(1, 99_999_999)
coins = st.none() | st.integers(0, 99)
GROUPS = ["", " ", "\u00a0", "\u202f", ",", ".", "'"]
AFTER = {
    "UAH": ["грн", "грн.", "гривень", "₴", "UAH"],
    "USD": ["$", "доларів", "долларов", "dollars"],
    "EUR": ["€", "евро"],
    "RUB": ["рублей"],
}
BEFORE = {"UAH": ["₴", "UAH "], "USD": ["$", "USD"], "EUR": ["€"], "GBP": ["£"]}
AROUND = [
    ("", ""), ("Ціна ", " за кг."), ("Можемо за ", "!"), ("Это стоит ", ", доставка 2 дня."), ("It is ", " a piece."),
    ("(", ")"), ("«", "»"), ("Так, ", ", якщо візьмете 3 шт"),
]  # fmt: skip


def one_of(words: dict[str, list[str]]) -> st.SearchStrategy[tuple[str, str]]:
    return st.sampled_from([(word, code) for code, some in words.items() for word in some])


@st.composite
def written(draw: st.DrawFn) -> tuple[str, Decimal, str]:
    """A sum in one of the usual ways, alone or in a sentence."""
    number, part, group = draw(whole), draw(coins), draw(st.sampled_from(GROUPS))
    text = f"{number:,}".replace(",", group)
    value = Decimal(number)
    if part is not None:
        point = "." if group in (",", "'") else ","
        text += f"{point}{part:02}"
        value += Decimal(part) / 100
    if draw(st.booleans()):
        word, code = draw(one_of(AFTER))
        text = f"{text}{draw(st.sampled_from(['', ' ', chr(160)]))}{word}"
    else:
        word, code = draw(one_of(BEFORE))
        text = word + text
    before, after = draw(st.sampled_from(AROUND))
    return before + text + after, value, code


@given(written())
def test_a_sum_written_in_any_usual_way_is_found_with_the_right_value(case: tuple[str, Decimal, str]) -> None:
    text, value, code = case
    assert [(amount.value, amount.currency) for amount in find_amounts(text)] == [(value, code)]


@given(st.text(st.sampled_from("15 0,.-–$₴грнUAHза до\n()*k%/")))
def test_spans_never_overlap_and_no_digit_beside_a_currency_is_missed(text: str) -> None:
    amounts = find_amounts(text)
    assert all(0 <= a.start < a.end <= len(text) for a in amounts)
    assert all(a.end <= b.start for a, b in itertools.pairwise(amounts))
    for at in range(len(text) - 1):
        if text[at].isdigit() and text[at + 1] in "$₴":
            assert any(a.start <= at < a.end for a in amounts)


@pytest.mark.parametrize("piece", ["слово ", "000 ", "1,", "5-", "ціна ", "ціна за 1 кг ", "а'", "дцят", "("])
def test_a_long_text_takes_no_long_time(piece: str) -> None:
    started = time.process_time()
    find_amounts(piece * (30_000 // len(piece)))
    assert time.process_time() - started < 3
