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


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("нуль шістдесят три двісті двадцять два тридцять три сорок чотири", "+380632223344"),
        ("телефон: нуль дев'яносто сім, нуль нуль нуль, тридцять три, сорок чотири", "+380970003344"),
        ("восемь ноль девяносто семь пятьсот пятьдесят пять ноль один ноль два", "+380975550102"),
        ("беру дві, номер нуль шістдесят сім два нулі три сорок п'ять шістдесят сім", "+380670034567"),
        ("плюс тридцать восемь ноль шестьдесят семь 123 45 67", "+380671234567"),
        ("oh five oh one two three four five six seven", "+380501234567"),
        ("zero nine seven double five five, oh one oh two", "+380975550102"),
    ],
)
def test_a_phone_said_in_words_is_written_out(text: str, number: str) -> None:
    assert read_phone(text) == number


@pytest.mark.parametrize("text", ["нуль шістдесят сім двадцять два", "сто двадцять три тисячі сорок", "one two three"])
def test_other_number_words_are_no_phone(text: str) -> None:
    assert read_phone(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "у чоловіка номер 0671234567, але пишіть сюди",
        "0671234567 це номер дружини",
        "телефон нашего бухгалтера 0671234567",
        "my husband's number is 0671234567",
        "0671234567 is my wife's",
        "мені дзвонили з 0671234567, це ви?",
        "someone called me from 0671234567",
        "не дзвоніть на 0671234567",
        "мій старий номер 0671234567",
        "дзвоніть 0800210800",
    ],
)
def test_a_number_that_reaches_somebody_else_is_not_taken(text: str) -> None:
    assert read_phone(text) is None


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("номер мого тата 0501112233, а мій 0502223344", "+380502223344"),
        ("менеджер Олег 0671234567", "+380671234567"),
        ("я вам дзвонила з 0671234567", "+380671234567"),
        ("новий 0681112233, 0661112233 вже не працює", "+380681112233"),
        ("my husband suggested you, my number is 0671234567", "+380671234567"),
    ],
)
def test_the_customers_own_number_stands_beside_others(text: str, number: str) -> None:
    assert read_phone(text) == number


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("моя адреса іван собака джимейл крапка ком", "ivan@gmail.com"),
        ("lesia крапка m собака gmail крапка com", "lesia.m@gmail.com"),
        ("сергей.п собака яндекс точка ру", "sergey.p@yandex.ru"),
        ("vova нижнее подчеркивание k собака gmail точка com", "vova_k@gmail.com"),
        ("bob underscore jones at hotmail dot com", "bob_jones@hotmail.com"),
        ("my mail is nat2000 @ gmail . com", "nat2000@gmail.com"),
        ("почта: katya 77 @ gmail . com", "katya77@gmail.com"),
        ("name @mail.ua", "name@mail.ua"),
        ("max-k [at] meta [dot] ua", "max-k@meta.ua"),
    ],
)
def test_an_address_said_in_words_is_written_out(text: str, address: str) -> None:
    assert last(email.find(text, context())) == address


@pytest.mark.parametrize(
    "text",
    [
        "в інсті я @kvitka_ua",
        "мой инстаграм @murka.ua",
        "look at gmail.com",
        "я писала вам на sales@shop.ua",
        "пошта колеги: zenyk@ukr.net",
        "I emailed you at sales@shop.com",
        "у вас на сайті support@kavabar.ua",
        "собака у мене велика",
    ],
)
def test_other_addresses_are_not_taken(text: str) -> None:
    assert email.find(text, context()) == []
