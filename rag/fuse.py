"""Two ranked lists made one, and translations of one text made one hit."""

from collections.abc import Mapping, Sequence
from typing import Final

from core.domain.turn import Passage

_SMOOTHING: Final = 60
"""The usual constant of reciprocal rank fusion: how little the very first places differ."""


def fuse(legs: Mapping[str, Sequence[int]], weights: Mapping[str, float]) -> list[int]:
    """Reciprocal rank fusion: ids by the sum of weight / (60 + rank), best first; ties by id."""
    sums: dict[int, float] = {}
    for name, ids in legs.items():
        for rank, passage_id in enumerate(ids, 1):
            sums[passage_id] = sums.get(passage_id, 0.0) + weights[name] / (_SMOOTHING + rank)
    return sorted(sums, key=lambda passage_id: (-sums[passage_id], passage_id))


def one_language_a_topic(passages: Sequence[Passage], languages: Sequence[str]) -> list[Passage]:
    """Keep of each topic only its best language (first in `languages`); the order stays."""
    best: dict[str, int] = {}
    for passage in passages:
        place = _place(passage, languages)
        best[passage.topic] = min(place, best.get(passage.topic, place))
    return [passage for passage in passages if _place(passage, languages) == best[passage.topic]]


def _place(passage: Passage, languages: Sequence[str]) -> int:
    return languages.index(passage.language) if passage.language in languages else len(languages)
