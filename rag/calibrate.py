"""From what a search saw to how likely a passage answers: a small logistic model, fitted on labelled questions."""

import math
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of one hit. `similarity` is the centred cosine, `coverage` the share of the query's stems in it."""

    similarity: float
    coverage: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """`score` is in [0, 1]; a best hit below `cutoff` is no answer."""

    bias: float
    similarity: float
    coverage: float
    cutoff: float

    def score(self, evidence: Evidence) -> float:
        weight = self.bias + self.similarity * evidence.similarity + self.coverage * evidence.coverage
        return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, weight))))


CALIBRATION: Final = Calibration(bias=-3.0, similarity=6.0, coverage=2.0, cutoff=0.5)
