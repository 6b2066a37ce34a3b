import numpy as np
import pytest

from rag.centre import centred, mean_of


def test_the_mean_counts_in_full_only_with_many_vectors() -> None:
    one, many = np.ones((1, 3), dtype=np.float32), np.ones((800, 3), dtype=np.float32)
    assert mean_of(one) == pytest.approx([1 / 9] * 3)
    assert mean_of(many) == pytest.approx([1.0] * 3, abs=0.011)


def test_no_vectors_have_the_middle_at_zero() -> None:
    assert mean_of(np.zeros((0, 3), dtype=np.float32)).tolist() == [0.0, 0.0, 0.0]


def test_centred_rows_and_single_vectors_have_length_one() -> None:
    rows = np.asarray([[1, 2, 2], [3, 0, 4]], dtype=np.float32)
    mean = np.asarray([0.5, 0.5, 0.5], dtype=np.float32)
    moved = centred(rows, mean)
    assert np.linalg.norm(moved, axis=1) == pytest.approx([1.0, 1.0])
    assert centred(rows[0], mean) == pytest.approx(moved[0])
    assert moved.dtype == np.float32


def test_a_vector_in_the_very_middle_does_not_break_it() -> None:
    assert centred(np.ones(3, dtype=np.float32), np.ones(3, dtype=np.float32)).tolist() == [0.0, 0.0, 0.0]


def test_a_common_direction_no_longer_hides_the_difference() -> None:
    rows = np.asarray([[10, 1, 0], [10, -1, 0]] * 50, dtype=np.float32)
    before = float(rows[0] @ rows[1] / np.linalg.norm(rows[0]) / np.linalg.norm(rows[1]))
    moved = centred(rows, mean_of(rows))
    assert before > 0.9
    assert float(moved[0] @ moved[1]) < 0.5
