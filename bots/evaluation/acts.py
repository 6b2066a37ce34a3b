"""How well customer acts are recognised: {id, language, text, act} -> {id, act, acts, probability}."""

from collections.abc import Sequence
from typing import Any

from bots.evaluation.first_turn import build_first_turn
from bots.evaluation.records import Record
from bots.evaluation.request import Report, Request
from bots.evaluation.stand import Stand, open_stand
from core.understanding.evaluate import ActScore, Counts, score_acts


async def evaluate(records: Sequence[Record], request: Request) -> Report:
    """Each record is the first message of a talk. Records without an act are predicted, not scored."""
    async with open_stand(request, knowledge=False) as stand:
        predictions = [await _predict(stand, record, request) for record in records]
    labelled = [
        ({**record, "language": record.get("language", "")}, prediction["act"])
        for record, prediction in zip(records, predictions, strict=True)
        if record.get("act")
    ]
    score = score_acts([record for record, _ in labelled], [act for _, act in labelled])
    return Report(predictions, {"records": len(labelled), **_scores(score)})


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


def _scores(score: ActScore) -> dict[str, Any]:
    return {
        "accuracy": round(score.accuracy, 4),
        "by_language": {
            language: {
                "accuracy": round(accuracy, 4),
                "macro_f1": round(score.macro_f1(language), 4),
                "acts": {act: shares(counts) for act, counts in score.counts[language].items()},
            }
            for language, accuracy in score.by_language.items()
        },
    }


def shares(counts: Counts) -> dict[str, float]:
    """As the scores of a command show them."""
    each = {"precision": counts.precision, "recall": counts.recall, "f1": counts.f1}
    return {name: round(share, 4) for name, share in each.items()}
