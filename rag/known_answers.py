"""A memory of what was found for a question: the same question, also in other words, is not searched for again."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from datetime import timedelta
from typing import Any, Final

import numpy as np

from core.domain.amounts import find_amounts
from core.domain.turn import Found, Hit, Passage, Query, Vector
from core.errors import Unavailable
from core.ports import Embedder, Knowledge
from core.storage.database import Database
from rag.cache import Cache
from rag.centre import centred
from rag.expectations import asks_for_money
from rag.kept_questions import Kept, KeptQuestions
from rag.passages import read_revision
from rag.same_question import Signature, say_the_same, sign
from rag.terms import fold
from rag.typical_questions import find_query_mean

LIFE: Final = timedelta(days=1)
_FORM: Final = "2"
"""Part of every key: raise it when an entry is written otherwise, and processes of two versions can share a cache."""
NEAR: Final = 0.45
"""Cosine of two centred questions; what tells them apart was compared before."""

_PERSONAL: Final = re.compile(
    r"@|\d{5,}|\+\d"
    r"|\b(?:мо(?:є|го|му|ї|я|ю|ем|е|й|и|их)|м(?:ій|ої|оїх))\s+(?:замовлен|заказ|посилк|посылк|рахун|счет|дан)"
    r"|\bmy\s+(?:order|parcel|account|data|invoice|booking)",
)


class KnownAnswers:
    """Implements the port Knowledge around another one. What it holds is keyed by language, playbook, the firm's
    version and the knowledge's revision: a change of any of them is a new beginning, and nothing needs deleting.

    Never kept: what is asked about prices or says one, about a person, or goes on from what was said before.
    `served` counts answers from here, `missed` questions that could have been and were not.
    """

    def __init__(self, *, inner: Knowledge, cache: Cache, database: Database, embedder: Embedder) -> None:
        self.served = 0
        self.missed = 0
        self._inner = inner
        self._cache = cache
        self._database = database
        self._embedder = embedder
        self._kept = KeptQuestions()

    async def kept(self, firm_version: str) -> Sequence[Kept]:
        """The questions that this process would answer from here, under this version of the firm; the newest first."""
        revision = await self._database.read(read_revision)
        return self._kept.list(firm_version, str(revision))

    async def search(self, query: Query) -> Found:
        if not may_be_kept(query):
            return await self._inner.search(query)
        scope = await self._scope(query)
        exact, twin = _key(scope, fold(query.text).strip()), _key(scope, *map(repr, sign_query(query).kernel))
        known = await self._cache.get(exact)
        if known is None:
            known, query = await self._find_twin(twin, query)
        if known is not None:
            self.served += 1
            return read_found(known["found"])
        self.missed += 1
        found = await self._inner.search(query)
        if not says_a_price(found):
            told = {**asdict(found), "hits": [asdict(hit) for hit in found.hits]}
            await self._cache.set(exact, {"found": told}, life=LIFE)
            self._kept.add(query, scope[2], found)
            if query.vector:
                vector = [round(value, 5) for value in query.vector]
                await self._cache.set(twin, {"text": query.text, "vector": vector, "found": told}, life=LIFE)
        return found

    async def _scope(self, query: Query) -> tuple[str, ...]:
        revision = await self._database.read(read_revision)
        return (query.language, query.scope, str(revision), self._embedder.name, str(query.limit), _FORM)

    async def _find_twin(self, key: str, query: Query) -> tuple[Mapping[str, Any] | None, Query]:
        """An entry for the same question in other words, and the query with its vector."""
        entry = await self._cache.get(key)
        try:
            query = replace(query, vector=query.vector or await self._embedder.embed_query(query.text))
        except Unavailable:
            return None, query
        if entry is None or query.vector is None:
            return None, query
        mean = find_query_mean(self._embedder.name)
        near = _closeness(query.vector, tuple(entry["vector"]), mean) >= NEAR
        same = say_the_same(sign(str(entry["text"]), query.language), sign_query(query))
        return (entry if near and same else None), query


def may_be_kept(query: Query) -> bool:
    is_bound = query.sku is not None or query.topic is not None
    return not is_bound and not asks_for_money(query.text) and not _PERSONAL.search(fold(query.text))


def says_a_price(found: Found) -> bool:
    """Of the passages that may be quoted."""
    return any(
        hit.score >= min(found.cutoff, found.floor) and any(find_amounts(hit.passage.text)) for hit in found.hits
    )


def sign_query(query: Query) -> Signature:
    return sign(query.text, query.language)


def read_found(data: Mapping[str, Any]) -> Found:
    return Found(**{**data, "hits": tuple(_read_hit(hit) for hit in data["hits"])})


def _read_hit(data: Mapping[str, Any]) -> Hit:
    return Hit(**{**data, "passage": Passage(**data["passage"]), "sentences": tuple(data["sentences"])})


def _closeness(one: Vector, other: Vector, mean: Any) -> float:
    pair = np.asarray([one, other], dtype=np.float32)
    first, second = centred(pair, np.zeros_like(pair[0]) if mean is None else mean)
    return float(first @ second)


def _key(scope: tuple[str, ...], *parts: str) -> str:
    return hashlib.sha256("\0".join((*scope, *parts)).encode("utf-8", "replace")).hexdigest()
