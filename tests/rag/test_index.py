import time
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import numpy as np
import pytest

from core.errors import Unavailable
from rag.index import ChromaIndex, Entry, ExactIndex, VectorIndex
from rag.passages import Matrix

CENTRE = np.asarray([0.5, 0.0, 0.0, 0.0], dtype=np.float32)
EYE = np.eye(4, dtype=np.float32)

BUILDERS: dict[str, Callable[[Path], VectorIndex]] = {
    "exact": lambda folder: ExactIndex(),
    "chroma": lambda folder: ChromaIndex(place=folder, embedder="letters"),
}


@pytest.fixture(params=BUILDERS)
async def index(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[VectorIndex]:
    index = BUILDERS[request.param](tmp_path / "vectors")
    yield index
    await index.close()


def entries(*ids: int) -> list[Entry]:
    return [Entry(n, f"digest{n}") for n in ids]


def unit(*numbers: float) -> Matrix:
    vector = np.asarray(numbers, dtype=np.float32)
    length: Matrix = vector / np.linalg.norm(vector)
    return length


async def test_a_new_index_is_empty(index: VectorIndex) -> None:
    assert await index.keys() == set()
    assert await index.centre() is None
    assert await index.search(EYE[0], 5) == []


async def test_the_nearest_come_first_with_their_cosine(index: VectorIndex) -> None:
    await index.replace(entries(1, 2, 3), EYE[:3], CENTRE)
    found = await index.search(unit(3, 4, 0, 0), 2)
    assert [neighbour.passage_id for neighbour in found] == [2, 1]
    assert [neighbour.similarity for neighbour in found] == pytest.approx([0.8, 0.6], abs=1e-5)


async def test_it_remembers_its_centre_and_keys(index: VectorIndex) -> None:
    await index.replace(entries(1, 2), EYE[:2], CENTRE)
    centre = await index.centre()
    assert centre is not None
    assert centre.tolist() == CENTRE.tolist()
    assert await index.keys() == {entry.key for entry in entries(1, 2)}


async def test_an_update_adds_and_removes(index: VectorIndex) -> None:
    await index.replace(entries(1, 2), EYE[:2], CENTRE)
    await index.update(entries(3), EYE[2:3], gone={Entry(1, "digest1").key})
    assert await index.keys() == {entry.key for entry in entries(2, 3)}
    assert {neighbour.passage_id for neighbour in await index.search(EYE[0], 5)} == {2, 3}


async def test_replacing_leaves_nothing_of_what_was(index: VectorIndex) -> None:
    await index.replace(entries(1, 2, 3), EYE[:3], CENTRE)
    await index.replace(entries(9), EYE[3:], CENTRE * 2)
    assert [neighbour.passage_id for neighbour in await index.search(EYE[0], 5)] == [9]
    await index.replace([], EYE[:0], CENTRE)
    assert await index.search(EYE[0], 5) == []


async def test_a_reused_id_with_another_text_has_another_key(index: VectorIndex) -> None:
    assert Entry(1, "one text").key != Entry(1, "other text").key


async def test_more_than_a_portion_is_written_and_found(index: VectorIndex) -> None:
    vectors = np.random.default_rng(1).normal(size=(2500, 4)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    await index.replace(entries(*range(2500)), vectors, CENTRE)
    assert len(await index.keys()) == 2500
    assert (await index.search(vectors[1234], 1))[0].similarity == pytest.approx(1.0, abs=1e-4)


async def test_chroma_keeps_its_vectors_over_a_restart(tmp_path: Path) -> None:
    first = ChromaIndex(place=tmp_path, embedder="letters")
    await first.replace(entries(1), EYE[:1], CENTRE)
    await first.close()
    second = ChromaIndex(place=tmp_path, embedder="letters")
    assert [neighbour.passage_id for neighbour in await second.search(EYE[0], 3)] == [1]
    assert await second.centre() is not None
    await second.close()


async def test_another_embedder_has_an_index_of_its_own(tmp_path: Path) -> None:
    letters, words = (ChromaIndex(place=tmp_path, embedder=name) for name in ("letters", "words"))
    await letters.replace(entries(1), EYE[:1], CENTRE)
    assert await words.keys() == set()
    await letters.close()
    await words.close()


async def test_a_server_that_does_not_answer_is_told_with_its_address() -> None:
    index = ChromaIndex(place="http://127.0.0.1:9", embedder="letters")
    with pytest.raises(Unavailable, match=r"127\.0\.0\.1:9") as told:
        await index.keys()
    assert "server" in told.value.hint


async def test_a_server_that_is_silent_is_not_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rag.index.SEARCH_LIMIT_S", 0.05)
    index = ChromaIndex(place=tmp_path, embedder="letters")
    await index.replace(entries(1), EYE[:1], CENTRE)
    monkeypatch.setattr(index._collection, "query", lambda **_: time.sleep(0.3))
    with pytest.raises(Unavailable, match="no answer in time"):
        await index.search(EYE[0], 3)
    await index.close()


async def test_a_folder_that_cannot_be_used_is_told_with_its_path(tmp_path: Path) -> None:
    file = tmp_path / "vectors"
    file.write_text("not a folder")
    with pytest.raises(Unavailable, match="vectors"):
        await ChromaIndex(place=file, embedder="letters").keys()
