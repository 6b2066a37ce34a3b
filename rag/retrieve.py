"""Search: nearest vectors, matching words and what is wanted, fused; then how sure we may be that the best answers."""

from collections.abc import Collection, Sequence
from typing import Final

import numpy as np
import sqlalchemy as sa
import structlog

from core.domain.turn import Found, Hit, Query, Vector
from core.errors import Unavailable
from core.ports import Embedder
from core.storage.database import Database
from rag import keywords
from rag.calibrate import UNMEASURED, Calibration
from rag.fuse import fuse
from rag.judge import Examined, Looked, Said, judge, rarity, weigh
from rag.passages import Revision, fetch_passages, fetch_sentences, read_revision
from rag.vectors import Nearest, VectorLeg
from rag.wants.find import Wanted, WantFinder, prices_wanted

log = structlog.get_logger()

NEAREST: Final = 60
MATCHING: Final = 30
JUDGED: Final = 75
LEG_WEIGHTS: Final = {"vector": 1.0, "keyword": 0.4, "wanted": 0.4}


class Retriever:
    """Implements the port Knowledge."""

    def __init__(self, *, database: Database, embedder: Embedder, vectors: VectorLeg, calibration: Calibration) -> None:
        self._database = database
        self._embedder = embedder
        self._vectors = vectors
        self._calibration = calibration
        self._wants = WantFinder(embedder.name)

    async def search(self, query: Query) -> Found:
        vector = await self._embed(query)
        wanted = self._wants.find(vector) if vector else ()
        examined = await self._examine(query, vector, wanted)
        calibration = self._calibration if any(seen.evidence.near for seen in examined) else UNMEASURED
        hits = tuple(_hit(seen, calibration) for seen in examined)
        cutoff, floor = calibration.cutoff, calibration.floor
        return Found(hits, bool(hits) and hits[0].score >= cutoff, cutoff, floor, prices_wanted(wanted))

    async def examine(self, query: Query) -> list[Examined]:
        """The passages found, best first, with what speaks for each; a calibration makes scores of it."""
        vector = await self._embed(query)
        return await self._examine(query, vector, self._wants.find(vector) if vector else ())

    async def _examine(self, query: Query, vector: Vector | None, wanted: Sequence[Wanted]) -> list[Examined]:
        near = await self._find_near(vector)
        looked = await self._look_up(query, vector, near, wanted)
        if looked.revision != self._vectors.revision:
            near = await self._find_near(vector, after_refresh=True)
            looked = await self._look_up(query, vector, near, wanted)
        return judge(query, near, looked, self._calibration.weights)

    async def _embed(self, query: Query) -> Vector | None:
        """Without its model the search still has the words."""
        try:
            return query.vector or await self._embedder.embed_query(query.text)
        except Unavailable as error:
            log.warning("search.without_vectors", what=error.what, where=error.where)
            return None

    async def _find_near(self, vector: Vector | None, *, after_refresh: bool = False) -> Nearest:
        """Nor does it need its index."""
        try:
            if after_refresh:
                await self._vectors.refresh()
            return await self._vectors.search(vector, NEAREST) if vector else Nearest(())
        except Unavailable as error:
            log.warning("search.without_vectors", what=error.what, where=error.where)
            return Nearest(())

    async def _look_up(self, query: Query, vector: Vector | None, near: Nearest, wanted: Sequence[Wanted]) -> Looked:
        terms = keywords.search_terms(query.text)
        nearest = [neighbour.passage_id for neighbour in near.neighbours]

        def work(conn: sa.Connection) -> Looked:
            matched = weigh(keywords.find(conn, terms), self._vectors.size, self._vectors.translations)
            revision = read_revision(conn)
            said = self._find_said(conn, revision, wanted)
            legs = {"vector": nearest, "keyword": matched.best(MATCHING), "wanted": _in_order(said, nearest)}
            rows = fetch_passages(conn, fuse(legs, LEG_WEIGHTS)[:JUDGED])
            return Looked(revision, matched, said, legs, rows, self._compare(conn, rows, vector, near))

        return await self._database.read(work)

    def _compare(
        self, conn: sa.Connection, ids: Collection[int], vector: Vector | None, near: Nearest
    ) -> dict[int, list[float]]:
        """Without the index the words alone decide: these passages were not chosen by what they mean."""
        if vector is None or not near.neighbours or not self._calibration.reads_sentences:
            return {}
        asked = np.asarray(vector, dtype=np.float32)
        held = fetch_sentences(conn, ids, len(vector))
        # Not `@`, for the reason that the exact index gives.
        return {passage_id: np.einsum("ij,j->i", rows, asked).tolist() for passage_id, rows in held.items()}

    def _find_said(self, conn: sa.Connection, revision: Revision, wanted: Sequence[Wanted]) -> list[Said]:
        if not wanted:
            return []
        found, size = self._wants.find_said(conn, revision), self._vectors.size
        return [
            Said(each.weight, ids, rarity(len(ids), size), each.is_choosing)
            for each in wanted
            for ids in (found[each.place],)
        ]


def _hit(seen: Examined, calibration: Calibration) -> Hit:
    evidence = seen.evidence
    sentences = tuple(calibration.weights.sentence * closeness for closeness in seen.sentences)
    return Hit(seen.passage, calibration.score(evidence), seen.ranks, evidence.worth, evidence.wanted, sentences)


def _in_order(said: Sequence[Said], nearest: Sequence[int]) -> list[int]:
    """Passages that say what is wanted: those of the surest want first, the nearer ones before the others."""
    places = {passage_id: place for place, passage_id in enumerate(nearest)}
    ordered = (sorted(each.passages, key=lambda n: (places.get(n, len(places)), n)) for each in said)
    return list(dict.fromkeys(passage_id for ids in ordered for passage_id in ids))[:MATCHING]
