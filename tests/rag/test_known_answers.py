"""What was found is kept for the same question, and for nothing else."""

import asyncio
import socket
import time
from dataclasses import dataclass, field, replace

import pytest

from core.clock import ManualClock
from core.domain.turn import Found, Hit, Passage, Query, Vector
from core.embedding.scripted import ScriptedEmbedder
from core.errors import Unavailable
from core.ports import Document
from core.storage.database import Database
from rag.cache import Cache
from rag.index import ExactIndex
from rag.ingest import Ingest
from rag.known_answers import KnownAnswers
from rag.vectors import VectorLeg
from tests.servers import start_valkey

PARKING = Query("Чи є у вас парковка?", "uk", scope="1")


@dataclass
class Library:
    """Says the same of everything, and remembers what it was asked."""

    text: str = "У дворі шість місць."
    asked: list[str] = field(default_factory=list)

    async def search(self, query: Query) -> Found:
        self.asked.append(query.text)
        passage = Passage(1, "parking.uk.md", "parking", "uk", "Парковка", self.text)
        return Found((Hit(passage, 0.9, {"vector": 1}, 0.7, sentences=(0.5, 1.0)),), True, 0.5)


class SilentEmbedder(ScriptedEmbedder):
    async def embed_query(self, text: str) -> Vector:
        raise Unavailable("no model")


@pytest.fixture
def library() -> Library:
    return Library()


@pytest.fixture
def answers(database: Database, library: Library) -> KnownAnswers:
    return build(database, library)


def build(database: Database, library: Library, cache: Cache | None = None) -> KnownAnswers:
    return KnownAnswers(inner=library, cache=cache or Cache(), database=database, embedder=ScriptedEmbedder())


async def test_the_same_question_is_searched_for_once(answers: KnownAnswers, library: Library) -> None:
    first = await answers.search(PARKING)
    assert await answers.search(replace(PARKING, text="чи є у вас  ПАРКОВКА?".replace("  ", " "))) == first
    assert len(library.asked) == 1
    assert (answers.served, answers.missed) == (1, 1)


async def test_the_same_question_in_other_words_is_served_too(answers: KnownAnswers, library: Library) -> None:
    await answers.search(PARKING)
    await answers.search(replace(PARKING, text="А парковка у вас є?"))
    assert len(library.asked) == 1


@pytest.mark.parametrize(
    "other",
    [
        replace(PARKING, text="Чи є у вас парковка в суботу?"),
        replace(PARKING, language="ru"),
        replace(PARKING, scope="2"),
        replace(PARKING, limit=3),
    ],
    ids=["another-question", "language", "firm-or-playbook", "limit"],
)
async def test_whatever_an_answer_depends_on_makes_it_another(
    answers: KnownAnswers, library: Library, other: Query
) -> None:
    await answers.search(PARKING)
    await answers.search(other)
    assert len(library.asked) == 2


@pytest.mark.parametrize(
    "query",
    [
        replace(PARKING, sku="V-1"),
        replace(PARKING, topic="parking"),
        replace(PARKING, text="Скільки коштує доставка?"),
        replace(PARKING, text="where is my order?", language="en"),
        replace(PARKING, text="мій заказ 1234567 где?", language="ru"),
        replace(PARKING, text="напишіть на a@b.example"),
    ],
    ids=["product", "topic", "price", "my-order", "number", "mail"],
)
async def test_what_is_personal_priced_or_bound_to_a_talk_is_never_kept(
    answers: KnownAnswers, library: Library, query: Query
) -> None:
    await answers.search(query)
    await answers.search(query)
    assert len(library.asked) == 2
    assert answers.served == 0


async def test_an_answer_that_says_a_price_is_never_kept(database: Database) -> None:
    library = Library(text="Парковка коштує 50 грн на день.")
    answers = build(database, library)
    await answers.search(PARKING)
    await answers.search(PARKING)
    assert len(library.asked) == 2


async def test_a_change_of_the_knowledge_empties_it(
    answers: KnownAnswers, library: Library, database: Database
) -> None:
    embedder = ScriptedEmbedder()
    vectors = VectorLeg(database=database, index=ExactIndex(), embedder=embedder)
    ingest = Ingest(database=database, embedder=embedder, vectors=vectors, clock=ManualClock())
    document = Document("parking.uk.md", "parking", "uk", "# Парковка\n\nУ дворі.")
    await answers.search(PARKING)
    await ingest.add(document)
    await answers.search(PARKING)
    assert len(library.asked) == 2
    await ingest.add(document)
    await answers.search(PARKING)
    assert len(library.asked) == 2
    await ingest.add(replace(document, text="# Парковка\n\nНа вулиці."))
    await answers.search(PARKING)
    assert len(library.asked) == 3


async def test_processes_share_it_through_a_server(database: Database, library: Library) -> None:
    one, other = (Cache(url=start_valkey(), namespace="test-known-answers") for _ in range(2))
    scope = replace(PARKING, scope=str(time.time_ns()))
    await build(database, library, one).search(scope)
    await build(database, library, other).search(replace(scope, text="А парковка у вас є?"))
    await one.close()
    await other.close()
    assert len(library.asked) == 1


async def test_a_silent_server_delays_nobody_for_long(database: Database, library: Library) -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        cache = Cache(url=f"redis://127.0.0.1:{silent.getsockname()[1]}/0")
        answers = build(database, library, cache)
        await cache.get("warm up the imports")
        cache = Cache(url=f"redis://127.0.0.1:{silent.getsockname()[1]}/0")
        answers = build(database, library, cache)
        async with asyncio.timeout(5):
            assert (await answers.search(PARKING)).enough
            assert (await answers.search(PARKING)).enough
        await cache.close()
    assert answers.served == 0


async def test_without_vectors_the_exact_question_is_still_known(database: Database, library: Library) -> None:
    answers = KnownAnswers(inner=library, cache=Cache(), database=database, embedder=SilentEmbedder())
    await answers.search(PARKING)
    await answers.search(PARKING)
    assert len(library.asked) == 1


async def test_what_is_kept_can_be_listed_until_the_firm_changes(answers: KnownAnswers) -> None:
    await answers.search(replace(PARKING, scope="playbook/1"))
    await answers.search(replace(PARKING, text="Чи є у вас душ?", scope="playbook/1"))
    await answers.search(replace(PARKING, text="Скільки коштує паркування?", scope="playbook/1"))
    assert [(kept.text, kept.sources) for kept in await answers.kept("1")] == [
        ("Чи є у вас душ?", ("parking.uk.md",)),
        ("Чи є у вас парковка?", ("parking.uk.md",)),
    ]
    assert await answers.kept("2") == []
