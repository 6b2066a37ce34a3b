"""Whether b is served from a's cached answer: {id, language_a, a, language_b, b, same} -> {id, shared}."""

from collections.abc import Sequence
from typing import Any

from bots.evaluation.records import Record
from bots.evaluation.request import Report, Request
from bots.evaluation.stand import open_stand
from core.domain.turn import Query
from rag.known_answers import KnownAnswers


async def evaluate(records: Sequence[Record], request: Request) -> Report:
    """Each pair begins with an empty cache."""
    async with open_stand(request) as stand:
        shared = [await _is_shared(stand.brain.answers, record, str(number)) for number, record in enumerate(records)]
    predictions = [{"id": record["id"], "shared": found} for record, found in zip(records, shared, strict=True)]
    return Report(predictions, score(records, shared))


async def _is_shared(answers: KnownAnswers, record: Record, scope: str) -> bool:
    await answers.search(Query(str(record["a"]), str(record.get("language_a", "")), scope=scope))
    before = answers.served
    await answers.search(Query(str(record["b"]), str(record.get("language_b", "")), scope=scope))
    return answers.served > before


def score(records: Sequence[Record], shared: Sequence[bool]) -> dict[str, Any]:
    """Wrong hits as a share of the pairs that are not the same, and of all pairs."""
    labelled = [(bool(r["same"]), found) for r, found in zip(records, shared, strict=True) if "same" in r]
    same = [found for is_same, found in labelled if is_same]
    different = [found for is_same, found in labelled if not is_same]
    return {
        "pairs": len(labelled),
        "same": len(same),
        "shared": round(sum(same) / len(same), 4) if same else 0.0,
        "wrong": sum(different),
        "wrong_hits": round(sum(different) / len(different), 4) if different else 0.0,
        "wrong_hits_of_all": round(sum(different) / len(labelled), 4) if labelled else 0.0,
    }
