import pytest

from rag.lexicon import find_meaning, meanings
from rag.terms import stem


@pytest.mark.parametrize(
    "words",
    [
        ("доставка", "пересилка", "посылка", "shipping", "доставляем", "courier"),
        ("розстрочка", "рассрочку", "instalments", "installment"),
        ("гарантія", "гарантийный", "warranty", "guarantee"),
        ("знижка", "скидки", "discounts"),
    ],
)
def test_words_of_one_meaning_share_a_tag_in_every_language(words: tuple[str, ...]) -> None:
    assert len({find_meaning(word) for word in words}) == 1
    assert find_meaning(words[0]) is not None


@pytest.mark.parametrize("word", ["картридж", "freezer", "автомат", "кава", "", "#01"])
def test_a_word_that_only_begins_alike_has_no_meaning(word: str) -> None:
    assert find_meaning(word) is None


def test_a_stem_means_what_its_word_means() -> None:
    for word in ("доставка", "гарантия", "warranty", "розстрочку"):
        assert find_meaning(stem(word)) == find_meaning(word)


def test_meanings_of_a_text_are_those_of_its_words() -> None:
    assert meanings(["доставка", "та", "посилка"]) == {find_meaning("доставка")}
