"""Which rows of the price list a sentence speaks of."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

from core.domain.firm import Product
from core.domain.visible import make_visible
from core.engine.review.words import stem

_TOKEN = re.compile(r"[^\W_]+(?:'[^\W\d_]+)?")
_RARE = 3
"""A word that more rows share than this names none of them."""


@dataclass(frozen=True, slots=True)
class Row:
    sku: str
    price: Decimal
    currency: str
    in_stock: int | None
    is_priced: bool
    valid_until: date | None
    names: tuple[tuple[str, ...], ...]
    """The naming words of each language's name, in their order."""
    text: str
    """All its names."""


def build_rows(products: Iterable[Product], today: date) -> tuple[Row, ...]:
    listed = list(products)
    spread: Counter[str] = Counter()
    for product in listed:
        spread.update({token for name in product.names.values() for token in _name_tokens(name)})
    return tuple(
        Row(
            product.sku,
            product.price,
            product.currency,
            product.in_stock,
            product.is_priced_on(today),
            product.valid_until,
            tuple(
                tuple(token for token in _name_tokens(name) if spread[token] <= _RARE)
                for name in dict.fromkeys(product.names.values())
            ),
            " | ".join(product.names.values()),
        )
        for product in listed
    )


def find_named(text: str, rows: Sequence[Row]) -> frozenset[str]:
    """The skus that the text names; of those whose names overlap only the ones named most fully."""
    said = {*_names(text)}
    hits: dict[str, frozenset[str]] = {}
    for row in rows:
        for naming in row.names:
            hit = frozenset(token for token in naming if token in said)
            is_enough = bool(hit) and (len(hit) >= 2 or naming[0] in hit)
            if is_enough and len(hit) > len(hits.get(row.sku, ())):
                hits[row.sku] = hit
    return frozenset(sku for sku, hit in hits.items() if not any(hit < other for other in hits.values()))


@lru_cache(maxsize=1 << 16)
def _name_tokens(name: str) -> tuple[str, ...]:
    """Remembered: every turn asks for those of the whole price list."""
    return tuple(_names(make_visible(name).text))


def _names(text: str) -> list[str]:
    """Words with a capital, by their stems, and the numbers beside them: `Lumera 20`."""
    found: list[str] = []
    for match in _TOKEN.finditer(text):
        token = match.group()
        if token[0].isdigit():
            if found and len(token) <= 4:
                found.append(token.lower())
        elif token[0].isupper():
            is_short = len(token) <= 4 or token.isascii()
            found.append(token.lower() if is_short else stem(token.lower()))
    return found
