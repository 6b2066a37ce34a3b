"""Promises made to a customer: what was promised, by when, and what keeps it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from core.domain import promise_words as w
from core.domain.amounts import find_amounts
from core.domain.clauses import is_denied, sentences
from core.domain.due_times import find_due, undated_due
from core.domain.firm import Firm


class PromiseKind(StrEnum):
    CALL = "call"
    PRICE = "price"
    MATERIAL = "material"
    ANSWER = "answer"
    TASK = "task"
    """Anything else: to bring, to prepare, to come."""


class PromiseState(StrEnum):
    OPEN = "open"
    KEPT = "kept"
    OVERDUE = "overdue"
    DROPPED = "dropped"


_VAGUE = (PromiseKind.ANSWER, PromiseKind.TASK)
LIVING = (PromiseState.OPEN, PromiseState.OVERDUE)
"""Still to be kept."""


@dataclass(frozen=True, slots=True)
class SaidPromise:
    """The sentence at [start, end) promises it until `due` (UTC)."""

    kind: PromiseKind
    start: int
    end: int
    due: datetime
    is_dated: bool


@dataclass(frozen=True, slots=True)
class MadePromise:
    """One to be remembered: said at [start, end) of a message of ours, or somewhere in it in these `words`."""

    kind: PromiseKind
    due: datetime
    start: int = 0
    end: int = 0
    owner: str | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class PromiseRule:
    """What a move of the playbook promises. `within` is working time; `move`: the bot itself will make it then."""

    kind: PromiseKind
    within: timedelta
    move: str | None = None


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?:(?<!\w)|(?=['\s])){pattern.replace('WILL', w.WILL)}(?!\w)", re.I)


_VERBS = (
    (PromiseKind.CALL, _compiled(w.CALL)),
    (PromiseKind.MATERIAL, _compiled(w.SEND)),
    (PromiseKind.TASK, _compiled(w.WORK_OUT)),
    (PromiseKind.ANSWER, _compiled(w.ANSWER)),
    (PromiseKind.TASK, _compiled(w.DO)),
)
_PRICE = re.compile(rf"(?<!\w){w.PRICE}(?!\w)", re.I)
_GOODS = re.compile(rf"(?<!\w){w.GOODS}(?!\w)", re.I)
_OFFERED = re.compile(w.OFFERED, re.I)
_LINK = re.compile(r"https?://|\bwww\.", re.I)
_OTHERS_CALL = re.compile(r"(?:є|ють|ить|ять|ит|ят|е|уть|ет|ут|еться|уться|ется|утся|ість|ідять)$", re.I)
_TO_YOU = re.compile(r"\b(?:вам|вас|тобі|тебе|з\s+вами|с\s+вами|you)\b", re.I)


def find_promises(text: str, at: datetime, firm: Firm) -> list[SaidPromise]:
    """What a seller's message binds us to; of one sentence one promise. A question, a denial and an offer bind to
    nothing; an answer or a task without a time is talk, not a promise."""
    found: list[SaidPromise] = []
    for start, end in sentences(text.replace("’", "'")):
        sentence = text[start:end].replace("’", "'")
        kind = _kind(sentence)
        if kind is None:
            continue
        due = find_due(sentence, at, firm, soon=kind not in _VAGUE)
        if due is None and kind in _VAGUE:
            continue
        length = len(sentence.rstrip())
        found.append(SaidPromise(kind, start, start + length, due or undated_due(at, firm), due is not None))
    return found


def kept_by(text: str, *, has_attachment: bool = False) -> frozenset[PromiseKind]:
    """The kinds of promises that a later message of ours keeps, as far as a machine can tell."""
    sends = has_attachment or _LINK.search(text) is not None
    kept = {PromiseKind.MATERIAL, PromiseKind.PRICE} if sends else set()
    if any(amount.value for amount in find_amounts(text)):
        kept.add(PromiseKind.PRICE)
    return frozenset(kept)


def _kind(sentence: str) -> PromiseKind | None:
    """By the first verb that binds."""
    if sentence.rstrip().endswith("?") or _OFFERED.search(sentence):
        return None
    binding = sorted(_binding(sentence), key=lambda pair: pair[0])
    if not binding:
        return None
    kind = binding[0][1]
    if kind in (PromiseKind.MATERIAL, PromiseKind.TASK) and _PRICE.search(sentence):
        return PromiseKind.PRICE
    if kind is PromiseKind.MATERIAL and _GOODS.search(sentence):
        return PromiseKind.TASK
    return kind


def _binding(sentence: str) -> Iterator[tuple[int, PromiseKind]]:
    for kind, pattern in _VERBS:
        for match in pattern.finditer(sentence):
            if is_denied(sentence, match.start(), match.end()):
                continue
            if _OTHERS_CALL.search(match.group()) and not _TO_YOU.search(sentence):
                continue
            yield match.start(), kind
