"""The figures that a line of the firm names: sums of money and percents, with the words that say them."""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Final

from core.domain.amounts import find_amounts

_NUMBER: Final = r"\d+(?:[.,]\d+)?"
_PERCENT: Final = re.compile(
    rf"(?:(?P<from>{_NUMBER})\s*(?:[-–—]|до|to)\s*)?(?P<n>{_NUMBER})\s?(?:%|відсот|процент|per\s?cent)", re.I
)

Figure = tuple[Decimal, str]
"""A number and what it counts: a currency, or %."""


def find_figures(text: str) -> Iterator[tuple[Figure, str]]:
    """Each with its words. Sums whose currency is not named are left out."""
    for amount in find_amounts(text):
        if amount.value is not None and amount.currency:
            yield (amount.value, amount.currency), text[amount.start : amount.end].strip(" .")
    for match in _PERCENT.finditer(text):
        for number in filter(None, (match["from"], match["n"])):
            yield (Decimal(number.replace(",", ".")), "%"), f"{number}%"


def differing(texts: Mapping[str, str]) -> Mapping[str, Mapping[Figure, str]]:
    """By language, the figures that it names and another one does not; empty when all name the same."""
    said = {language: dict(find_figures(text)) for language, text in texts.items()}
    common = set.intersection(*(set(figures) for figures in said.values())) if said else set()
    alone = {
        language: {figure: words for figure, words in figures.items() if figure not in common}
        for language, figures in said.items()
    }
    return alone if any(alone.values()) else {}
