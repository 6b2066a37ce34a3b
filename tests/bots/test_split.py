"""Splitting, in all three units: everything fits, nothing is lost, nothing that belongs together is cut."""

import re
import time

import grapheme
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bots.channel import TextUnit
from bots.split import fits, measure, split

UNITS = list(TextUnit)
ZWJ_FAMILY = "👩‍👩‍👧‍👦"

_pieces = st.one_of(
    st.text(max_size=12),
    st.text(alphabet="абвгґ їABC.,!?…\n\t ", max_size=40),
    st.sampled_from(
        [
            *("😀", ZWJ_FAMILY, "🇺🇦", "🇺🇦🇵🇱", "é", "e\u0301", "நி", "각", "\u0301", "\u200d", "\u200b", "\u202e"),
            *("\n\n", "\r\n", "\n", " ", "   ", "\u00a0", "\u2028", " \u0301", "\ud83d\ude00", "\ud83d", "\x00"),
            *("https://example.com/a?b=c&d=1", "www.example.com", "name@example.com", "t.me/shop"),
            *("**дуже важливо**", "_так_", "`код`", "[ціна](https://example.com/x)", "<b>жирний</b>", "<br>", "*", "["),
        ]
    ),
)
texts = st.lists(_pieces, max_size=30).map("".join)
units = st.sampled_from(UNITS)
limits = st.integers(min_value=4, max_value=60)


def _visible(text: str) -> str:
    return "".join(text.split())


@given(texts, limits, units)
def test_every_part_fits_and_is_not_blank(text: str, limit: int, unit: TextUnit) -> None:
    for part in split(text, limit, unit):
        assert measure(part, unit) <= limit
        assert part.strip()


@given(texts, limits, units)
def test_nothing_but_blanks_is_lost_and_the_order_stays(text: str, limit: int, unit: TextUnit) -> None:
    assert _visible("".join(split(text, limit, unit))) == _visible(text)


@given(texts, limits, units)
def test_every_part_is_a_piece_of_the_text_and_only_blanks_lie_between(text: str, limit: int, unit: TextUnit) -> None:
    place = 0
    for part in split(text, limit, unit):
        found = text.index(part, place)
        assert not text[place:found].strip()
        place = found + len(part)
    assert not text[place:].strip()


@given(texts, limits, units)
def test_a_part_is_not_split_again(text: str, limit: int, unit: TextUnit) -> None:
    for part in split(text, limit, unit):
        assert split(part, limit, unit) == [part]


@given(texts, st.integers(min_value=40, max_value=80), units)
def test_a_grapheme_that_fits_is_never_cut(text: str, limit: int, unit: TextUnit) -> None:
    clusters = list(grapheme.graphemes(text))
    assume(all(measure(cluster, unit) <= limit for cluster in clusters))
    edges, place = {0}, 0
    for cluster in clusters:
        place += len(cluster)
        edges.add(place)
    place = 0
    for part in split(text, limit, unit):
        start = text.index(part, place)
        place = start + len(part)
        assert start in edges
        # After a part only blanks may follow in the same grapheme (a mark that takes the next sign with it).
        assert place in edges or text[place].isspace()


@pytest.mark.parametrize(
    "whole",
    [
        "https://example.com/catalogue/pumps?id=12&lang=uk",
        "www.example.com/price-list.html",
        "t.me/example_shop?start=autumn-2026",
        "first.last+orders@example-shop.com.ua",
        "**знижка лише за програмою лояльності**",
        "__підкреслений текст тут__",
        "*курсив із кількох слів*",
        "_курсив із кількох слів_",
        "`код товару: NP-25 60`",
        "[наш каталог насосів](https://example.com/cat)",
        "<b>жирний текст із кількох слів</b>",
        '<a href="https://example.com/x">сайт магазину</a>',
        "\ud83d\ude00",
    ],
)
@pytest.mark.parametrize("unit", UNITS)
@given(before=st.text(alphabet="аб вг. \n", max_size=120), after=st.text(alphabet="аб вг. \n", max_size=120))
def test_what_belongs_together_stays_in_one_part(unit: TextUnit, whole: str, before: str, after: str) -> None:
    parts = split(f"{before} {whole} {after}", 100, unit)
    assert sum(whole in part for part in parts) == 1


@pytest.mark.parametrize("unit", UNITS)
def test_a_link_longer_than_a_part_is_cut_and_not_lost(unit: TextUnit) -> None:
    link = "https://example.com/" + "x" * 300
    parts = split(f"Ось посилання: {link} дякуємо", 64, unit)
    assert all(measure(part, unit) <= 64 for part in parts)
    assert link in "".join(parts)


@pytest.mark.parametrize("unit", UNITS)
def test_a_grapheme_longer_than_a_part_is_cut_between_code_points(unit: TextUnit) -> None:
    zalgo = "a" + "\u0301" * 500
    parts = split(zalgo, 50, unit)
    assert "".join(parts) == zalgo
    assert all(measure(part, unit) <= 50 for part in parts)


def test_paragraphs_are_preferred_then_sentences_then_words() -> None:
    paragraph = "Перше речення тут. Друге речення тут."
    assert split(f"{paragraph}\n\n{paragraph}", 60, TextUnit.UTF16) == [paragraph, paragraph]
    assert split(paragraph, 30, TextUnit.UTF16) == ["Перше речення тут.", "Друге речення тут."]
    assert split("одне довге слово", 12, TextUnit.UTF16) == ["одне довге", "слово"]
    assert split("без" * 8, 12, TextUnit.UTF16) == ["без" * 4, "без" * 4]


def test_a_word_that_ends_exactly_at_the_limit_stays_whole() -> None:
    assert split("abcd efgh", 4, TextUnit.CODE_POINTS) == ["abcd", "efgh"]


def test_emoji_count_as_the_unit_says() -> None:
    text = "😀" * 4096
    assert [measure(part, TextUnit.UTF16) for part in split(text, 4096, TextUnit.UTF16)] == [4096, 4096]
    assert split(text, 4096, TextUnit.CODE_POINTS) == [text]
    assert [len(part) for part in split(text, 1000, TextUnit.BYTES)][:2] == [250, 250]


def test_a_family_emoji_is_not_torn_apart() -> None:
    parts = split(ZWJ_FAMILY * 3, measure(ZWJ_FAMILY, TextUnit.UTF16) + 3, TextUnit.UTF16)
    assert parts == [ZWJ_FAMILY] * 3


@pytest.mark.parametrize("blank", ["", " ", "\n\n\t \u00a0"])
def test_a_blank_text_gives_no_part(blank: str) -> None:
    assert split(blank, 100, TextUnit.UTF16) == []


def test_a_limit_that_cannot_hold_every_sign_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 4"):
        split("text", 3, TextUnit.BYTES)


@given(texts, limits, units)
def test_the_quick_answer_agrees_with_the_measure(text: str, limit: int, unit: TextUnit) -> None:
    assert fits(text, limit, unit) == (measure(text, unit) <= limit)


def test_a_text_that_fits_comes_back_untouched_and_at_once() -> None:
    text = "  Добрий день! Насос NP-25 коштує 4 200 грн.  "
    started = time.process_time()
    for _ in range(1000):
        assert split(text, 4096, TextUnit.UTF16) == [text]
    assert (time.process_time() - started) / 1000 < 0.000_1


@pytest.mark.parametrize("hostile", ["[a](", "** x", "<b>", "`", "_a ", "a@b.", "🇺🇦", "https://", " \u0301", "\u0301"])
def test_hostile_repetition_costs_linear_time(hostile: str) -> None:
    text = hostile * (40_000 // len(hostile))
    started = time.process_time()
    parts = split(text, 4096, TextUnit.UTF16)
    assert time.process_time() - started < 5
    assert _visible("".join(parts)) == _visible(text)


def test_a_text_of_megabytes_is_split_in_seconds() -> None:
    text = "Насос тихий і надійний. Гарантія два роки!\n" * 25_000
    parts = split(text, 4096, TextUnit.UTF16)
    assert len(parts) < len(text) / 4096 * 1.2
    assert re.sub(r"\s", "", "".join(parts)) == re.sub(r"\s", "", text)
