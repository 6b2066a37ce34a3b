import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.understanding.facts.extract import find_facts
from core.understanding.facts.numbers import find_numbers
from tests.core.understanding.facts.contexts import context
from tests.core.understanding.facts.spelling import spell


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("півтори тисячі", [1500]),
        ("двести пятьдесят", [250]),
        ("two dozen mugs", [24]),
        ("25к", [25_000]),
        ("2.5k", [2500]),
        ("1,5 тыс", [1500]),
        ("1 200,50 грн", [1200.5]),
        ("1.200,50", [1200.5]),
        ("1,200.50", [1200.5]),
        ("1,200", [1200]),
        ("1'500", [1500]),
        ("0,500", [0.5]),
        ("5 000 000", [5_000_000]),
        ("пів сотні", [50]),
        ("півмільйона", [500_000]),
        ("half a million", [500_000]),
        ("дві з половиною тисячі", [2500]),
        ("2 з половиною тисячі", [2500]),
        ("two and a half thousand", [2500]),
        ("two hundred and fifty thousand", [250_000]),
        ("тисяч двадцять", [20_000]),
        ("тысяч до двадцати", [20_000]),
        ("2 тисячі 500 грн", [2500]),
        ("мільйон двісті тисяч п'ятсот", [1_200_500]),
        ("п’ятсот", [500]),
        ("5 косарів", [5000]),
        ("20 т. грн", [20_000]),
        ("20 т цементу", [20]),
        ("до 3х тыс", [3000]),
        ("5-ти мішків", [5]),
        ("десяток тисяч", [10_000]),
        ("півтора десятка", [15]),
        ("a couple of", [2]),
        ("три пари", [3]),
        ("5шт", [5]),
        ("10-15 тис", [10, 15_000]),
        ("два-три", [2, 3]),
        ("сто двісті", [100, 200]),
        ("не 5 а 7", [5, 7]),
        ("10 000-15 000", [10_000, 15_000]),
        ("нуль", [0]),
    ],
)
def test_a_number_is_read_however_it_is_written(text: str, values: list[float]) -> None:
    assert [float(number.value) for number in find_numbers(text)] == values


@pytest.mark.parametrize(
    "text", ["12.05.2026", "10:30", "15-го грудня", "3rd", "iPhone15", "тисячі разів", "сім'я", ""]
)
def test_dates_times_ordinals_and_names_are_no_numbers(text: str) -> None:
    assert find_numbers(text) == []


@settings(max_examples=300, deadline=None)
@given(number=st.integers(0, 999_999_999), language=st.sampled_from(["uk", "ru", "en"]))
def test_a_number_in_words_is_read_back(number: int, language: str) -> None:
    words = spell(number, language)
    text = f"мені {words} штук" if language != "en" else f"give me {words} pieces"
    found = find_numbers(text)
    assert [found_number.value for found_number in found] == [number], words
    assert text[found[0].start : found[0].end] == words


@settings(max_examples=300, deadline=None)
@given(cents=st.integers(0, 10**11), group=st.sampled_from(["", " ", "\u00a0", "'"]), mark=st.sampled_from([",", "."]))
def test_a_number_in_digits_is_read_back(cents: int, group: str, mark: str) -> None:
    written = f"{cents // 100:,}".replace(",", group) + f"{mark}{cents % 100:02d}"
    assert [float(number.value) for number in find_numbers(f"ціна {written} грн")] == [cents / 100]


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=80))
def test_every_number_found_stands_where_it_says(text: str) -> None:
    places = [(number.start, number.end) for number in find_numbers(text)]
    assert all(0 <= start < end <= len(text) for start, end in places)
    assert places == sorted(places)


@pytest.mark.parametrize("text", ["їдемо вдвох до 5 тисяч", "ужин вдвоем до 5000", "вчотирьох до 5000 грн"])
def test_who_comes_along_begins_no_range(text: str) -> None:
    found = find_facts(text, context())
    assert found["budget"].value == {"amount": 5000, "currency": "UAH"}
    assert "quantity" not in found
