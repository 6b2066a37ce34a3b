"""How well customer acts are recognised: {id, language, text, act} -> {id, act, acts, probability}."""

from collections.abc import Sequence
from typing import Any

from bots.evaluation.first_turn import build_first_turn
from bots.evaluation.records import Record
from bots.evaluation.request import Report, Request
from bots.evaluation.stand import Stand, open_stand
from core.understanding.evaluate import score_acts


async def evaluate(records: Sequence[Record], request: Request) -> Report:
    """Each record is the first message of a talk."""
    async with open_stand(request, knowledge=False) as stand:
        predictions = [await _predict(stand, record, request) for record in records]
    labelled = [(r, p["act"]) for r, p in zip(records, predictions, strict=True) if "act" in r]
    score = score_acts([record for record, _ in labelled], [act for _, act in labelled])
    return Report(predictions, {"records": len(labelled), "accuracy": score.accuracy, "by_language": score.by_language})


async def _predict(stand: Stand, record: Record, request: Request) -> dict[str, Any]:
    firms = stand.app.firms
    turn = build_first_turn([str(record["text"])], firm=firms.firm, playbooks=firms.playbooks, now=request.now)
    understood = await stand.brain.understanding.understand(turn)
    return {
        "id": record["id"],
        "act": understood.act,
        "acts": list(understood.acts),
        "probability": round(understood.probability, 4),
    }
