"""Vectors seen from their common middle: embedding models crowd all texts into one narrow cone."""

from typing import Final

import numpy as np
import numpy.typing as npt

from rag.passages import Matrix

# With few passages their mean says more of them than of the model: it counts in full only when there are many.
_PRIOR: Final = 8.0


def mean_of(vectors: Matrix) -> Matrix:
    """The mean of the rows, drawn to zero when there are few of them."""
    total: npt.NDArray[np.float64] = vectors.sum(axis=0, dtype=np.float64)
    return (total / (len(vectors) + _PRIOR)).astype(np.float32)


def centred(vectors: Matrix, mean: Matrix) -> Matrix:
    """Rows (or one vector) minus the mean, brought to length 1."""
    moved = vectors - mean
    lengths = np.linalg.norm(moved, axis=-1, keepdims=True)
    return (moved / np.where(lengths > 0, lengths, 1.0)).astype(np.float32)
