"""What customers want to know, as the bank in wants.md lists it, with a vector for each way of asking."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final

import numpy as np
import numpy.typing as npt

from core.errors import Unavailable
from rag.centre import centred
from rag.passages import Matrix

_PLACE: Final = "rag.wants"
_TEXT: Final = "wants.md"
VECTORS: Final = "vectors.npz"
_STEPS: Final = 127
"""A number of a vector is kept as one of so many steps of its row's largest."""


@dataclass(frozen=True, slots=True)
class Want:
    """`says`: an answer mentions of each group one, each the beginning of a word or of several. `asks`: questions."""

    name: str
    says: tuple[tuple[str, ...], ...]
    asks: tuple[str, ...]


def read_wants(text: str) -> tuple[Want, ...]:
    """A heading names a want, a quote holds its groups between `+` (`_` is a blank), a list its questions."""
    wants: list[Want] = []
    for block in text.split("\n## ")[1:]:
        name, *lines = block.splitlines()
        says = [line.removeprefix("> ").split(" + ") for line in lines if line.startswith("> ")]
        groups = (tuple(stem.replace("_", " ") for stem in group.split()) for group in says[0])
        asks = tuple(line.removeprefix("- ") for line in lines if line.startswith("- "))
        wants.append(Want(name.strip(), tuple(groups), asks))
    return tuple(wants)


@cache
def list_wants() -> tuple[Want, ...]:
    return read_wants(_read_text())


def bank_digest() -> str:
    """What vectors were made of."""
    return hashlib.sha256(_read_text().encode()).hexdigest()


@cache
def load_vectors(embedder: str) -> Matrix | None:
    """Unit rows, one for each question of the bank in its order; None for an embedder that none were made with.

    Raises Unavailable when they were made of another bank than the one that ships.
    """
    with resources.as_file(resources.files(_PLACE).joinpath(VECTORS)) as path, np.load(path) as stored:
        if str(stored["embedder"]) != embedder:
            return None
        if str(stored["digest"]) != bank_digest():
            hint = "run `python -m benchmarks.wants`"
            raise Unavailable("the vectors belong to another list of wants", where=f"rag/wants/{VECTORS}", hint=hint)
        rows: Matrix = stored["rows"].astype(np.float32)
    return centred(rows, np.zeros_like(rows[0]))


def pack_vectors(vectors: Sequence[Sequence[float]]) -> npt.NDArray[np.int8]:
    """Rows as steps: their length is lost, which unit rows can spare."""
    rows = np.asarray(vectors, dtype=np.float32)
    steps: npt.NDArray[np.int8] = np.rint(rows / np.abs(rows).max(axis=1, keepdims=True) * _STEPS).astype(np.int8)
    return steps


def _read_text() -> str:
    return resources.files(_PLACE).joinpath(_TEXT).read_text("utf-8")
