"""How good the answers are, counted on labelled questions."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from rag.terms import fold

ALL: Final = "all"


@dataclass(frozen=True, slots=True)
class Question:
    """`topics` hold the answer (none: the knowledge does not say); a right answer has one of `contains` in it."""

    id: str
    language: str
    text: str
    topics: tuple[str, ...] = ()
    contains: tuple[str, ...] = ()

    @property
    def is_answerable(self) -> bool:
        return bool(self.topics)


@dataclass(frozen=True, slots=True)
class Prediction:
    """What came of one question: topics of the hits, best first, and the answer given (empty: "I don't know")."""

    id: str
    topics: tuple[str, ...]
    answer: str


@dataclass(frozen=True, slots=True)
class Scores:
    """Shares in [0, 1]; a share of nothing is 0."""

    answerable: int
    unanswerable: int
    recall_at_1: float
    recall_at_3: float
    mrr: float
    contains: float
    """Answerable questions whose answer holds what it should; "I don't know" counts as a miss."""
    false_answers: float
    """Unanswerable questions that got an answer."""
    false_abstentions: float
    """Answerable questions that got none."""


def read_questions(lines: str) -> list[Question]:
    """One JSON object a line with the fields of Question; `topics` and `contains` may be missing."""
    rows = [json.loads(line) for line in lines.splitlines() if line.strip()]
    return [
        Question(row["id"], row["language"], row["text"], tuple(row.get("topics", ())), tuple(row.get("contains", ())))
        for row in rows
    ]


def score_answers(questions: Sequence[Question], predictions: Iterable[Prediction]) -> Mapping[str, Scores]:
    """By language, and under `all`. Every question needs its prediction."""
    given = {prediction.id: prediction for prediction in predictions}
    pairs = [(question, given[question.id]) for question in questions]
    languages = sorted({question.language for question in questions})
    scores = {language: _score([pair for pair in pairs if pair[0].language == language]) for language in languages}
    return {**scores, ALL: _score(pairs)}


def _score(pairs: Sequence[tuple[Question, Prediction]]) -> Scores:
    asked = [pair for pair in pairs if pair[0].is_answerable]
    unknown = [prediction for question, prediction in pairs if not question.is_answerable]
    ranks = [_rank(question, prediction) for question, prediction in asked]
    return Scores(
        answerable=len(asked),
        unanswerable=len(unknown),
        recall_at_1=_share(rank == 1 for rank in ranks),
        recall_at_3=_share(rank is not None and rank <= 3 for rank in ranks),
        mrr=_share(1 / rank if rank else 0.0 for rank in ranks),
        contains=_share(holds_answer(question, prediction.answer) for question, prediction in asked),
        false_answers=_share(bool(prediction.answer) for prediction in unknown),
        false_abstentions=_share(not prediction.answer for _, prediction in asked),
    )


def holds_answer(question: Question, answer: str) -> bool:
    said = _flat(answer)
    return any(_flat(expected) in said for expected in question.contains)


def _rank(question: Question, prediction: Prediction) -> int | None:
    places = (place for place, topic in enumerate(prediction.topics, 1) if topic in question.topics)
    return next(places, None)


def _share(values: Iterable[float]) -> float:
    counted = list(values)
    return sum(counted) / len(counted) if counted else 0.0


def _flat(text: str) -> str:
    return " ".join(fold(text).replace("–", "-").split())
