"""How many of a product a few words speak of: "2 кг", "a couple of", "три штуки", "x2"."""

import re
from collections.abc import Mapping
from typing import Final

COUNTS: Final[Mapping[str, int]] = {
    word: number
    for number, words in enumerate(
        (
            "один одна одну одно one", "два дві две two", "три three", "чотири четыре four", "п'ять п’ять пять five",
            "шість шесть six", "сім семь seven", "вісім восемь eight", "дев'ять дев’ять девять nine", "десять ten",
        ),
        start=1,
    )
    for word in words.split()
}  # fmt: skip
_UNIT: Final = (
    r"шт\w*|кг|kg|kgs|кіл\w+|кил\w+|kilo\w*|pcs|pieces?|уп\w*|пач\w*|пак\w*|bags?|packs?|набор\w*|sets?|пляш\w*|"
    r"бут\w*|bottles?|одиниц\w*"
)
_DIGITS: Final = re.compile(
    rf"(?<![\w.,])(\d{{1,4}})\s*(?:x|х|×|\*)?\s*(?:{_UNIT})(?!\w)|(?<!\w)[xх×*]\s?(\d{{1,3}})\b|"
    r"(?<![\w.,])(\d{1,3})\s?[xх×*](?!\w)",
    re.IGNORECASE,
)
_FIRST: Final = re.compile(r"^\W*(?:[^\W\d]+\W+){0,2}?(\d{1,3})\s+(?=[^\W\d])")
_PAIR: Final = re.compile(r"\b(?:пару|парочку|a couple of|couple of|a pair of)\b", re.IGNORECASE)
_SINGLE: Final = re.compile(
    r"\b(?:кіло|кило|кілограм|килограмм|a kilo|a kg|a bag|a pack|штучку|пачку)\b", re.IGNORECASE
)
_MEASURED: Final = re.compile(rf"\b({'|'.join(COUNTS)})\s+(?:{_UNIT})(?!\w)", re.IGNORECASE)
_WORD: Final = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


def find_measured(text: str) -> int | None:
    """Only with a unit or a multiplication sign beside the number: no model is meant."""
    match = _DIGITS.search(text) or _MEASURED.search(text)
    if match is None:
        return None
    said = next(filter(None, match.groups()))
    return COUNTS.get(said.casefold()) or (int(said) if said.isdigit() else None)


def find_count(text: str) -> int | None:
    """None when no number is said of things."""
    match = _DIGITS.search(text)
    if match:
        return int(next(filter(None, match.groups()))) or None
    words = [COUNTS[word] for word in _WORD.findall(text.casefold()) if word in COUNTS]
    if words:
        return words[-1]
    if _PAIR.search(text):
        return 2
    first = _FIRST.match(text)
    if first and int(first.group(1)):
        return int(first.group(1))
    return 1 if _SINGLE.search(text) else None
