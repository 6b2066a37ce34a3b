"""What a number is, by the two trained heads together: the words around it, and the vector of its text."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Protocol

import numpy as np

from core.domain.turn import Vector
from core.understanding.facts.marked_head import MarkedHead
from core.understanding.facts.number_features import NumberFeatures
from core.understanding.facts.number_head import KINDS, NumberHead

MARKED_WEIGHT: Final = 0.7
"""Of the vector's word beside that of the words, where there is a vector; chosen on authors left out of training."""
_LEAST: Final = 1e-6


class NumberJudge(Protocol):
    """What a second reading of numbers asks."""

    def predict(self, features: NumberFeatures, by_rules: str, marked: str) -> Mapping[str, float]:
        """The probability of each kind; they add up to 1. `marked` is the number's text as number_marks.mark gives
        it, `by_rules` one of the kinds."""
        ...


@dataclass(frozen=True, slots=True)
class TrainedNumberJudge:
    """`vectors` are those of one turn's numbers, by their marked texts; one that is missing is judged without."""

    head: NumberHead
    marked: MarkedHead | None = None
    vectors: Mapping[str, Vector] = field(default_factory=dict)

    def predict(self, features: NumberFeatures, by_rules: str, marked: str) -> Mapping[str, float]:
        alone = self.head.predict(features, by_rules)
        vector = self.vectors.get(marked)
        if vector is None or self.marked is None:
            return alone
        scores = self.marked.score(vector)
        scores = scores - scores.max()
        seen = scores - np.log(np.exp(scores).sum())
        words = np.log([max(alone[kind], _LEAST) for kind in KINDS])
        powers = np.exp(MARKED_WEIGHT * seen + (1 - MARKED_WEIGHT) * words)
        return dict(zip(KINDS, (powers / powers.sum()).tolist(), strict=True))
