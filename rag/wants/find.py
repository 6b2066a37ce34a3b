"""What a question is after: the wants whose ways of asking are nearest to it, by meaning and by words."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Final

import numpy as np

from core.domain.turn import Vector
from rag.centre import centred
from rag.keywords import search_terms
from rag.lexicon import meanings
from rag.passages import Matrix
from rag.terms import words
from rag.typical_questions import find_query_mean
from rag.wants.bank import Want, list_wants, load_vectors

MOST: Final = 3
WORDS_WEIGHT: Final = 0.4
"""What sharing all words is worth, in units of cosine."""
_NOTHING: Final = 0.3
_CERTAIN: Final = 0.9


@dataclass(frozen=True, slots=True)
class Wanted:
    """`weight` in (0, 1]: how sure it is that this is what the question is after."""

    want: Want
    weight: float


class WantFinder:
    """For one embedder; finds nothing for an embedder that the bank was not embedded with."""

    def __init__(self, embedder: str) -> None:
        self._embedder = embedder

    def find(self, text: str, vector: Vector) -> Sequence[Wanted]:
        """At most three, the surest first."""
        if self._rows is None or self._mean is None:
            return ()
        near = self._rows @ centred(np.asarray(vector, dtype=np.float32), self._mean)
        closeness = np.maximum.reduceat(near, _starts()) + WORDS_WEIGHT * _coverage(text)
        weights = np.clip((closeness - _NOTHING) / (_CERTAIN - _NOTHING), 0.0, 1.0)
        best = np.argsort(-weights, kind="stable")[:MOST]
        wants = list_wants()
        return [Wanted(wants[place], float(weights[place])) for place in best if weights[place] > 0.0]

    @cached_property
    def _mean(self) -> Matrix | None:
        return find_query_mean(self._embedder)

    @cached_property
    def _rows(self) -> Matrix | None:
        rows = load_vectors(self._embedder)
        return None if rows is None or self._mean is None else centred(rows, self._mean)


@cache
def _starts() -> list[int]:
    """Where each want's questions begin among all."""
    sizes = [len(want.asks) for want in list_wants()]
    return [sum(sizes[:place]) for place in range(len(sizes))]


@cache
def _texts() -> list[tuple[str, frozenset[str]]]:
    """For each want its words in one text, and the tags of their meanings and of what answers say."""
    texts = []
    for want in list_wants():
        asked = words(" ".join(want.asks))
        said = words(" ".join(stem for group in want.says for stem in group))
        texts.append((f" {' '.join(asked)} ", frozenset(meanings([*asked, *said]))))
    return texts


def _coverage(text: str) -> Matrix:
    """For each want the share of the question's words that it shares; rare words weigh more."""
    shared = np.zeros(len(_texts()), dtype=np.float32)
    total = 0.0
    for term in search_terms(text):
        has = np.asarray([term in tags or term in said for said, tags in _texts()], dtype=np.float32)
        weight = max(math.log((len(has) + 1) / (float(has.sum()) + 1)), 0.1)
        shared += weight * has
        total += weight
    return shared / total if total else shared
