"""Pages that name the same amount as a policy or a price: when that changes, they say what is no longer true."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

import sqlalchemy as sa

from bots.desk.parts import SaidElsewhere
from core.domain.amounts import find_amounts
from rag.passages import fetch_passages, list_texts

_PERCENT: Final = re.compile(r"(\d+(?:[.,]\d+)?)\s?%")
EVERY_SOURCE: Final = ""

Figure = tuple[Decimal, str]
"""A number and what it counts: a currency, or %."""


def find_said(conn: sa.Connection, text: str) -> list[SaidElsewhere]:
    """In the order of the pages; each page and amount once."""
    wanted = {figure for figure, _ in _figures(text)}
    if not wanted:
        return []
    said: dict[int, str] = {}
    for passage_id, piece, _ in list_texts(conn, EVERY_SOURCE):
        words = [words for figure, words in _figures(piece.text) if figure in wanted]
        if words:
            said[passage_id] = ", ".join(dict.fromkeys(words))
    pages = sorted(fetch_passages(conn, list(said)).values(), key=lambda page: (page.source, page.id))
    return [SaidElsewhere(page.source, page.heading, said[page.id]) for page in pages]


def _figures(text: str) -> Iterator[tuple[Figure, str]]:
    for amount in find_amounts(text):
        if amount.value is not None and amount.currency:
            yield (amount.value, amount.currency), text[amount.start : amount.end].strip()
    for match in _PERCENT.finditer(text):
        yield (Decimal(match[1].replace(",", ".")), "%"), match[0]
