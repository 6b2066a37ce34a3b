from datetime import timedelta

import numpy as np
import pytest
import sqlalchemy as sa

from core.domain.turn import Passage
from core.ports import Document
from core.storage.database import Database
from rag import passages as stored
from rag.passages import Embedded, NewPassage
from rag.split import Piece
from tests.rag.texts import START


def document(source: str = "delivery.uk.md", language: str = "uk") -> Document:
    return Document(source, source.split(".")[0], language, "")


def new(*texts: str) -> list[NewPassage]:
    return [
        NewPassage(
            Piece(n, "Heading", text),
            f"digest of {text}",
            Embedded(np.full(4, len(text), dtype=np.float32).tobytes(), b""),
        )
        for n, text in enumerate(texts)
    ]


async def save(database: Database, *texts: str, source: str = "delivery.uk.md", digest: str = "d") -> int:
    return await database.write(lambda conn: stored.save_document(conn, document(source), digest, new(*texts), START))


async def rows(database: Database) -> list[tuple[int, int, str]]:
    chosen = sa.text("SELECT id, position, text FROM passages ORDER BY document_id, position")
    return await database.read(lambda conn: [tuple(row) for row in conn.execute(chosen)])


async def test_a_document_is_read_back_as_passages(database: Database) -> None:
    assert await save(database, "one", "two") == 2
    ids = [row[0] for row in await rows(database)]
    found = await database.read(lambda conn: stored.fetch_passages(conn, [*ids, 99999]))
    assert found[ids[0]] == Passage(ids[0], "delivery.uk.md", "delivery", "uk", "Heading", "one")
    assert set(found) == set(ids)


async def test_an_unchanged_passage_keeps_its_row_when_its_neighbours_change(database: Database) -> None:
    await save(database, "one", "two", "three")
    before = {text: passage_id for passage_id, _, text in await rows(database)}
    assert await save(database, "zero", "three", "one") == 1
    after = await rows(database)
    assert [(position, text) for _, position, text in after] == [(0, "zero"), (1, "three"), (2, "one")]
    assert {text: passage_id for passage_id, _, text in after if text in before} == {
        "one": before["one"],
        "three": before["three"],
    }


async def test_the_same_text_twice_in_a_document_has_two_rows(database: Database) -> None:
    assert await save(database, "one", "one") == 2
    assert await save(database, "one", "one", "one") == 1
    assert await save(database, "one") == 0
    assert len(await rows(database)) == 1


async def test_a_removed_source_loses_its_passages(database: Database) -> None:
    await save(database, "one", "two")
    await save(database, "three", source="payment.uk.md")
    assert await database.write(lambda conn: stored.remove_document(conn, "delivery.uk.md")) == 2
    assert await database.write(lambda conn: stored.remove_document(conn, "delivery.uk.md")) == 0
    assert [source.source for source in await database.read(stored.list_sources)] == ["payment.uk.md"]
    assert [row[2] for row in await rows(database)] == ["three"]


async def test_sources_are_listed_with_what_they_hold(database: Database) -> None:
    await save(database, "one", "two", digest="abc")
    await save(database, source="empty.uk.md")
    delivery, empty = await database.read(stored.list_sources)
    assert (delivery.source, delivery.topic, delivery.language) == ("delivery.uk.md", "delivery", "uk")
    assert (delivery.digest, delivery.passages, delivery.updated_at) == ("abc", 2, START)
    assert empty.passages == 0


async def test_the_revision_changes_with_every_change_even_when_the_clock_stands(database: Database) -> None:
    seen = {await database.read(stored.read_revision)}
    for texts in (["one"], ["one", "two"], ["two"]):
        await save(database, *texts)
        seen.add(await database.read(stored.read_revision))
    await save(database, "three", source="payment.uk.md")
    seen.add(await database.read(stored.read_revision))
    await database.write(lambda conn: stored.remove_document(conn, "delivery.uk.md"))
    seen.add(await database.read(stored.read_revision))
    assert len(seen) == 6
    assert await database.read(stored.read_revision) in seen


async def test_a_later_change_carries_its_own_time(database: Database) -> None:
    await save(database, "one")
    later = START + timedelta(hours=1)
    await database.write(lambda conn: stored.save_document(conn, document(), "e", new("two"), later))
    assert (await database.read(stored.list_sources))[0].updated_at == later


async def test_vectors_are_found_by_what_they_were_made_of(database: Database) -> None:
    await save(database, "one", "three")
    found = await database.read(lambda conn: stored.find_vectors(conn, ["digest of three", "unknown"]))
    assert found == {"digest of three": Embedded(np.full(4, 5, dtype=np.float32).tobytes())}
    assert await database.read(lambda conn: stored.find_vectors(conn, [f"{n}" for n in range(2000)])) == {}


async def test_sentences_of_a_passage_are_rows_and_those_of_another_size_wait(database: Database) -> None:
    rows = np.arange(8, dtype=np.float32)
    passages = [
        NewPassage(Piece(0, "", "two"), "d0", Embedded(rows[:4].tobytes(), rows.tobytes())),
        NewPassage(Piece(1, "", "none"), "d1", Embedded(rows[:4].tobytes())),
        NewPassage(Piece(2, "", "half as wide"), "d2", Embedded(rows[:2].tobytes(), rows[:4].tobytes())),
        NewPassage(Piece(3, "", "twice as wide"), "d3", Embedded(rows.tobytes(), rows.tobytes())),
    ]
    await database.write(lambda conn: stored.save_document(conn, document(), "d", passages, START))
    held = await database.read(lambda conn: stored.fetch_sentences(conn, [1, 2, 3, 4], 4))
    assert {passage_id: vectors.tolist() for passage_id, vectors in held.items()} == {1: [[0, 1, 2, 3], [4, 5, 6, 7]]}


async def test_vectors_are_loaded_as_one_matrix(database: Database) -> None:
    await save(database, "one", "three")
    loaded = await database.read(lambda conn: stored.load_vectors(conn, 4))
    assert loaded.vectors.tolist() == [[3.0] * 4, [5.0] * 4]
    assert loaded.digests == ("digest of one", "digest of three")
    assert list(loaded.ids) == [row[0] for row in await rows(database)]


@pytest.mark.parametrize("dimensions", [3, 8])
async def test_vectors_of_another_size_are_left_out(database: Database, dimensions: int) -> None:
    await save(database, "one")
    loaded = await database.read(lambda conn: stored.load_vectors(conn, dimensions))
    assert loaded.ids == ()
    assert loaded.vectors.shape == (0, dimensions)
