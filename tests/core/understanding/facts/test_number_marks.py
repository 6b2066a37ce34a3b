"""What the model that reads numbers sees of one."""

import pytest

from core.understanding.facts.extract import mark_numbers
from tests.core.understanding.facts.contexts import context


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("Ламінат, 45 квадратів", ["ламінат,  [45]  квадратів"]),
        (
            "ламинат двадцать пачек за 9 тыс",
            ["ламинат  [двадцать]  пачек за 9 тыс", "ламинат двадцать пачек за  [9 тыс] "],
        ),
        ("5 or 6 rolls", [" [5 or 6]  rolls"]),
        ("є питання щодо плитки", []),
    ],
)
def test_every_number_or_range_is_marked_where_it_stands(text: str, marked: list[str]) -> None:
    assert mark_numbers(text, context()) == marked


def test_what_was_written_before_stands_before_a_slash() -> None:
    (marked,) = mark_numbers("тоді 95", context(recent="80 стільців на суботу\nСклад на Подолі"))
    assert marked == "80 стільців на суботу / склад на подолі / тоді  [95] "


def test_a_phone_is_one_dot_and_no_number() -> None:
    (marked,) = mark_numbers("12 лавок, 067 123 45 67", context())
    assert marked == " [12]  лавок, …"


def test_of_a_long_text_only_what_stands_near_is_seen() -> None:
    (marked,) = mark_numbers("слово " * 100 + "12 лавок" + " слово" * 100, context(recent="давно " * 100))
    assert "[12]" in marked
    assert len(marked) < 340
    assert set(marked.split()) == {"слово", "[12]", "лавок", "давно", "/"}
