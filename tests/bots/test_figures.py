"""Figures that the languages of one line name."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from bots.figures import differing
from core.strategy.firm_folder import load_firm

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.mark.parametrize(
    "texts",
    [
        {
            "uk": "від 1 до 3% на рік, 10 000 грн",
            "ru": "1–3 процента в год, 10000 гривен",
            "en": "1% to 3%, UAH 10,000",
        },
        {"uk": "Без чисел.", "en": "No figures."},
        {},
    ],
)
def test_lines_that_say_the_same_differ_in_nothing(texts: Mapping[str, str]) -> None:
    assert differing(texts) == {}


def test_each_language_is_told_with_what_it_alone_says() -> None:
    found = differing({"uk": "Знижка 5 %, мінімум 300 грн", "en": "500 UAH off, from 300 UAH"})
    assert {language: list(figures.values()) for language, figures in found.items()} == {
        "uk": ["5%"],
        "en": ["500 UAH"],
    }


@pytest.mark.parametrize("firm", ["kavomir", "rivnovaha"])
def test_the_policies_of_the_examples_agree_with_themselves(firm: str) -> None:
    assert [line.id for line in load_firm(EXAMPLES / firm).firm.policies if differing(line.text)] == []
