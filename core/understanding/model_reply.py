"""What of a model's reading can be proved: acts of the vocabulary, facts whose words stand in a message."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from core.domain.facts import FoundFact, Witness
from core.domain.turn import TurnMessage
from core.domain.vocabulary import ACTS
from core.understanding.facts.proof import read_value
from core.understanding.facts.span import Context
from core.understanding.text import fold

_LONGEST = 20_000
_MOST_ACTS, _MOST_FACTS = 5, 12
_LONGEST_QUERY = 200
_WORD = re.compile(r"[^\W_]{4,}")
_STEM = 4


@dataclass(frozen=True, slots=True)
class Read:
    """A model's answer as far as it is one."""

    acts: tuple[str, ...] = ()
    facts: tuple[tuple[str, str, str], ...] = ()
    """Name, value, quote."""
    query: str | None = None


def read_reply(text: str) -> Read | None:
    """None when it is no such object at all; parts of it that are not as asked are left out."""
    stripped = text.strip().removeprefix("```json").removeprefix("```").removesuffix("```").strip()
    if len(stripped) > _LONGEST:
        return None
    try:
        value = json.loads(stripped)
    except (ValueError, RecursionError):
        return None
    if not isinstance(value, dict):
        return None
    acts = [act for act in _listed(value.get("acts")) if isinstance(act, str) and act in ACTS]
    query = value.get("query")
    return Read(
        acts=tuple(dict.fromkeys(acts))[:_MOST_ACTS],
        facts=tuple(_triples(value.get("facts")))[:_MOST_FACTS],
        query=query.strip() if isinstance(query, str) and query.strip() else None,
    )


def prove_facts(read: Read, messages: Sequence[TurnMessage], context: Context) -> Iterator[FoundFact]:
    """Only facts whose quote stands in a message, with the value that our own rules read from it."""
    for name, value, quote in read.facts:
        place = _find_quote(quote, messages)
        if place is None:
            continue
        message, start = place
        proved = read_value(name, value, (message.text, start, start + len(quote)), context)
        if proved is not None:
            yield FoundFact(name, proved, Witness(message.id, start, start + len(quote)))


def prove_query(query: str | None, texts: Sequence[str]) -> str | None:
    """A query must be about what was said: it shares a word with the talk, in the letters of the customer."""
    if query is None or len(query) > _LONGEST_QUERY:
        return None
    said = {word[:_STEM] for text in texts for word in _WORD.findall(fold(text))}
    asked = {word[:_STEM] for word in _WORD.findall(fold(query))}
    same_letters = not texts or _is_latin(query) == _is_latin(texts[0])
    return query if asked & said and same_letters else None


def _triples(facts: Any) -> Iterator[tuple[str, str, str]]:
    for fact in _listed(facts):
        if isinstance(fact, Mapping):
            parts = fact.get("name"), fact.get("value"), fact.get("quote")
            if all(isinstance(part, str) and part.strip() for part in parts):
                yield str(parts[0]), str(parts[1]).strip(), str(parts[2])


def _listed(value: Any) -> Sequence[Any]:
    return value if isinstance(value, list) else ()


def _find_quote(quote: str, messages: Sequence[TurnMessage]) -> tuple[TurnMessage, int] | None:
    """The last message that has the words, and where."""
    for message in reversed(messages):
        at = message.text.rfind(quote)
        if at >= 0:
            return message, at
    return None


def _is_latin(text: str) -> bool:
    letters = [letter for letter in fold(text) if letter.isalpha()]
    return sum(letter.isascii() for letter in letters) * 2 > len(letters)
