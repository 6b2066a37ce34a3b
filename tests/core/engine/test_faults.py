import pytest

from core.engine.faults import LONGEST, build_check, find_fault, is_other_language

FIT = {
    "uk": "Так, доставка Новою поштою займає два дні, а оплатити можна при отриманні. Який обсяг вам потрібен?",
    "ru": "Да, доставка занимает два дня, а оплатить можно при получении. Какой объём вам нужен?",
    "en": "Yes, delivery takes two days and you may pay on receipt. How much do you need?",
}


@pytest.mark.parametrize("language", FIT)
def test_a_plain_reply_in_the_language_is_fit(language: str) -> None:
    assert find_fault(FIT[language], language) is None


@pytest.mark.parametrize(("language", "written_in"), [(a, b) for a in FIT for b in FIT if a != b])
def test_a_reply_in_another_language_is_not(language: str, written_in: str) -> None:
    assert is_other_language(FIT[written_in], language)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Delonghi Magnifica S ECAM22.110 — 18 999 грн.", "uk"),
        ("Кавомолка Baratza Encore ESP: 9 300 грн / шт.", "uk"),
        ("Кофемолка Baratza Encore ESP: 9 300 грн / шт.", "ru"),
        ("Добре!", "uk"),
        ("Хорошо!", "ru"),
        ("We ship to Київ and Львів within two days.", "en"),
        ("Супер 👍", "uk"),
        ("1 250.50 UAH", "uk"),
        ("https://kavomir.example/catalogue.pdf", "uk"),
    ],
)
def test_names_numbers_and_short_words_are_of_no_other_language(text: str, language: str) -> None:
    assert not is_other_language(text, language)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "empty"),
        (" \n\t", "empty"),
        ("слово " * 200, "longer than"),
        ("**Доставка** за два дні.", "markup"),
        ("# Доставка\nДва дні.", "markup"),
        ("```\nДва дні\n```", "markup"),
        ("- два дні\n- три дні", "markup"),
        ("| день | ціна |", "markup"),
        ("Дивіться [тут](https://a.example).", "markup"),
        ("<b>Два дні</b>", "markup"),
        ('{"reply": "Два дні"}', "labels"),
        ("Reply: Два дні", "labels"),
        ("Відповідь: Два дні", "labels"),
        ("Як сказано в PASSAGES, два дні.", "labels"),
        ("Куди везти? Коли вам зручно?", "more than one question"),
        ("Залиште ваш номер телефону?", "asks for the phone"),
        ("Який у вас бюджет?", "asks for the budget"),
        ("Яка ваша електронна пошта?", "asks for the email"),
        ("Как вас зовут?", "asks for the name"),
    ],
)
def test_what_is_unfit_is_told_in_plain_words(text: str, told: str) -> None:
    language = "ru" if text.startswith("Как") else "uk"
    assert told in (find_fault(text, language, known=("phone", "budget", "name", "email")) or "")


def test_a_known_fact_may_be_named_without_being_asked_for() -> None:
    text = "Ваш номер телефону вже маю, тож менеджер зателефонує. Коли вам зручно?"
    assert find_fault(text, "uk", known=("phone",)) is None


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Відправити Новою поштою?", "uk"),
        ("На яке відділення Нової пошти, який номер?", "uk"),
        ("Отправить Новой почтой?", "ru"),
        ("Which model number do you have now?", "en"),
        ("Зателефонувати вам о десятій?", "uk"),
    ],
)
def test_a_question_about_something_else_is_not_taken_for_one_about_a_known_fact(text: str, language: str) -> None:
    assert find_fault(text, language, known=("phone", "email", "name", "city", "budget", "company")) is None


def test_many_signs_make_one_question() -> None:
    assert find_fault("Справді вам підходить це???", "uk") is None


def test_a_long_approved_text_may_be_worded_at_its_length() -> None:
    text = "Доставляємо щодня. " * 50
    assert len(text) > LONGEST
    assert build_check("uk", (), text)(text) is None
    assert build_check("uk", (), "Коротко.")(text) is not None


@pytest.mark.parametrize(
    "text",
    [
        "Hello! Unsere Maschine ist die beste, bestellen Sie noch heute.",
        "Nous vous proposons notre meilleure machine pour votre bureau.",
        "Nasza maszyna jest najlepsza, prosimy dzisiaj kupować kawę.",
    ],
)
def test_a_third_language_in_latin_letters_is_no_english(text: str) -> None:
    assert is_other_language(text, "en")


@pytest.mark.parametrize(
    "text",
    [
        "Vento Home coffee machine: 18 900 UAH / pc. Shall I place the order?",
        "Lumera 20 office coffee machine, 38 900 UAH / pc",
        "Sure. Delivery costs 120 UAH. Free from 3000 UAH.",
        "Book a tasting: https://example.com/kavomir/tasting-en",
    ],
)
def test_names_and_short_lines_are_english(text: str) -> None:
    assert not is_other_language(text, "en")
