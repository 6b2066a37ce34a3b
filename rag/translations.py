"""Translations of one passage: each is found a little easier for what its siblings in other languages say."""

import hashlib
from collections import Counter
from collections.abc import Sequence
from typing import Final

import numpy as np

from rag.passages import Matrix, Place

_SIBLINGS_WEIGHT: Final = 0.5
"""How much the mean of a passage's translations counts beside itself."""

Siblings = Sequence[Sequence[int]]
"""For each passage the places of its translations among all."""


def find_siblings(places: Sequence[Place]) -> list[list[int]]:
    """Translations stand at the same position of documents of one topic that have equally many passages."""
    sizes = Counter(place.document_id for place in places)
    same: dict[tuple[str, int, int], list[int]] = {}
    for number, place in enumerate(places):
        same.setdefault((place.topic, sizes[place.document_id], place.position), []).append(number)
    siblings: list[list[int]] = [[] for _ in places]
    for numbers in same.values():
        if len({places[number].language for number in numbers}) == len(numbers):
            for number in numbers:
                siblings[number] = [other for other in numbers if other != number]
    return siblings


def blend(vectors: Matrix, siblings: Siblings) -> Matrix:
    """Each unit row moved towards the mean of its siblings, brought to length 1 again."""
    blended = vectors.copy()
    for number, others in enumerate(siblings):
        if others:
            blended[number] += _SIBLINGS_WEIGHT * vectors[list(others)].mean(axis=0)
    lengths = np.linalg.norm(blended, axis=1, keepdims=True)
    return (blended / np.where(lengths > 0, lengths, 1.0)).astype(np.float32)


def blended_digests(digests: Sequence[str], siblings: Siblings) -> list[str]:
    """What each blended row was made of: it changes when a translation does."""
    return [
        hashlib.sha256(" ".join([digest, *(digests[other] for other in others)]).encode()).hexdigest()
        for digest, others in zip(digests, siblings, strict=True)
    ]
