import numpy as np
import pytest

from rag.passages import Place
from rag.translations import blend, blended_digests, find_siblings


def places(*documents: tuple[int, str, str, int]) -> list[Place]:
    return [Place(number, topic, language, at) for number, topic, language, size in documents for at in range(size)]


def test_translations_stand_at_the_same_position() -> None:
    assert find_siblings(places((1, "a", "uk", 2), (2, "a", "en", 2))) == [[2], [3], [0], [1]]


def test_documents_of_unequal_length_are_not_aligned() -> None:
    assert find_siblings(places((1, "a", "uk", 2), (2, "a", "en", 1))) == [[], [], []]


def test_other_topics_and_the_same_language_are_no_translations() -> None:
    assert find_siblings(places((1, "a", "uk", 1), (2, "b", "en", 1), (3, "c", "uk", 1), (4, "c", "uk", 1))) == [[]] * 4


def test_a_passage_moves_towards_its_translations_and_keeps_its_length() -> None:
    vectors = np.asarray([[1, 0], [0, 1], [1, 0]], dtype=np.float32)
    moved = blend(vectors, [[1], [0], []])
    assert moved[2].tolist() == [1.0, 0.0]
    assert moved[0, 0] > moved[0, 1] > 0
    assert np.linalg.norm(moved, axis=1) == pytest.approx([1.0] * 3)
    assert vectors[0].tolist() == [1.0, 0.0]


def test_a_blended_digest_changes_with_a_translation() -> None:
    before = blended_digests(["x", "y"], [[1], [0]])
    after = blended_digests(["x", "z"], [[1], [0]])
    assert before[0] != after[0]
    assert blended_digests(["x", "z"], [[], []])[0] == blended_digests(["x", "y"], [[], []])[0]
