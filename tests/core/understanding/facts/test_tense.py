import pytest

from core.understanding.facts.tense import is_past


@pytest.mark.parametrize(
    "clause",
    [
        "спалили 80 тисяч за рік",
        "минулого року брала дві",
        "коштувала 6 тисяч",
        "ми купили три",
        "сожгли 80 тысяч за год",
        "стоила 6 тысяч",
        "заказал две",
        "we burned 80k in a year",
        "spent 4 grand on repairs",
        "a mate gave 14000 for his",
    ],
)
def test_the_past_is_heard(clause: str) -> None:
    assert is_past(clause)


@pytest.mark.parametrize(
    "clause",
    [
        "хотіла дві",
        "думали про три",
        "взяла б дві",
        "треба було 8 чашок",
        "шеф дозволив 5 тисяч",
        "на корпоратив 50 кружок",
        "бокали 6",
        "два кіло",
        "хотел бы пять",
        "накопили 30 тысяч",
        "квартал",
        "мама попросила 3 рушники",
        "we wanted four",
        "saved 900 dollars",
        "was thinking of two",
        "12 cups delivered",
    ],
)
def test_wishes_savings_and_nouns_are_no_past(clause: str) -> None:
    assert not is_past(clause)
