"""What a reader sees is what the review reads, whatever the characters are."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.domain.visible import make_visible, turns_around

SEEN = {
    "Ціна **500** грн": "Ціна 500 грн",
    "５００ грн": "500 грн",
    "5️⃣0️⃣ грн": "50 грн",
    "5\u200b0\u200b0 грн": "500 грн",
    "5<b>0</b>0 грн": "500 грн",
    "&#53;0%": "50%",
    "5ОО грн": "500 грн",
    "IOO UAH": "100 UAH",
    "46Ο5Οhryvnias": "46050hryvnias",
    "З0%": "30%",
    "❺❶ грн": "51 грн",
    "٥٠ %": "50 %",
    "𝟓𝟎 UAH": "50 UAH",
    "гpн": "грн",
    "50 UАН": "50 UAH",
    "знижкa": "знижка",
    "двісті гривень": "200 гривень",
    "п’ять тисяч": "5000",
    "двадцать пять процентов": "25 процентов",
    "two hundred and fifty thousand": "250000",
    "twenty-five dollars": "25 dollars",
    "три роки": "3 роки",
    "один день": "1 день",
}


@pytest.mark.parametrize(("text", "seen"), SEEN.items(), ids=SEEN)
def test_disguises_are_seen_through(text: str, seen: str) -> None:
    assert make_visible(text).text == seen


@pytest.mark.parametrize(
    "text",
    [
        "one of the best",
        "KM-O2 і B2B",
        "сніданок на двох",
        "пара днів",
        "тисячі людей",
        "Vento Home",
        "стоїть",
        "№ п'ятий",
    ],
)
def test_what_hides_nothing_stays(text: str) -> None:
    assert make_visible(text).text == text.replace("№", "No")


def test_marks_that_turn_the_text_around_are_known() -> None:
    assert turns_around("\u202e05")
    assert not turns_around("50\u200b %")


@settings(deadline=None)
@given(st.text(max_size=80) | st.text(st.sampled_from("п'ять сто тисяч 5０\u200b<b>&#53;*О"), max_size=80))
def test_each_character_knows_where_it_stood(text: str) -> None:
    visible = make_visible(text)
    assert len(visible.places) == len(visible.text) + 1
    assert list(visible.places) == sorted(visible.places)
    assert visible.places[-1] == len(text)


@pytest.mark.parametrize("piece", ["сто ", "&#", "<", "\u0301", "п'", "two hundred and ", "5О", "одна тисяча "])
def test_a_long_text_takes_no_long_time(piece: str) -> None:
    started = time.process_time()
    make_visible(piece * (30_000 // len(piece)))
    assert time.process_time() - started < 3
