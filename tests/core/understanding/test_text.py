import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.understanding.text import READ_CHARACTERS, clean, fold, normalize


@given(st.text())
def test_folding_keeps_the_length_so_that_spans_hold(text: str) -> None:
    assert len(fold(text)) == len(text)


@given(st.text(alphabet=st.sampled_from("аbc \u200b\u202e\ufe0f🙂5")))
def test_a_span_of_the_clean_text_leads_back_to_the_same_characters(text: str) -> None:
    cleaned = clean(text)
    for place, letter in enumerate(cleaned.text):
        start, end = cleaned.span(place, place + 1)
        assert text[start:end] == letter


def test_invisible_marks_are_taken_out() -> None:
    assert clean("50\u200b0\u202e грн").text == "500 грн"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("П’ять", "п'ять"),
        ("ДВАʼ", "два'"),
        ("10–15", "10-15"),
        ("1\u00a0200", "1 200"),
        ("привiт", "привіт"),
        ("İ", "i"),
    ],
)
def test_what_keyboards_make_of_the_same_word_becomes_one(typed: str, meant: str) -> None:
    assert fold(typed) == meant


def test_latin_words_beside_cyrillic_ones_stay_latin() -> None:
    assert fold("Ціна Apple iPhone") == "ціна apple iphone"


def test_normalizing_leaves_the_words_alone() -> None:
    assert normalize("  Дуже   дякую!!! 🙂 ") == "дуже дякую"
    assert normalize("/Stop") == "/stop"


def test_an_endless_text_is_read_up_to_a_limit() -> None:
    assert len(clean("a" * 100_000).text) == READ_CHARACTERS
