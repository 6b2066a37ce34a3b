"""A message's text cut at the words that prove facts, so that a page can mark them."""

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from core.storage.witnessed import WitnessedFact


@dataclass(frozen=True, slots=True)
class Piece:
    """`facts` are proved by these very words; `begins` are those whose witness starts here: links lead to it."""

    text: str
    facts: tuple[WitnessedFact, ...] = ()
    begins: tuple[WitnessedFact, ...] = ()


def cut(text: str, facts: Iterable[WitnessedFact]) -> Sequence[Piece]:
    """The pieces joined are the text. Spans that an edited text no longer has are left out."""
    spans = [span for fact in facts if (span := _span(fact, len(text)))]
    edges = sorted({0, len(text), *(edge for start, end, _ in spans for edge in (start, end))})
    return [
        Piece(
            text[left:right],
            tuple(fact for start, end, fact in spans if start <= left and right <= end),
            tuple(fact for start, _, fact in spans if start == left),
        )
        for left, right in itertools.pairwise(edges)
    ]


def _span(fact: WitnessedFact, length: int) -> tuple[int, int, WitnessedFact] | None:
    if fact.start is None or fact.end is None or not 0 <= fact.start < fact.end <= length:
        return None
    return fact.start, fact.end, fact
