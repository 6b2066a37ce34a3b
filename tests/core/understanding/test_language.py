import pytest

from core.understanding.language import LanguageDetector

DETECTOR = LanguageDetector(languages=("uk", "ru", "en"))


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Скільки коштує доставка?", "uk"),
        ("сколько стоит доставка", "ru"),
        ("можна замовити на завтра", "uk"),
        ("можно заказать на завтра", "ru"),
        ("How much is the delivery?", "en"),
        ("скільки коштує iPhone 15 Pro Max", "uk"),
        ("привiт, є хто", "uk"),
        ("pryvit, skilky koshtuye", "uk"),
        ("privet, skolko stoit", "ru"),
        ("ok thanks", "en"),
        ("ви бот?", "uk"),
        ("ти тупий бот", "uk"),
        ("они бот?", "ru"),
        ("хочу вернуть", "ru"),
        ("хочу повернути", "uk"),
        ("можу забрати сам", "uk"),
        ("купил у вас машину", "ru"),
        ("50 vs 20", "uk"),
    ],
)
def test_a_text_tells_its_language(text: str, language: str) -> None:
    assert DETECTOR.detect(text, known=None, default="uk") == language


@pytest.mark.parametrize("text", ["5", "", "👍", "iPhone 15", "да беру", "a@b.co"])
def test_a_text_that_tells_nothing_keeps_the_known_language(text: str) -> None:
    assert DETECTOR.detect(text, known="uk", default="en") == "uk"


def test_without_a_known_language_the_firms_own_is_taken() -> None:
    assert DETECTOR.detect("5", known=None, default="ru") == "ru"


def test_a_telling_letter_changes_the_language_of_the_talk() -> None:
    assert DETECTOR.detect("Ні", known="ru", default="uk") == "uk"


def test_only_the_firms_languages_are_answered_in() -> None:
    two = LanguageDetector(languages=("uk", "en"))
    assert two.detect("сколько стоит", known=None, default="uk") == "uk"
    assert two.detect("это сколько будет", known="en", default="uk") == "en"


@pytest.mark.parametrize(
    ("text", "language"),
    [("Так, давайте поговоримо", "uk"), ("давайте завтра об 11", "uk"), ("давайте оформим", "ru")],
)
def test_a_word_that_both_languages_have_tells_nothing(text: str, language: str) -> None:
    assert DETECTOR.detect(text, known="uk", default="en") == language


def test_a_guess_does_not_change_the_known_language() -> None:
    assert DETECTOR.detect("живу в Виннице", known="ru", default="uk") == "ru"
    assert DETECTOR.detect("3 шт. во Львов", known="uk", default="uk") == "ru"


@pytest.mark.parametrize(
    ("text", "known", "language"),
    [
        ("skilky koshtuye", None, "uk"),
        ("skilky koshtuye", "ru", "uk"),
        ("dobryi den, ya hochu zamovyty lampu", None, "uk"),
        ("kak dolgo ehat posylka", None, "ru"),
        ("spasibo bro", "en", "ru"),
        ("what is the price of a ni cd battery", None, "en"),
        ("I need it in Lviv", "en", "en"),
        ("u there?", "en", "en"),
    ],
)
def test_slavic_words_in_latin_letters_are_no_english(text: str, known: str | None, language: str) -> None:
    assert DETECTOR.detect(text, known=known, default="uk") == language


@pytest.mark.parametrize("known", ["uk", "ru"])
@pytest.mark.parametrize(
    "text", ["ок", "да", "Да, беру", "Ще раз", "+", "5", "доставка", "хорошо", "iPhone 15 Pro Max"]
)
def test_a_short_word_of_two_languages_keeps_the_known_one(text: str, known: str) -> None:
    assert DETECTOR.detect(text, known=known, default="en") == known


@pytest.mark.parametrize(
    ("burst", "language"),
    [
        ("Добрий день\nсколько стоит этот стол и есть ли доставка", "ru"),
        ("Здравствуйте\nскажіть будь ласка яка ціна", "uk"),
        ("hello\nскільки коштує", "uk"),
        ("привіт, мені потрібен iphone 15 pro max", "uk"),
    ],
)
def test_a_mixed_burst_is_answered_in_the_language_of_most_of_it(burst: str, language: str) -> None:
    assert DETECTOR.detect(burst, known=None, default="en") == language
