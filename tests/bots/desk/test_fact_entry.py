from datetime import date

import pytest

from bots.desk.fact_entry import as_typed, parse_fact
from bots.desk.routes import BadForm
from core.domain.facts import FactValue

TODAY = date(2026, 11, 23)


def parse(name: str, typed: str) -> FactValue | None:
    return parse_fact(name, typed, currency="UAH", region="UA", today=TODAY)


@pytest.mark.parametrize(
    ("name", "typed", "value"),
    [
        ("city", "  Кривий   Ріг ", "Кривий Ріг"),
        ("city", "", None),
        ("phone", "067 123 45 67", "+380671234567"),
        ("phone", "+48 601 234 567", "+48601234567"),
        ("email", "D.Bondar@Example.com", "d.bondar@example.com"),
        ("quantity", "12", 12),
        ("quantity", "дванадцять", 12),
        ("budget", "45 000 грн", {"amount": 45000, "currency": "UAH"}),
        ("budget", "45 тисяч", {"amount": 45000, "currency": "UAH"}),
        ("budget", "1500 $", {"amount": 1500, "currency": "USD"}),
        ("deadline", "до 15 грудня", {"text": "до 15 грудня", "date": "2026-12-15"}),
        ("deadline", "2026-12-01", {"text": "2026-12-01", "date": "2026-12-01"}),
        ("deadline", "як вийде", {"text": "як вийде", "date": None}),
        ("role", "partner", "partner"),
        ("need", "=1+1", "=1+1"),
    ],
)
def test_what_is_typed_is_read_as_the_fact(name: str, typed: str, value: FactValue | None) -> None:
    assert parse(name, typed) == value


@pytest.mark.parametrize(
    ("name", "typed"),
    [("phone", "12345"), ("phone", "завтра"), ("email", "olena"), ("quantity", "кілька"), ("quantity", "1.5"),
     ("budget", "багато"), ("role", "king")],
)  # fmt: skip
def test_what_cannot_be_the_fact_is_refused(name: str, typed: str) -> None:
    with pytest.raises(BadForm, match=f"fact_{name}"):
        parse(name, typed)


def test_a_fact_that_does_not_exist_is_told() -> None:
    with pytest.raises(LookupError):
        parse("shoe_size", "44")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("budget", {"amount": 45000, "currency": "UAH"}),
        ("budget", {"amount": 99.5, "currency": "EUR"}),
        ("deadline", {"text": "до 15 грудня", "date": "2026-12-15"}),
        ("quantity", 12),
        ("city", "Львів"),
    ],
)
def test_saving_an_unchanged_form_changes_nothing(name: str, value: FactValue) -> None:
    assert parse(name, as_typed(name, value)) == value
