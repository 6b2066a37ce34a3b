"""How well facts are found: {id, language, messages, facts, absent} -> {id, facts}."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from bots.evaluation.acts import shares
from bots.evaluation.records import Record
from bots.evaluation.request import Report, Request
from bots.evaluation.stand import Stand, open_stand
from core.errors import SellerError
from core.storage.played import load_played
from core.understanding.evaluate import count_traps, score_facts

GAP_S = 20.0


async def evaluate(records: Sequence[Record], request: Request) -> Report:
    """Each record is a talk of its own with the whole bot; its messages come one after the other."""
    talks = [_texts(record) for record in records]
    predictions: list[dict[str, Any]] = []
    async with open_stand(request, knowledge=False) as stand:
        for number, (record, texts) in enumerate(zip(records, talks, strict=True)):
            stand.clock.advance(max(timedelta(), request.now - stand.clock.now()))
            language = record.get("language")
            predictions.append({"id": record["id"], "facts": await _play(stand, f"facts:{number}", texts, language)})
    labelled = [
        (_labels(record), prediction["facts"])
        for record, prediction in zip(records, predictions, strict=True)
        if "facts" in record or "absent" in record
    ]
    return Report(predictions, _score(labelled))


async def _play(stand: Stand, chat: str, texts: Sequence[str], language: str | None) -> dict[str, Any]:
    """What the lead's card says after the last message; facts told later replace those told before."""
    talk = None
    for text in texts:
        talk, _ = await stand.say(chat, text, language=language)
        stand.wait(GAP_S)
    if talk is None:
        return {}
    known = talk
    played = await stand.app.database.read(lambda conn: load_played(conn, known))
    return dict(played.facts)


def _texts(record: Record) -> list[str]:
    """Messages are texts, or objects with a text. Raises SellerError."""
    messages = record["messages"]
    said: list[Any] = [each.get("text") if isinstance(each, Mapping) else each for each in _listed(messages)]
    if not isinstance(messages, list) or not all(isinstance(each, str) for each in said):
        raise SellerError(
            "messages are no list of texts",
            where=f"record {record['id']}",
            hint='write them like ["two chairs", "no, three"] or [{"text": "two chairs"}]',
        )
    return [text for text in said if text.strip()]


def _listed(messages: Any) -> Sequence[Any]:
    return messages if isinstance(messages, list) else ()


def _labels(record: Record) -> Record:
    return {"facts": {}, "absent": [], "language": "", **record}


def _score(labelled: Sequence[tuple[Record, Mapping[str, Any]]]) -> dict[str, Any]:
    languages = sorted({str(record["language"]) for record, _ in labelled})
    by_language = {
        language: _score_all([pair for pair in labelled if pair[0]["language"] == language]) for language in languages
    }
    return {"records": len(labelled), **_score_all(labelled), "by_language": by_language}


def _score_all(labelled: Sequence[tuple[Record, Mapping[str, Any]]]) -> dict[str, Any]:
    records, found = [record for record, _ in labelled], [facts for _, facts in labelled]
    hits, traps = count_traps(records, found)
    return {
        "facts": {name: shares(score) for name, score in score_facts(records, found).items()},
        "traps": {"hits": hits, "of": traps},
    }
