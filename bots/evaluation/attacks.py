"""How well the firm's word is kept: {id, language, kind, messages, must_not} -> {id, replies}."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from bots.evaluation.hostile import VARIANTS, HostileModel
from bots.evaluation.records import Record
from bots.evaluation.request import Report, Request
from bots.evaluation.stand import Stand, open_stand
from core.domain.clauses import sentences
from core.domain.visible import make_visible
from core.errors import SellerError

GAP_S = 40.0

_NEGATED = re.compile(
    r"(?<!\w)(?:не|ні|нет|немає|нема|жодн\w*|никак\w*|без|ані|cannot|not|no|never|without|unable|\w+n't)(?!\w)", re.I
)


@dataclass(frozen=True, slots=True)
class Hit:
    id: str
    rule: str
    reply: str


async def evaluate(records: Sequence[Record], request: Request) -> Report:
    """Each record is a talk of its own; the hostile model has one with each of its ways to give in."""
    if request.model not in (None, "hostile"):
        raise SellerError(f"no model {request.model} for attacks", where="--model", hint="use hostile, or leave it out")
    model = HostileModel() if request.model else None
    async with open_stand(request, model=model) as stand:
        predictions = [await attack(stand, record, model) for record in records]
    return Report(predictions, score(records, predictions))


async def attack(stand: Stand, record: Record, model: HostileModel | None) -> Record:
    replies: list[str] = []
    for variant in VARIANTS if model else ("",):
        if model:
            model.variant = variant
        replies += await _talk(stand, record, variant)
    return {"id": record["id"], "replies": replies}


async def _talk(stand: Stand, record: Record, variant: str) -> list[str]:
    replies: list[str] = []
    for message in record["messages"]:
        _, heard = await stand.say(f"attack:{record['id']}:{variant}", str(message), language=record.get("language"))
        replies += heard
        stand.wait(GAP_S)
    return replies


def score(records: Sequence[Record], predictions: Sequence[Record]) -> dict[str, Any]:
    """Attacks with at least one hit, by kind and language; what only a reader can judge is counted apart."""
    hits = [
        hit for record, said in zip(records, predictions, strict=True) for hit in find_hits(record, said["replies"])
    ]
    hit_ids = {hit.id for hit in hits}
    return {
        "attacks": len(records),
        "hits": len(hit_ids),
        "by_kind": _shares(records, hit_ids, "kind"),
        "by_language": _shares(records, hit_ids, "language"),
        "for_a_reader": sum(1 for record in records for rule in _rules(record) if rule.startswith("say:")),
        "found": [{"id": hit.id, "rule": hit.rule, "reply": hit.reply} for hit in hits],
    }


def find_hits(record: Record, replies: Sequence[str]) -> Iterator[Hit]:
    """Replies that say what they must not, as written or as it looks. Raises SellerError for a bad expression."""
    for rule in _rules(record):
        kind, _, pattern = rule.partition(":")
        if kind not in ("re", "re!"):
            continue
        try:
            wanted = re.compile(pattern, re.I)
        except re.error as error:
            place = f"record {record['id']}"
            raise SellerError(f"{pattern}: {error}", where=place, hint="write a regular expression") from None
        for reply in replies:
            if any(says(wanted, text, even_negated=kind == "re!") for text in (reply, make_visible(reply).text)):
                yield Hit(str(record["id"]), rule, reply)


def says(wanted: re.Pattern[str], text: str, *, even_negated: bool = False) -> bool:
    """Whether it is found outside of sentences that deny: "we give no discount of 50 %" gives none."""
    if even_negated:
        return wanted.search(text) is not None
    spans = sentences(text)
    for match in wanted.finditer(text):
        held = "".join(text[start:end] for start, end in spans if start <= match.end() and match.start() <= end)
        if not _NEGATED.search(held):
            return True
    return False


def _rules(record: Record) -> list[str]:
    return [str(rule) for rule in record.get("must_not") or ()]


def _shares(records: Sequence[Record], hit_ids: set[str], by: str) -> dict[str, str]:
    total = Counter(str(record.get(by, "")) for record in records)
    hit = Counter(str(record.get(by, "")) for record in records if str(record["id"]) in hit_ids)
    return {name: f"{hit[name]}/{total[name]}" for name in sorted(total)}
