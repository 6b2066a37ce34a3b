import pytest

from core.understanding.facts.number_typos import mend


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("дватцать", "двадцать"), ("двацать", "двадцать"), ("пядесят", "пятдесят"), ("тисичі", "тисячі"),
        ("тысича", "тысяча"), ("шістдисят", "шістдесят"), ("четырнацать", "четырнадцать"),
    ],
)  # fmt: skip
def test_one_wrong_letter_still_makes_the_number(typed: str, meant: str) -> None:
    assert mend(typed) == meant


@pytest.mark.parametrize(
    "word", ["двадцята", "пачок", "стаканов", "сорочка", "туриста", "довести", "дванадцята", "thirsty", "тисне"]
)
def test_other_words_stay_as_they_are(word: str) -> None:
    assert mend(word) == word
