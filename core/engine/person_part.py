"""What a person of the firm asked and settled while they held the conversation: the bot asks none of it again."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Final

from core.domain.contact_claims import find_contacts
from core.domain.conversation import Line
from core.domain.turn import Turn
from core.engine.faults import list_asked
from core.engine.next_move import ASK_LIMIT

_ASKED: Final[Mapping[str, re.Pattern[str]]] = {
    "quantity": re.compile(r"\b(?:скільки|сколько|how (?:many|much))\b(?!\s*(?:це\s+)?(?:кошту|стоит))", re.I),
    "deadline": re.compile(r"\b(?:коли|когда|на який день|на какой день|when|by what date|which day)\b", re.I),
    "need": re.compile(r"\b(?:для чого|для чего|що саме|что именно|what (?:is it )?for|what do you need)\b", re.I),
    "product": re.compile(r"\b(?:яку модель|який сорт|какую модель|какой сорт|which (?:model|one|bean))\b", re.I),
}
_SETTLED: Final[Mapping[str, re.Pattern[str]]] = {
    "quantity": re.compile(r"\d+\s*(?:шт|кг|уп|пач|набор|комплект|pcs|pieces|kg|packs|sets)", re.I),
    "city": re.compile(
        r"(?:достав|відправ|отправ|deliver|ship)\w*[^.!?\n]{0,25}\s(?:до|у|в|во|to|in)\s+(?-i:[A-ZА-ЯІЇЄҐ])\w+", re.I
    ),
    "budget": re.compile(r"бюджет\w*[^.!?\n]{0,20}\d|budget[^.!?\n]{0,20}\d", re.I),
}
_QUESTION: Final = re.compile(r"[^.!?\n]*\?")


def heed_person(turn: Turn) -> Turn:
    """The turn with everything noted as asked that stands in the person's part of the transcript."""
    found = settled_in(turn.history, own=turn.firm.contacts.values(), wrote_since=bool(turn.text.strip()))
    if not found:
        return turn
    memory = turn.conversation.memory
    asked = {**memory.asked, **dict.fromkeys(sorted(found), ASK_LIMIT)}
    return replace(turn, conversation=replace(turn.conversation, memory=replace(memory, asked=asked)))


def settled_in(lines: Sequence[Line], *, own: Collection[str] = (), wrote_since: bool = True) -> frozenset[str]:
    """Facts that a person asked for, when the customer wrote after it, and those that a person told."""
    found: set[str] = set()
    answered = wrote_since
    for line in reversed(lines):
        if line.role == "customer":
            answered = True
        elif line.role == "operator":
            found |= _told(line.text, own)
            if answered:
                found |= _asked(line.text)
    return frozenset(found)


def _asked(text: str) -> set[str]:
    questions = " ".join(_QUESTION.findall(text))
    return set(list_asked(text)) | {fact for fact, pattern in _ASKED.items() if pattern.search(questions)}


def _told(text: str, own: Collection[str]) -> set[str]:
    ours = " ".join(own)
    found = {fact for fact, pattern in _SETTLED.items() if pattern.search(text)}
    for said in find_contacts(text):
        words = text[said.start : said.end].strip()
        if not said.is_link and words not in ours:
            found.add("email" if "@" in words else "phone")
    return found
