"""Thousands and currencies that are told in another message than the amount, three lines of each language."""

from collections.abc import Sequence

import pytest

from core.understanding.facts import budget
from tests.core.understanding.facts.contexts import context, last

LATER = (
    ("можу дати сорок", "тисяч, ясна річ", 40000, "UAH"),
    ("бюджет у нас 300", "доларів, звісно", 300, "USD"),
    ("ліміт 700", "в євро", 700, "EUR"),
    ("могу дать сорок", "Тысяч, естественно", 40000, "UAH"),
    ("бюджет у нас 300", "в долларах, а не гривнах", 300, "USD"),
    ("готов отдать полторы", "тысячи конечно))", 1500, "UAH"),
    ("my limit is forty", "thousand, obviously", 40000, "UAH"),
    ("we can spend 500", "euros that is", 500, "EUR"),
    ("Budget's 2 grand", "Dollars, I mean. And a lamp too", 2000, "USD"),
)

BEFORE = (
    ("Колега купив за 80 тисяч диван.", "мій максимум 50", 50000),
    ("у вас крісло 12 тисяч", "а мій бюджет 9", 9000),
    ("Спершу думали про шість тисяч", "готові дати вісім", 8000),
    ("Сосед отдал за дверь 15 тысяч.", "у нас бюджет десять", 10000),
    ("видела у вас за 30 тысяч", "могу потратить двадцать", 20000),
    ("сначала хотели за 4 тысячи", "теперь готовы дать шесть. За стол", 6000),
    ("My friend paid 12 thousand.", "my budget is 9", 9000),
    ("it was 40k at the other shop", "we can spend 30", 30000),
    ("My brother got his for 5 grand.", "my limit is four", 4000),
)


def told(messages: Sequence[str], language: str = "uk") -> object:
    return last(budget.find(messages[-1], context(recent="\n".join(messages[:-1]), language=language)))


@pytest.mark.parametrize(("amount", "unit", "value", "currency"), LATER)
def test_a_unit_in_a_message_of_its_own_belongs_to_the_amount_before(
    amount: str, unit: str, value: int, currency: str
) -> None:
    assert told((amount, unit)) == {"amount": value, "currency": currency}


@pytest.mark.parametrize(("before", "limit", "value"), BEFORE)
def test_a_bare_limit_is_of_the_thousands_spoken_of_before(before: str, limit: str, value: int) -> None:
    assert told((before, limit)) == {"amount": value, "currency": "UAH"}


@pytest.mark.parametrize(
    ("before", "text"),
    [
        ("сусід віддав 15 тисяч", "нас 9 людей"),
        ("скільки коштує? 15 тисяч?", "доларів?"),
        ("сосед отдал 15 тысяч", "нужно девять"),
        ("I paid 12 thousand", "dollars"),
    ],
)
def test_neither_makes_a_budget_of_what_is_none(before: str, text: str) -> None:
    assert told((before, text)) is None
