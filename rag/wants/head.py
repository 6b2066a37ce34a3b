"""Which want a question is after: a logistic head over its vector, trained on the bank."""

from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final

import numpy as np
import numpy.typing as npt

from core.domain.turn import Vector
from core.errors import Unavailable
from rag.centre import centred
from rag.passages import Matrix
from rag.wants.bank import bank_digest

HEAD: Final = "head.npz"
_PLACE: Final = "rag.wants"
_STEPS: Final = 127
"""A weight is kept as one of so many steps of its column's largest."""
_SHARPNESS: Final = 1.4
"""The head is surer than regularized training lets it say; by how well passages are ordered."""


@dataclass(frozen=True, slots=True)
class Head:
    """One column and one bias a want, in the order of the bank; `mean` is the middle of questions."""

    mean: Matrix
    weights: Matrix
    bias: Matrix

    def predict(self, vector: Vector) -> Matrix:
        """The probability of each want; they add up to 1."""
        scores = (centred(np.asarray(vector, dtype=np.float32), self.mean) @ self.weights + self.bias) * _SHARPNESS
        powers = np.exp(scores - scores.max())
        chances: Matrix = powers / powers.sum()
        return chances


@cache
def load_head(embedder: str) -> Head | None:
    """None for an embedder that the head was not trained with.

    Raises Unavailable when it was trained on another bank than the one that ships.
    """
    with resources.as_file(resources.files(_PLACE).joinpath(HEAD)) as path, np.load(path) as stored:
        if str(stored["embedder"]) != embedder:
            return None
        if str(stored["digest"]) != bank_digest():
            hint = "run `python -m benchmarks.wants`"
            raise Unavailable("the head belongs to another list of wants", where=f"rag/wants/{HEAD}", hint=hint)
        weights = stored["steps"].astype(np.float32) * stored["scale"]
        return Head(stored["mean"].astype(np.float32), weights, stored["bias"].astype(np.float32))


def pack(head: Head) -> dict[str, npt.NDArray[np.generic]]:
    """As `load_head` reads it."""
    scale = np.abs(head.weights).max(axis=0) / _STEPS
    steps = np.rint(head.weights / scale).astype(np.int8)
    return {"mean": head.mean, "steps": steps, "scale": scale.astype(np.float32), "bias": head.bias}
