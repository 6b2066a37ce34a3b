"""How well questions are answered: {id, language, question, answerable, doc, must_contain} -> {id, answer, docs,
abstained}.

`docs` are the files that the search found, best first. `abstained` says that the customer got no answer: the bot said
that it does not know (and at most showed what comes nearest: `near`), offered a person, or asked something itself.
"""

from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import Any

from bots.evaluation.first_turn import build_first_turn
from bots.evaluation.records import Record
from bots.evaluation.request import Report, Request
from bots.evaluation.stand import Stand, open_stand
from core.domain.turn import Action, Query, Turn, TurnResult
from rag.evaluate import Prediction, Question, read_question, score_answers

PRICE_LIST = "price_list.csv"
_PRICED = ("phrase.price:", "phrase.price_list_intro:")
_INFORMED = (
    *_PRICED,
    "phrase.prices:",
    "phrase.in_stock:",
    "phrase.available:",
    "phrase.alternatives:",
    "phrase.compare:",
    "phrase.over_budget:",
    "phrase.out_of_stock_instead:",
    "phrase.hours:",
    "move.recommend:",
)
"""Texts that tell something of the catalogue or the firm."""


async def evaluate(records: Sequence[Record], request: Request) -> Report:
    """Each question is the first message of a talk."""
    questions = [read_question(record) for record in records]
    async with open_stand(request) as stand:
        predictions = [await _predict(stand, question, request) for question in questions]
    judged = (
        Prediction(
            p["id"],
            tuple(_topics(p["docs"])),
            "" if p["abstained"] and not p["near"] else p["answer"],
            is_sure=not p["abstained"],
        )
        for p in predictions
    )
    scores = score_answers(questions, judged)
    raw = [{**prediction, "id": record["id"]} for prediction, record in zip(predictions, records, strict=True)]
    return Report(raw, {name: _rounded(asdict(each)) for name, each in scores.items()})


async def _predict(stand: Stand, question: Question, request: Request) -> dict[str, Any]:
    firms = stand.app.firms
    turn = build_first_turn(
        [question.text], firm=firms.firm, playbooks=firms.playbooks, now=request.now, language=question.language or None
    )
    # Said at every first contact, it would only hide what is measured.
    memory = replace(turn.conversation.memory, disclosed_at=request.now.isoformat())
    turn = replace(turn, conversation=replace(turn.conversation, memory=memory))
    result = await stand.brain.engine.take_turn(turn)
    return {
        "id": question.id,
        "answer": "\n".join(reply.text for reply in result.replies),
        "docs": await _docs(stand, turn, result),
        "abstained": has_abstained(result),
        "near": shows_nearest(result),
    }


def shows_nearest(result: TurnResult) -> bool:
    return any(key.startswith("phrase.nearest:") for key in result.memory.used)


def has_abstained(result: TurnResult) -> bool:
    is_informed = bool(result.sources) or any(key.startswith(_INFORMED) for key in result.memory.used)
    is_lost = shows_nearest(result) or result.memory.stuck > 0 or result.action is Action.HAND_OFF
    return is_lost or not is_informed or not result.replies


async def _docs(stand: Stand, turn: Turn, result: TurnResult) -> list[str]:
    """What was quoted first; then what the search found, also where the decision was not to look."""
    found = await stand.brain.retriever.search(Query(turn.text, result.language))
    names = [*result.sources, *(hit.passage.source for hit in found.hits)]
    if any(key.startswith(_PRICED) for key in result.memory.used):
        names.insert(0 if not result.sources else len(names), PRICE_LIST)
    return list(dict.fromkeys(names))


def _topics(docs: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(name.partition(".")[0] for name in docs))


def _rounded(scores: dict[str, Any]) -> dict[str, Any]:
    return {name: round(value, 4) if isinstance(value, float) else value for name, value in scores.items()}
