"""What every knowledge must do, whatever database and index it stands on."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from core.clock import ManualClock
from core.domain.turn import Found, Query
from core.embedding.scripted import ScriptedEmbedder
from core.ports import Document, Knowledge, KnowledgeWriter
from core.storage.database import Database
from rag.calibrate import Calibration
from rag.index import ChromaIndex, ExactIndex, VectorIndex
from rag.ingest import Ingest
from rag.retrieve import Retriever
from rag.vectors import VectorLeg

INDEXES: dict[str, Callable[[Path], VectorIndex]] = {
    "exact": lambda folder: ExactIndex(),
    "chroma": lambda folder: ChromaIndex(place=folder, embedder="scripted"),
}
# The scripted embedder sees letters, not meaning: only clear words can be told from nonsense here.
CALIBRATION = Calibration(bias=0.0, worth=4.0, lead=2.0, near=0.0, unknown=-4.0, cutoff=0.5)

DELIVERY = Document("delivery.uk.md", "delivery", "uk", "# Доставка\n\nДоставка коштує 120 гривень.")
DELIVERY_EN = Document("delivery.en.md", "delivery", "en", "# Delivery\n\nDelivery costs 120 hryvnias.")
WARRANTY = Document("warranty.uk.md", "warranty", "uk", "# Гарантія\n\nГарантія триває 24 місяці.")
WHOLESALE_RU = Document("wholesale.ru.md", "wholesale", "ru", "# Опт\n\nОптовые заказы от десяти килограммов.")


@dataclass(frozen=True, slots=True)
class Both:
    """The two sides of one knowledge, as the ports see them."""

    reader: Knowledge
    writer: KnowledgeWriter

    async def ask(self, text: str, language: str = "uk", limit: int = 5) -> Found:
        return await self.reader.search(Query(text, language, limit=limit))

    async def fill(self, *documents: Document) -> None:
        for document in documents:
            await self.writer.add(document)


@pytest.fixture(params=INDEXES)
async def knowledge(request: pytest.FixtureRequest, database: Database, tmp_path: Path) -> AsyncIterator[Both]:
    embedder = ScriptedEmbedder()
    index = INDEXES[request.param](tmp_path / "vectors")
    vectors = VectorLeg(database=database, index=index, embedder=embedder)
    reader = Retriever(database=database, embedder=embedder, vectors=vectors, calibration=CALIBRATION)
    writer = Ingest(database=database, embedder=embedder, vectors=vectors, clock=ManualClock())
    yield Both(reader, writer)
    await index.close()


async def test_an_empty_knowledge_knows_nothing(knowledge: Both) -> None:
    found = await knowledge.ask("Скільки коштує доставка?")
    assert found.hits == ()
    assert not found.enough


async def test_the_passage_that_answers_comes_first_and_is_enough(knowledge: Both) -> None:
    await knowledge.fill(DELIVERY, WARRANTY, WHOLESALE_RU)
    found = await knowledge.ask("Скільки коштує доставка?")
    best = found.hits[0]
    assert (best.passage.source, best.passage.topic, best.passage.language) == ("delivery.uk.md", "delivery", "uk")
    assert (best.passage.heading, best.passage.text) == ("Доставка", "Доставка коштує 120 гривень.")
    assert found.enough
    assert best.ranks["vector"] >= 1
    assert best.ranks["keyword"] == 1


async def test_below_the_cutoff_it_does_not_know(knowledge: Both) -> None:
    await knowledge.fill(DELIVERY, WARRANTY)
    found = await knowledge.ask("Чи є у вас жирафи?")
    assert not found.enough
    assert all(hit.score < found.cutoff for hit in found.hits)


async def test_scores_are_between_zero_and_one(knowledge: Both) -> None:
    await knowledge.fill(DELIVERY, WARRANTY, WHOLESALE_RU)
    for text in ("доставка", "гарантія 24", "zzz", "", "🙂", "слово " * 400):
        found = await knowledge.ask(text)
        assert all(0.0 <= hit.score <= 1.0 for hit in found.hits)
        assert found.enough == bool(found.hits and found.hits[0].score >= found.cutoff)


async def test_translations_of_a_topic_are_one_hit_in_the_customers_language(knowledge: Both) -> None:
    await knowledge.fill(DELIVERY, DELIVERY_EN, WARRANTY)
    for language, source in (("uk", "delivery.uk.md"), ("en", "delivery.en.md")):
        found = await knowledge.ask("доставка delivery 120", language)
        assert [hit.passage.source for hit in found.hits if hit.passage.topic == "delivery"] == [source]


async def test_what_is_known_in_another_language_only_is_found(knowledge: Both) -> None:
    await knowledge.fill(DELIVERY, WHOLESALE_RU)
    found = await knowledge.ask("оптовые заказы", "uk")
    assert found.hits[0].passage.language == "ru"


async def test_no_more_hits_than_asked_for(knowledge: Both) -> None:
    await knowledge.fill(*(Document(f"t{n}.uk.md", f"t{n}", "uk", f"доставка номер {n}") for n in range(9)))
    assert len((await knowledge.ask("доставка", limit=4)).hits) == 4


async def test_a_replaced_document_is_found_with_its_new_text_only(knowledge: Both) -> None:
    await knowledge.fill(DELIVERY)
    changed = Document(DELIVERY.source, DELIVERY.topic, "uk", "# Доставка\n\nДоставка коштує 150 гривень.")
    assert await knowledge.writer.add(changed) == 1
    texts = [hit.passage.text for hit in (await knowledge.ask("доставка")).hits]
    assert texts == ["Доставка коштує 150 гривень."]


async def test_a_retracted_document_is_not_found(knowledge: Both) -> None:
    await knowledge.fill(DELIVERY, WARRANTY)
    assert await knowledge.writer.retract(DELIVERY.source) == 1
    found = await knowledge.ask("Скільки коштує доставка?")
    assert [hit.passage.topic for hit in found.hits] == ["warranty"]


async def test_adding_twice_and_retracting_twice_do_nothing_more(knowledge: Both) -> None:
    assert await knowledge.writer.add(DELIVERY) == 1
    assert await knowledge.writer.add(DELIVERY) == 0
    assert await knowledge.writer.retract(DELIVERY.source) == 1
    assert await knowledge.writer.retract(DELIVERY.source) == 0


async def test_a_given_vector_is_used_instead_of_embedding(knowledge: Both) -> None:
    await knowledge.fill(DELIVERY, WARRANTY)
    vector = (await ScriptedEmbedder().embed_passages(["Гарантія Гарантія триває 24 місяці."]))[0]
    found = await knowledge.reader.search(Query("?", "uk", vector=vector))
    assert found.hits[0].passage.topic == "warranty"
