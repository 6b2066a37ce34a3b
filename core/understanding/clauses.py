"""What else a text does, clause by clause: a greeting before a question, a second question after "and"."""

import re
from collections.abc import Mapping

from core.domain.vocabulary import OBJECTIONS, QUESTIONS, STATEMENTS
from core.understanding.head import Head
from core.understanding.phrases import find_known_sentences
from core.understanding.text import fold

_CLAUSE_END = re.compile(r"[.!?;,\n]+|\s(?:і|и|та|and|а|also|ще|ещё|плюс|але|но|but)\s")
_PART_END = re.compile(r"[.!?;,\n]+")
_SURE = 0.7
"""Of the letters alone; with less they are wrong about a clause too often."""
_LEAST_WORDS = 2
_MOST_CLAUSES = 6
_SECOND = frozenset((*QUESTIONS, *OBJECTIONS, *STATEMENTS))
_POLITE = ("greeting", "thanks")
_TAKES = re.compile(
    r"беру|оформл|замовл|закаж|заказ|згод|соглас|домов|договор|підход|подход|take it|deal|agree|go ahead"
)
"""What a lone "ok" before a comma does not say."""


def find_clause_acts(text: str, head: Head) -> dict[str, float]:
    """Acts of single clauses with their probability; none for a text of one clause. No vector is needed."""
    clauses = [clause for clause in _CLAUSE_END.split(text) if len(clause.split()) >= _LEAST_WORDS]
    if not 1 < len(clauses) <= _MOST_CLAUSES:
        return {}
    found: dict[str, float] = {}
    for clause in clauses:
        chances = head.predict(clause)
        act = max(chances, key=chances.__getitem__)
        if act in _SECOND and chances[act] >= _SURE:
            found[act] = max(chances[act], found.get(act, 0.0))
    return found


def find_polite_acts(text: str, phrases: Mapping[str, str]) -> tuple[str, ...]:
    """ "Добрий день, скільки коштує?" greets as well, and "дякую, беру" agrees."""
    parts = [part for part in _PART_END.split(text)[:_MOST_CLAUSES] if part.strip()]
    polite = [act for act in find_known_sentences("\n".join(parts), phrases) if act in _POLITE]
    takes = "\n".join(part for part in parts if _TAKES.search(fold(part)))
    if "?" not in text and "agree" in find_known_sentences(takes, phrases):
        polite.append("agree")
    return tuple(polite)
