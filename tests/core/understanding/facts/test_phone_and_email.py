import pytest

from core.domain.facts import FactValue
from core.understanding.facts import email, labels, phone
from core.understanding.facts.phone import to_e164
from core.understanding.facts.span import mask
from tests.core.understanding.facts.contexts import context, last


def read_phone(text: str, region: str = "UA") -> FactValue | None:
    known = context(region=region)
    return last(phone.find(mask(text, labels.find(text, known)), known))


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("мій номер 067 000 11 22", "+380670001122"),
        ("380671234567", "+380671234567"),
        ("8 067 123 45 67", "+380671234567"),
        ("(067) 123-45-67 Олег", "+380671234567"),
        ("тел.:050-123-45-67,Viber", "+380501234567"),
        ("моб 093.123.45.67", "+380931234567"),
        ("+48 512 345 678", "+48512345678"),
        ("call me on +44 20 7946 0958", "+442079460958"),
    ],
)
def test_a_phone_is_found_however_it_is_written(text: str, number: str) -> None:
    assert read_phone(text) == number


@pytest.mark.parametrize(
    "text",
    [
        "номер замовлення 0671234567",
        "order #0501234567",
        "рахунок UA213223130000026007233566001",
        "карта 4149 4999 1234 5678",
        "ТТН 20450123456789",
        "ваш номер 044 123 45 67?",
        "123 45 67",
        "15 000 - 20 000 грн",
        "12.05.2026 14:30",
    ],
)
def test_other_long_numbers_are_no_phone(text: str) -> None:
    assert read_phone(text) is None


def test_the_region_decides_what_a_number_without_country_means() -> None:
    assert read_phone("dial (415) 555-2671", "US") == "+14155552671"
    assert read_phone("dial (415) 555-2671", "UA") is None


@pytest.mark.parametrize(
    ("card", "number"),
    [
        ("380670001122", "+380670001122"),
        ("+380670001122", "+380670001122"),
        ("0670001122", "+380670001122"),
        ("12", None),
    ],
)
def test_a_number_of_a_contact_card_is_made_whole(card: str, number: str | None) -> None:
    assert to_e164(card, "UA") == number


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("Пишіть: Ivan.Petrenko+1@Firm.com.ua.", "ivan.petrenko+1@firm.com.ua"),
        ("на mail: a@b.co,дякую", "a@b.co"),
        ("ivan собака gmail крапка com", "ivan@gmail.com"),
        ("olga [at] ukr.net", "olga@ukr.net"),
        ("@username", None),
        ("your email info@shop.ua", None),
        ("what is at home", None),
    ],
)
def test_an_email_is_found_and_brought_to_lower_case(text: str, address: str | None) -> None:
    assert last(email.find(text, context())) == address
