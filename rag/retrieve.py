"""Search: nearest vectors and matching words, fused; then how sure we may be that the best hit answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import sqlalchemy as sa

from core.domain.turn import Found, Hit, Passage, Query
from core.domain.vocabulary import LANGUAGES
from core.ports import Embedder
from core.storage.database import Database
from rag import keywords
from rag.calibrate import Calibration, Evidence
from rag.fuse import fuse, one_language_a_topic
from rag.index import Neighbour
from rag.passages import Revision, fetch_passages, read_revision
from rag.terms import fold, stems
from rag.vectors import VectorLeg

CANDIDATES: Final = 30
WEIGHTS: Final = {"vector": 1.0, "keyword": 0.4}


@dataclass(frozen=True, slots=True)
class _Looked:
    """One visit to the database: what the words found, and the rows of both legs."""

    revision: Revision
    keyword: Sequence[int]
    rows: Mapping[int, Passage]


class Retriever:
    """Implements the port Knowledge."""

    def __init__(self, *, database: Database, embedder: Embedder, vectors: VectorLeg, calibration: Calibration) -> None:
        self._database = database
        self._embedder = embedder
        self._vectors = vectors
        self._calibration = calibration

    async def search(self, query: Query) -> Found:
        vector = query.vector or await self._embedder.embed_query(query.text)
        near = await self._vectors.search(vector, CANDIDATES)
        looked = await self._look_up(query, near)
        if looked.revision != self._vectors.revision:
            await self._vectors.refresh()
            near = await self._vectors.search(vector, CANDIDATES)
            looked = await self._look_up(query, near)
        return self._judge(query, near, looked)

    async def _look_up(self, query: Query, near: Sequence[Neighbour]) -> _Looked:
        terms = keywords.search_terms(query.text)

        def work(conn: sa.Connection) -> _Looked:
            matching = keywords.search(conn, terms, CANDIDATES)
            rows = fetch_passages(conn, {neighbour.passage_id for neighbour in near} | set(matching))
            return _Looked(read_revision(conn), matching, rows)

        return await self._database.read(work)

    def _judge(self, query: Query, near: Sequence[Neighbour], looked: _Looked) -> Found:
        legs = {"vector": [neighbour.passage_id for neighbour in near], "keyword": looked.keyword}
        ordered = [looked.rows[passage_id] for passage_id in fuse(legs, WEIGHTS) if passage_id in looked.rows]
        chosen = one_language_a_topic(ordered, preferred_languages(query.language))[: query.limit]
        similarity = {neighbour.passage_id: neighbour.similarity for neighbour in near}
        least = min(similarity.values(), default=0.0)
        asked = stems(query.text)
        hits = tuple(
            Hit(
                passage,
                self._calibration.score(Evidence(similarity.get(passage.id, least), coverage(asked, passage))),
                {name: leg.index(passage.id) + 1 for name, leg in legs.items() if passage.id in leg},
            )
            for passage in chosen
        )
        cutoff = self._calibration.cutoff
        return Found(hits, bool(hits) and hits[0].score >= cutoff, cutoff)


def preferred_languages(language: str) -> list[str]:
    """The customer's own first, then the others in the product's order."""
    return [language, *(other for other in LANGUAGES if other != language)]


def coverage(asked: Sequence[str], passage: Passage) -> float:
    """The share of the stems that stand in the passage or its headings."""
    text = fold(f"{passage.heading}\n{passage.text}")
    return sum(term in text for term in asked) / len(asked) if asked else 0.0
