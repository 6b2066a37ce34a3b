"""Search: nearest vectors and matching words, fused; then how sure we may be that the best hit answers."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import sqlalchemy as sa
import structlog

from core.domain.turn import Found, Hit, Passage, Query
from core.domain.vocabulary import LANGUAGES
from core.errors import Unavailable
from core.ports import Embedder
from core.storage.database import Database
from rag import keywords
from rag.calibrate import Calibration, Evidence
from rag.expectations import expected_form
from rag.fuse import fuse, one_language_a_topic
from rag.passages import Revision, fetch_passages, read_revision
from rag.vectors import Nearest, VectorLeg

log = structlog.get_logger()

NEAREST: Final = 45
MATCHING: Final = 20
JUDGED: Final = 45
LEG_WEIGHTS: Final = {"vector": 1.0, "keyword": 0.4}
WORDS_WEIGHT: Final = 0.4
"""What matching all words is worth, in units of cosine."""
FORM_WEIGHT: Final = 0.03
"""What it is worth to hold an amount, a time or a place when one is asked for."""
TOPIC_WEIGHT: Final = 0.1
"""What it is worth to be of the topic that a short question goes on with."""


@dataclass(frozen=True, slots=True)
class Examined:
    """A passage with what speaks for it and its place in each leg."""

    passage: Passage
    evidence: Evidence
    ranks: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class _Matched:
    """What the words found: the share of the question's weight in each passage, and of words found nowhere."""

    coverage: Mapping[int, float]
    unknown: float

    def best(self, limit: int) -> list[int]:
        return sorted(self.coverage, key=lambda passage_id: (-self.coverage[passage_id], passage_id))[:limit]


@dataclass(frozen=True, slots=True)
class _Looked:
    """One visit to the database."""

    revision: Revision
    matched: _Matched
    legs: Mapping[str, Sequence[int]]
    rows: Mapping[int, Passage]


class Retriever:
    """Implements the port Knowledge."""

    def __init__(self, *, database: Database, embedder: Embedder, vectors: VectorLeg, calibration: Calibration) -> None:
        self._database = database
        self._embedder = embedder
        self._vectors = vectors
        self._calibration = calibration

    async def search(self, query: Query) -> Found:
        examined = await self.examine(query)
        hits = tuple(
            Hit(seen.passage, self._calibration.score(seen.evidence), seen.ranks, seen.evidence.worth)
            for seen in examined
        )
        cutoff = self._calibration.cutoff
        return Found(hits, bool(hits) and hits[0].score >= cutoff, cutoff)

    async def examine(self, query: Query) -> list[Examined]:
        """The passages found, best first, with what speaks for each; a calibration makes scores of it."""
        near = await self._find_near(query)
        looked = await self._look_up(query, near)
        if looked.revision != self._vectors.revision:
            near = await self._find_near(query, after_refresh=True)
            looked = await self._look_up(query, near)
        return _judge(query, near, looked)

    async def _find_near(self, query: Query, *, after_refresh: bool = False) -> Nearest:
        """Without its model or its index the search still has the words."""
        try:
            if after_refresh:
                await self._vectors.refresh()
            return await self._vectors.search(query.vector or await self._embedder.embed_query(query.text), NEAREST)
        except Unavailable as error:
            log.warning("search.without_vectors", what=error.what, where=error.where)
            return Nearest((), 0.0)

    async def _look_up(self, query: Query, near: Nearest) -> _Looked:
        terms = keywords.search_terms(query.text)
        nearest = [neighbour.passage_id for neighbour in near.neighbours]

        def work(conn: sa.Connection) -> _Looked:
            matched = _weigh(keywords.find(conn, terms), self._vectors.size)
            legs = {"vector": nearest, "keyword": matched.best(MATCHING)}
            rows = fetch_passages(conn, fuse(legs, LEG_WEIGHTS)[:JUDGED])
            return _Looked(read_revision(conn), matched, legs, rows)

        return await self._database.read(work)


def preferred_languages(language: str) -> list[str]:
    """The customer's own first, then the others in the product's order."""
    return [language, *(other for other in LANGUAGES if other != language)]


def _weigh(found: Sequence[frozenset[int]], passages: int) -> _Matched:
    """Rare words weigh more. A question without significant words is as good as unknown."""
    if not found:
        return _Matched({}, 1.0)
    weights = [max(math.log((passages + 1) / (len(ids) + 1)), 0.1) for ids in found]
    total = sum(weights)
    coverage: dict[int, float] = {}
    for ids, weight in zip(found, weights, strict=True):
        for passage_id in ids:
            coverage[passage_id] = coverage.get(passage_id, 0.0) + weight / total
    return _Matched(coverage, sum(not ids for ids in found) / len(found))


def _judge(query: Query, near: Nearest, looked: _Looked) -> list[Examined]:
    worth = _worth(query, near, looked)
    ordered = [looked.rows[passage_id] for passage_id in sorted(worth, key=lambda n: (-worth[n], n))]
    chosen = one_language_a_topic(ordered, preferred_languages(query.language))
    examined = []
    for passage in chosen[: query.limit]:
        rivals = [worth[other.id] for other in chosen[:2] if other is not passage]
        lead = worth[passage.id] - rivals[0] if rivals else 0.0
        evidence = Evidence(worth[passage.id], lead, near.domain, looked.matched.unknown, query.language)
        ranks = {name: leg.index(passage.id) + 1 for name, leg in looked.legs.items() if passage.id in leg}
        examined.append(Examined(passage, evidence, ranks))
    return examined


def _worth(query: Query, near: Nearest, looked: _Looked) -> dict[int, float]:
    similarity = {neighbour.passage_id: neighbour.similarity for neighbour in near.neighbours}
    least = min(similarity.values(), default=0.0)
    coverage, form = looked.matched.coverage, expected_form(query.text)
    worth = {}
    for passage_id, passage in looked.rows.items():
        worth[passage_id] = similarity.get(passage_id, least) + WORDS_WEIGHT * coverage.get(passage_id, 0.0)
        if form and form.search(passage.text):
            worth[passage_id] += FORM_WEIGHT
        if query.topic and passage.topic == query.topic:
            worth[passage_id] += TOPIC_WEIGHT
    return worth
