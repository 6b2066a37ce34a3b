"""The trained part of reading: a logistic head over a text's vector and its letters, numpy alone."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar
from zipfile import BadZipFile

import numpy as np
import numpy.typing as npt

from core.domain.turn import Vector
from core.errors import Unavailable
from core.understanding.features import BUCKETS, buckets

ACTS = "acts"
COMMITMENTS = "commitments"
HEAD_FILE = Path(__file__).with_name(f"{ACTS}.npz")
COMMITMENTS_FILE = Path(__file__).with_name(f"{COMMITMENTS}.npz")
SEED_FOLDER = Path(__file__).with_name("seed")

Floats = npt.NDArray[np.float32]
Read = TypeVar("Read")


@dataclass(frozen=True, slots=True)
class Letters:
    """Weights of the hashed pieces: small integers times a scale for each class, which halves the file."""

    weights: npt.NDArray[np.int8]
    scale: Floats
    bias: Floats

    def score(self, text: str) -> Floats:
        """One score a class."""
        places = buckets(text)
        total = self.weights[places].sum(axis=0, dtype=np.int32) / max(len(places), 1) ** 0.5
        scores: Floats = (total * self.scale + self.bias).astype(np.float32)
        return scores


@dataclass(frozen=True, slots=True)
class Head:
    """`beside` are the letters' weights next to a vector of `embedder`, `alone` those for texts without one."""

    classes: tuple[str, ...]
    embedder: str
    seed_sha256: str
    mean: Floats
    weights: Floats
    beside: Letters
    alone: Letters

    def predict(self, text: str, vector: Vector | None = None) -> dict[str, float]:
        """The probability of each class; they add up to 1. `vector` must come from the head's own embedder."""
        if vector is None:
            scores = self.alone.score(text)
        else:
            centred: Floats = np.asarray(vector, dtype=np.float32) - self.mean
            centred /= max(float(np.linalg.norm(centred)), 1e-9)
            scores = centred @ self.weights + self.beside.score(text)
        powers = np.exp(scores - scores.max())
        return dict(zip(self.classes, (powers / powers.sum()).tolist(), strict=True))

    @classmethod
    def load(cls, file: Path = HEAD_FILE) -> "Head":
        """Raises Unavailable when the file is missing or is no head."""
        return load_head(file, cls._read, train_with="core.understanding.train")

    @classmethod
    def _read(cls, data: Any) -> "Head":
        beside, alone = (
            Letters(data[f"{kind}_weights"], data[f"{kind}_scale"], data[f"{kind}_bias"])
            for kind in ("beside", "alone")
        )
        if beside.weights.shape[0] != BUCKETS:
            raise ValueError(f"it has {beside.weights.shape[0]} buckets, the code has {BUCKETS}")
        return cls(
            classes=tuple(str(name) for name in data["classes"]),
            embedder=str(data["embedder"]),
            seed_sha256=str(data["seed_sha256"]),
            mean=data["mean"].astype(np.float32),
            weights=data["weights"].astype(np.float32),
            beside=beside,
            alone=alone,
        )

    def save(self, file: Path = HEAD_FILE) -> None:
        np.savez_compressed(
            file,
            classes=np.array(self.classes),
            embedder=np.array(self.embedder),
            seed_sha256=np.array(self.seed_sha256),
            mean=self.mean.astype(np.float16),
            weights=self.weights.astype(np.float16),
            beside_weights=self.beside.weights,
            beside_scale=self.beside.scale,
            beside_bias=self.beside.bias,
            alone_weights=self.alone.weights,
            alone_scale=self.alone.scale,
            alone_bias=self.alone.bias,
        )


def load_head(file: Path, read: Callable[[Any], Read], *, train_with: str) -> Read:
    """What `read` makes of the file's arrays. Raises Unavailable when it is missing or is no head."""
    try:
        with np.load(file, allow_pickle=False) as data:
            return read(data)
    except (OSError, EOFError, ValueError, KeyError, BadZipFile) as error:
        hint = f"train it again: `python -m {train_with}`"
        raise Unavailable(f"The trained head cannot be read: {error}", where=str(file), hint=hint) from error


def seed_files(folder: Path = SEED_FOLDER, subject: str = ACTS) -> list[Path]:
    return sorted(folder.glob(f"{subject}.*.tsv"))


def seed_digest(folder: Path = SEED_FOLDER, subject: str = ACTS) -> str:
    """SHA-256 over the names and bytes of the seed files: which lines a head was trained on."""
    digest = hashlib.sha256()
    for file in seed_files(folder, subject):
        digest.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()
