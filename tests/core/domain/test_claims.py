"""Claims are found with values that equal ones share, and honest words are none."""

from decimal import Decimal

import pytest

from core.domain import review_rules as rules
from core.domain.claims import find_claims
from core.domain.contact_claims import find_contacts, read_contact
from core.domain.dates_said import find_dates
from core.domain.stock_claims import find_stock


def values(text: str, rule: str) -> set[object]:
    return {claim.value for claim in find_claims(text) if claim.rule == rule}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Гарантія 24 місяці", (Decimal(24), "month")),
        ("доставка 1–3 робочі дні", (Decimal(1), Decimal(3), "day")),
        ("в течение 5 рабочих дней", (Decimal(5), "day")),
        ("within a week", (Decimal(1), "week")),
        ("за півроку", (Decimal(6), "month")),
        ("a 24-month guarantee", (Decimal(24), "month")),
    ],
)
def test_terms_have_a_number_and_a_unit(text: str, value: object) -> None:
    assert value in values(text, rules.TERM)


@pytest.mark.parametrize("text", ["працює з 2014 року", "What budget do you have in mind?", "20 чашок", "Vento 15"])
def test_years_names_and_counts_are_no_terms(text: str) -> None:
    assert values(text, rules.TERM) == set()


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("5 грудня", ("date", 5, 12)), ("December 5", ("date", 5, 12)), ("05.12.2026", ("date", 5, 12)),
        ("2026-12-05", ("date", 5, 12)), ("з 2014 року", ("year", 2014)), ("о 17:00", ("clock", 1020)),
        ("at 5 pm", ("clock", 1020)), ("у п'ятницю", ("weekday", 4)), ("завтра", ("near", "tomorrow")),
    ],
)  # fmt: skip
def test_dates_are_the_same_in_all_writings(text: str, value: object) -> None:
    assert value in {date.value for date in find_dates(text)}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("є в наявності", ("in", None)), ("немає в наявності", ("out", None)), ("out of stock", ("out", None)),
        ("в наличии 14", ("left", 14)), ("Залишилось 2 штуки", ("left", 2)), ("only 3 left", ("left", 3)),
        ("Just two machines left", ("left", None)),
    ],
)  # fmt: skip
def test_stock_is_there_gone_or_counted(text: str, value: object) -> None:
    assert value in {said.value for said in find_stock(text)}


@pytest.mark.parametrize("text", ["Перевірю, чи є в наявності.", "I'll check if it is in stock.", "ціну й наявність"])
def test_what_is_only_asked_about_says_nothing_of_stock(text: str) -> None:
    assert list(find_stock(text)) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://www.example.com/a/", "example.com/a"), ("+380 44 000 07 07", "(044) 000-07-07"),
        ("sales @ example.com", "sales@example.com"), ("evil[.]com", "evil.com"), ("evil dot com", "evil.com"),
    ],
)  # fmt: skip
def test_one_place_has_one_value_however_it_is_written(one: str, other: str) -> None:
    assert read_contact(one) == read_contact(other)


@pytest.mark.parametrize(
    "text",
    [
        "https://a.example",
        "t.me/shop",
        "@someone",
        "a.b@c.example",
        "тел. 067 123 45 67",
        "4149 4999 1111 2222",
        "10.0.0.1/x",
    ],
)
def test_ways_out_are_found(text: str) -> None:
    assert len(list(find_contacts(text))) == 1


@pytest.mark.parametrize("text", ["Кава, 250 г. Молоко", "18 900 грн", "12.30", "i.e. this", "2026-12-05"])
def test_other_dots_and_digits_lead_nowhere(text: str) -> None:
    assert list(find_contacts(text)) == []


@pytest.mark.parametrize(
    "text",
    [
        "Feel free to ask.", "Не поспішайте.", "Торопиться не нужно.", "Можу покликати людину.", "Я не людина.",
        "I'm calling a person on our team.", "Передам ваше прохання людині.", "Це не машина для кафе.",
        "Гарантії не даємо.", "Lumera 50 краща за Lumera 20.", "Спитаю, чи можна зробити знижку.",
    ],
)  # fmt: skip
def test_honest_words_commit_to_nothing(text: str) -> None:
    assert find_claims(text) == []
