"""What the customer has already, which is not what is wanted."""

import re

from core.engine.shelf import Shelf
from core.engine.shelf_fit import family

_CLAUSE = re.compile(r"[,.;!?\n]+|\s(?:але|но|but|а|and|і|и)\s", re.IGNORECASE)
_ONE_MORE = re.compile(r"\b(?:ще|ещ[её]|друг\w+|втор\w+|another|more|second)\b", re.IGNORECASE)
_HAS = re.compile(
    r"\b(?:has|have|had|got|own|owns)\b.*\balready\b|\balready (?:has|have|had|got|own|owns|bought)\b|"
    r"\b(?:вже|уже)\b.*\b(?:є|есть|маю|має|маємо|имею|имеем|купи\w+|стоїть|стоит)\b|"
    r"\b(?:є|есть|маю|має|маємо|имею|имеем|купи\w+|стоїть|стоит)\b.*\b(?:вже|уже)\b",
    re.IGNORECASE,
)


def find_owned(text: str, shelf: Shelf) -> frozenset[str]:
    """ "He has a grinder already": the kinds of what is named there; none when one more is wanted."""
    if _ONE_MORE.search(text):
        return frozenset()
    kinds: set[str] = set()
    for clause in _CLAUSE.split(text):
        if _HAS.search(clause):
            kinds |= {family(product) for product in shelf.goods() if shelf.touches(clause, product.sku)}
    return frozenset(kinds - {""})
