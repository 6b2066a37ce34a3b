"""What was looked up for a question, weighed: which passage is worth most, and what speaks for it."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from core.domain.turn import Passage, Query
from core.domain.vocabulary import LANGUAGES
from rag.calibrate import Evidence, Weights
from rag.expectations import asks_if_there, expected_form, lacks_measure
from rag.fuse import one_language_a_topic
from rag.passages import Revision
from rag.vectors import Nearest

TRANSLATIONS_WEIGHT: Final = 0.5
"""How much the words of a passage's translations count beside its own."""
TOPIC_WEIGHT: Final = 0.1
"""What it is worth to be of the topic that a short question goes on with."""


@dataclass(frozen=True, slots=True)
class Examined:
    """A passage with what speaks for it and its place in each leg."""

    passage: Passage
    evidence: Evidence
    ranks: Mapping[str, int]
    sentences: Sequence[float] = ()
    """The closeness of each."""


@dataclass(frozen=True, slots=True)
class Matched:
    """What the words found: the share of the question's weight in each passage, and of words found nowhere."""

    coverage: Mapping[int, float]
    unknown: float

    def best(self, limit: int) -> list[int]:
        return sorted(self.coverage, key=lambda passage_id: (-self.coverage[passage_id], passage_id))[:limit]


@dataclass(frozen=True, slots=True)
class Said:
    """A thing that the question may be after: how likely, which passages say it, and how few they are (0 to 1)."""

    weight: float
    passages: frozenset[int]
    rarity: float
    is_choosing: bool = False
    """Part of choosing goods, which a talk does by itself."""


@dataclass(frozen=True)
class Looked:
    """One visit to the database."""

    revision: Revision
    matched: Matched
    said: Sequence[Said]
    legs: Mapping[str, Sequence[int]]
    rows: Mapping[int, Passage]
    sentences: Mapping[int, Sequence[float]] = field(default_factory=dict)
    """How close each sentence of a passage is, where that was looked at."""

    def best_sentence(self, passage_id: int) -> float:
        return max(self.sentences.get(passage_id, ()), default=-1.0)

    @cached_property
    def nowhere(self) -> float:
        """How likely the question is after something that no passage says."""
        return sum(said.weight for said in self.said if not said.passages)

    def here(self, passage_id: int) -> float:
        """How likely it is after something that this passage says."""
        return sum(said.weight for said in self.said if passage_id in said.passages)

    def wanted(self, passage_id: int) -> float:
        """As `here`, without what belongs to choosing goods."""
        return sum(s.weight for s in self.said if passage_id in s.passages and not s.is_choosing)

    def elsewhere(self, passage_id: int) -> float:
        """How likely it is after something that only other passages say."""
        return sum(said.weight for said in self.said if said.passages and passage_id not in said.passages)

    def worth(self, passage_id: int) -> float:
        """What only few passages say is worth more."""
        return sum(said.weight * said.rarity for said in self.said if passage_id in said.passages)


def preferred_languages(language: str) -> list[str]:
    """The customer's own first, then the others in the product's order."""
    return [language, *(other for other in LANGUAGES if other != language)]


def weigh(found: Sequence[frozenset[int]], passages: int, translations: Mapping[int, Sequence[int]]) -> Matched:
    """Rare words weigh more. A question without significant words is as good as unknown."""
    if not found:
        return Matched({}, 1.0)
    weights = [max(math.log((passages + 1) / (len(ids) + 1)), 0.1) for ids in found]
    total = sum(weights)
    coverage: dict[int, float] = {}
    for ids, weight in zip(found, weights, strict=True):
        for passage_id in ids:
            coverage[passage_id] = coverage.get(passage_id, 0.0) + weight / total
    return Matched(_blend(coverage, translations), sum(not ids for ids in found) / len(found))


def rarity(found: int, passages: int) -> float:
    """1 for what a single passage says, 0 for what all say."""
    return min(max(math.log(passages / (found + 1)) / math.log(passages), 0.0), 1.0) if passages > 1 else 1.0


def judge(query: Query, near: Nearest, looked: Looked, weights: Weights) -> list[Examined]:
    """The passages of `looked`, best first, at most as many as the query asks for."""
    worth = _worth(query, near, looked, weights)
    ordered = [looked.rows[passage_id] for passage_id in sorted(worth, key=lambda n: (-worth[n], n))]
    chosen = one_language_a_topic(ordered, preferred_languages(query.language))
    examined, if_there = [], asks_if_there(query.text)
    nearest = max(near.closeness, *(looked.best_sentence(passage_id) for passage_id in looked.rows), -1.0)
    for passage in chosen[: query.limit]:
        rivals = [worth[other.id] for other in chosen[:2] if other is not passage]
        evidence = Evidence(
            worth=worth[passage.id],
            lead=worth[passage.id] - rivals[0] if rivals else 0.0,
            near=nearest,
            unknown=looked.matched.unknown,
            language=query.language,
            here=looked.here(passage.id),
            elsewhere=looked.elsewhere(passage.id),
            nowhere=looked.nowhere,
            wanted=looked.wanted(passage.id),
            lacks_measure=lacks_measure(query.text, passage.text),
            asks_if_there=if_there,
        )
        ranks = {name: leg.index(passage.id) + 1 for name, leg in looked.legs.items() if passage.id in leg}
        examined.append(Examined(passage, evidence, ranks, looked.sentences.get(passage.id, ())))
    return examined


def _blend(coverage: Mapping[int, float], translations: Mapping[int, Sequence[int]]) -> dict[int, float]:
    """What a passage's translations hold speaks for it too: a word may stand in one language and not in another."""
    reached = {*coverage, *(other for passage_id in coverage for other in translations.get(passage_id, ()))}
    blended = {}
    for passage_id in reached:
        own, others = coverage.get(passage_id, 0.0), translations.get(passage_id, ())
        if others:
            mean = sum(coverage.get(other, 0.0) for other in others) / len(others)
            own = (own + TRANSLATIONS_WEIGHT * mean) / (1.0 + TRANSLATIONS_WEIGHT)
        blended[passage_id] = own
    return blended


def _worth(query: Query, near: Nearest, looked: Looked, weights: Weights) -> dict[int, float]:
    similarity = {neighbour.passage_id: neighbour.similarity for neighbour in near.neighbours}
    least = min(similarity.values(), default=0.0)
    coverage, form = looked.matched.coverage, expected_form(query.text)
    worth = {}
    for passage_id, passage in looked.rows.items():
        whole = similarity.get(passage_id, least)
        worth[passage_id] = weights.closeness * (whole + max(whole, looked.best_sentence(passage_id))) / 2
        worth[passage_id] += weights.words * coverage.get(passage_id, 0.0)
        worth[passage_id] += weights.wanted * looked.worth(passage_id)
        if form and form.search(passage.text):
            worth[passage_id] += weights.form
        if query.topic and passage.topic == query.topic:
            worth[passage_id] += TOPIC_WEIGHT
    return worth
