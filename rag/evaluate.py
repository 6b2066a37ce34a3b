"""How good the answers are, counted on labelled questions."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from rag.terms import fold

ALL: Final = "all"


@dataclass(frozen=True, slots=True)
class Question:
    """`topics` hold the answer (none: it stands in no page, as a price does). A right answer has of each group in
    `contains` one wording in it."""

    id: str
    language: str
    text: str
    topics: tuple[str, ...] = ()
    contains: tuple[tuple[str, ...], ...] = ()
    is_answerable: bool = False


@dataclass(frozen=True, slots=True)
class Prediction:
    """What came of one question: topics of the hits, best first, and what was told (empty: "I don't know").

    `is_sure`: told as the answer, not as what comes nearest to one.
    """

    id: str
    topics: tuple[str, ...]
    answer: str
    is_sure: bool = True


@dataclass(frozen=True, slots=True)
class Scores:
    """Shares in [0, 1]; a share of nothing is 0."""

    answerable: int
    unanswerable: int
    recall_at_1: float
    """Of the answerable questions whose answer stands in a page, as the next two."""
    recall_at_3: float
    mrr: float
    contains: float
    """Answerable questions whose answer, sure or not, holds what it should; "I don't know" counts as a miss."""
    false_answers: float
    """Unanswerable questions that got an answer which did not say that it may be none."""
    false_abstentions: float
    """Answerable questions that got no such answer ..."""
    told_nothing: float
    """... and those that were not even shown what comes nearest."""


def read_questions(lines: str) -> list[Question]:
    """One JSON object a line, as `read_question` takes it."""
    return [read_question(json.loads(line)) for line in lines.splitlines() if line.strip()]


def read_question(row: Mapping[str, Any]) -> Question:
    """{id, language, question, answerable, doc, must_contain}, leniently.

    `doc` is a topic, a file's name or a list of them. `must_contain` is one text or a list of which all must be there;
    in place of a text a list of alternatives, or alternatives with a bar between: "24 months|two years".
    `text`, `topics` and `contains` (any of the list) are read for `question`, `doc` and `must_contain`.
    """
    topics = tuple(_topic(name) for name in _listed(row.get("doc", row.get("topics"))) if name)
    contains = tuple(_alternatives(entry) for entry in _listed(row.get("must_contain")) if entry)
    if not contains and row.get("contains"):
        contains = (tuple(_listed(row["contains"])),)
    return Question(
        id=str(row["id"]),
        language=str(row.get("language") or ""),
        text=str(row.get("question", row.get("text", ""))),
        topics=topics,
        contains=contains,
        is_answerable=bool(row.get("answerable", topics)),
    )


def score_answers(questions: Sequence[Question], predictions: Iterable[Prediction]) -> Mapping[str, Scores]:
    """By language, and under `all`. Every question needs its prediction."""
    given = {prediction.id: prediction for prediction in predictions}
    pairs = [(question, given[question.id]) for question in questions]
    languages = sorted({question.language for question in questions})
    scores = {language: _score([pair for pair in pairs if pair[0].language == language]) for language in languages}
    return {**scores, ALL: _score(pairs)}


def holds_answer(question: Question, answer: str) -> bool:
    said = _flat(answer)
    return bool(said) and all(any(_flat(wording) in said for wording in group) for group in question.contains)


def _score(pairs: Sequence[tuple[Question, Prediction]]) -> Scores:
    asked = [pair for pair in pairs if pair[0].is_answerable]
    unknown = [prediction for question, prediction in pairs if not question.is_answerable]
    ranks = [_rank(question, prediction) for question, prediction in asked if question.topics]
    return Scores(
        answerable=len(asked),
        unanswerable=len(unknown),
        recall_at_1=_share(rank == 1 for rank in ranks),
        recall_at_3=_share(rank is not None and rank <= 3 for rank in ranks),
        mrr=_share(1 / rank if rank else 0.0 for rank in ranks),
        contains=_share(holds_answer(question, prediction.answer) for question, prediction in asked),
        false_answers=_share(bool(prediction.answer) and prediction.is_sure for prediction in unknown),
        false_abstentions=_share(not (prediction.answer and prediction.is_sure) for _, prediction in asked),
        told_nothing=_share(not prediction.answer for _, prediction in asked),
    )


def _rank(question: Question, prediction: Prediction) -> int | None:
    places = (place for place, topic in enumerate(prediction.topics, 1) if topic in question.topics)
    return next(places, None)


def _share(values: Iterable[float]) -> float:
    counted = list(values)
    return sum(counted) / len(counted) if counted else 0.0


def _flat(text: str) -> str:
    return " ".join(fold(text).replace("–", "-").split())


def _listed(value: Any) -> list[Any]:
    if value is None or value == "":
        return []
    return list(value) if isinstance(value, list | tuple) else [value]


def _alternatives(entry: Any) -> tuple[str, ...]:
    wordings = entry if isinstance(entry, list | tuple) else str(entry).split("|")
    return tuple(str(wording).strip() for wording in wordings)


def _topic(name: Any) -> str:
    """`knowledge/delivery.uk.md` is the topic delivery."""
    return str(name).rpartition("/")[2].partition(".")[0]
