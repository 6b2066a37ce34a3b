"""The trained part of reading numbers: whether one is a budget, a quantity that is wanted, or neither. Numpy alone."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from core.understanding.facts.number_features import NumberFeatures, list_wordings
from core.understanding.head import SEED_FOLDER, load_head

HEAD_FILE: Final = Path(__file__).with_name("numbers.npz")
KINDS: Final = ("budget", "other", "quantity")
WORDS_WEIGHT: Final = 4.0
WORDING_WEIGHT: Final = 0.35
RULES_WEIGHT: Final = 0.5
"""How much the three sorts of features count beside each other, chosen by leaving out one author of the seed at a
time."""

_PARTS: Final = ("words", "wordings", "rules", "bias")

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class NumberHead:
    """One column a kind. `rules` has a row for what the rules took the number for."""

    words: Floats
    wordings: Floats
    rules: Floats
    bias: Floats
    trained_on: str

    def predict(self, features: NumberFeatures, by_rules: str) -> Mapping[str, float]:
        """The probability of each kind; they add up to 1. `by_rules` is one of the kinds."""
        words, wordings = list(features.words), list(features.wordings)
        scores = self.bias + RULES_WEIGHT * self.rules[KINDS.index(by_rules)]
        scores = scores + WORDS_WEIGHT * max(len(words), 1) ** -0.5 * self.words[words].sum(axis=0)
        scores = scores + WORDING_WEIGHT * self.wordings[wordings].sum(axis=0)
        powers = np.exp(scores - scores.max())
        return dict(zip(KINDS, (powers / powers.sum()).tolist(), strict=True))

    @classmethod
    def load(cls, file: Path = HEAD_FILE) -> "NumberHead":
        """Raises Unavailable when the file is missing or is no head."""
        return load_head(file, cls._read, train_with="core.understanding.train_numbers")

    @classmethod
    def _read(cls, data: Any) -> "NumberHead":
        words, wordings, rules, bias = (data[name].astype(np.float32) for name in _PARTS)
        return cls(words, wordings, rules, bias, str(data["trained_on"]))

    def save(self, file: Path = HEAD_FILE) -> None:
        halves = {name: getattr(self, name).astype(np.float16) for name in _PARTS}
        np.savez_compressed(file, trained_on=np.array(self.trained_on), **halves)


def digest(folder: Path = SEED_FOLDER) -> str:
    """SHA-256 of what a head is trained on: the seed lines and the wordings that it sees met."""
    wordings = (f"{name}\0{pattern.pattern}\0".encode() for name, pattern in list_wordings())
    return _sha256(*_talks(folder), *wordings)


def digest_talks(folder: Path = SEED_FOLDER) -> str:
    """SHA-256 of the seed lines alone."""
    return _sha256(*_talks(folder))


def _talks(folder: Path) -> Iterator[bytes]:
    for file in sorted(folder.glob("numbers*.jsonl")):
        yield file.name.encode() + b"\0" + file.read_bytes() + b"\0"


def _sha256(*parts: bytes) -> str:
    return hashlib.sha256(b"".join(parts)).hexdigest()
