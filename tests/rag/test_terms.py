import pytest

from rag.terms import fold, is_identifier, stem, stems, words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("доставка", "доставки"),
        ("гарантія", "гарантії"),
        ("возврата", "возвраты"),
        ("cleaning", "cleaners"),
        ("оплатити", "оплатимо"),
    ],
)
def test_forms_of_a_word_share_a_stem(one: str, other: str) -> None:
    assert stem(one) == stem(other)


def test_article_numbers_stay_whole() -> None:
    assert stems("Скільки коштує KV-200 та фільтр E61?") == ["кошт", "kv-200", "філь", "e61"]


def test_stop_words_of_all_three_languages_are_dropped() -> None:
    assert stems("Підкажіть, будь ласка, скільки") == stems("Скажите, пожалуйста") == stems("Could you tell me") == []


def test_one_spelling_for_apostrophes_case_and_yo() -> None:
    assert words("Об’ЄКТ п`ять") == ["об'єкт", "п'ять"]
    assert fold("ЁЛКА") == "елка"


@pytest.mark.parametrize(
    ("word", "expected"),
    [("kv-200", True), ("e61", True), ("12345", True), ("12", False), ("кава", False), ("2026", True)],
)
def test_an_article_number_is_recognised(word: str, expected: bool) -> None:
    assert is_identifier(word) is expected
