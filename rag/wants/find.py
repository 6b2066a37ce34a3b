"""What a question is after, and which passages say such things."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import sqlalchemy as sa

from core.domain.turn import Vector
from rag import keywords
from rag.passages import Revision
from rag.wants.bank import list_wants
from rag.wants.head import load_head

MOST: Final = 12
_AT_ONCE: Final = 40
"""Wants looked up by one statement: a database takes so many parameters and parts of a union."""
_LEAST: Final = 0.01
_CHOOSING: Final = frozenset(
    {
        "which_fits",
        "recommend_beginner",
        "rent_which",
        "compare_two",
        "capacity",
        "in_stock",
        "goods_price",
        "price_list",
    }
)
_PRICES: Final = frozenset({"goods_price", "price_list", "price_valid", "bargaining", "sale", "price_match"})


@dataclass(frozen=True, slots=True)
class Wanted:
    """`place` in the bank; `weight` in (0, 1]: how likely the question is after it."""

    place: int
    weight: float

    @property
    def name(self) -> str:
        return list_wants()[self.place].name

    @property
    def is_choosing(self) -> bool:
        return self.name in _CHOOSING


def prices_wanted(wanted: Sequence[Wanted]) -> float | None:
    """How likely the price of goods is what is wanted; None where nothing is known of what is wanted."""
    return sum(each.weight for each in wanted if each.name in _PRICES) if wanted else None


class WantFinder:
    """For one embedder; finds nothing for an embedder that the head was not trained with."""

    def __init__(self, embedder: str) -> None:
        self._embedder = embedder
        self._said: tuple[Revision, Sequence[frozenset[int]]] | None = None

    def find(self, vector: Vector) -> Sequence[Wanted]:
        """At most twelve, the likeliest first."""
        head = load_head(self._embedder)
        if head is None:
            return ()
        chances = head.predict(vector)
        best = np.argsort(-chances, kind="stable")[:MOST]
        return [Wanted(int(place), float(chances[place])) for place in best if chances[place] >= _LEAST]

    def find_said(self, conn: sa.Connection, revision: Revision) -> Sequence[frozenset[int]]:
        """For each want of the bank the ids of the passages that say it; looked up once a revision."""
        if self._said is None or self._said[0] != revision:
            says = [want.says for want in list_wants()]
            parts = (says[at : at + _AT_ONCE] for at in range(0, len(says), _AT_ONCE))
            self._said = (revision, [ids for part in parts for ids in keywords.find_mentions(conn, part)])
        return self._said[1]
