"""What a number is by the vector of its text with the number marked: one row of weights a dimension. Numpy alone."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from core.domain.turn import Vector
from core.understanding.head import load_head

MARKED_FILE: Final = Path(__file__).with_name("numbers_marked.npz")
_PARTS: Final = ("weights", "bias")

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class MarkedHead:
    """One column a kind of `number_head.KINDS`. `embedder` made the vectors and was trained together with it."""

    embedder: str
    seed_sha256: str
    weights: Floats
    bias: Floats

    def score(self, vector: Vector) -> Floats:
        """Log-odds of the kinds, up to a constant."""
        scores: Floats = np.asarray(vector, dtype=np.float32) @ self.weights + self.bias
        return scores

    @classmethod
    def load(cls, file: Path = MARKED_FILE) -> "MarkedHead":
        """Raises Unavailable when the file is missing or is no head."""
        return load_head(file, cls._read, train_with="benchmarks.marked_numbers")

    @classmethod
    def _read(cls, data: Any) -> "MarkedHead":
        weights, bias = (data[name].astype(np.float32) for name in _PARTS)
        return cls(str(data["embedder"]), str(data["seed_sha256"]), weights, bias)

    def save(self, file: Path = MARKED_FILE) -> None:
        np.savez_compressed(
            file,
            embedder=np.array(self.embedder),
            seed_sha256=np.array(self.seed_sha256),
            weights=self.weights.astype(np.float16),
            bias=self.bias,
        )
