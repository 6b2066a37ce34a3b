"""An answer in the firm's own words: whole sentences of the best passage, nothing added, nothing cut."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from core.domain.turn import Found, Hit
from rag.expectations import expected_form
from rag.split import HEADING_SEPARATOR
from rag.terms import fold, stems
from rag.units import Unit, split_units

SECOND: Final = 2
"""Sentences of a passage that is nearly as close as the best one."""
NEARLY: Final = 0.12

WHOLE: Final = 360
"""Characters: a passage this short is quoted whole, since a sentence cut out of it may be the one that answers."""
LONGEST: Final = 500
"""Characters of two passages together: more is not read in a chat."""


class Quotation(NamedTuple):
    """Sentences word for word, and the sources they stand in; both empty when nothing answers."""

    text: str
    sources: tuple[str, ...]


def quote(found: Found, query: str, language: str, limit: int = 3, whole: int = WHOLE) -> Quotation:
    """What answers the query in the best hit, in the language if it can be: the whole passage when it is short, else
    at most `limit` neighbouring sentences. `whole`: how many characters count as short.

    When another passage is nearly as close as the best, nobody can tell which of them was meant: it follows, whole or
    with its best sentences, as far as there is room.
    """
    hits = _quoted_hits(found, language)
    if not hits:
        return Quotation("", ())
    text = _quote_hit(hits[0], query, limit, whole)
    sources = [hits[0].passage.source]
    for hit in hits[1:]:
        more = _quote_hit(hit, query, min(limit, SECOND), min(LONGEST - len(text), whole))
        if more not in text:
            text = f"{text}\n\n{more}"
            sources.append(hit.passage.source)
    return Quotation(text, tuple(dict.fromkeys(sources)))


def _quote_hit(hit: Hit, query: str, limit: int, whole: int) -> str:
    """`whole`: how many characters a passage may have that is not cut."""
    passage = hit.passage
    if len(passage.text) <= whole:
        return _with_name(passage.text, passage.heading)
    units = split_units(passage.text)
    worth = _worth(units, query, passage.heading)
    if len(hit.sentences) == len(units):
        worth = [own + more for own, more in zip(worth, hit.sentences, strict=True)]
    start, end = _best_window(worth, limit)
    text = units[start].text + "".join(unit.gap + unit.text for unit in units[start + 1 : end])
    return _with_name(text, passage.heading)


def _quoted_hits(found: Found, language: str) -> list[Hit]:
    """What is quoted: the best, and the next one of its language when that is nearly as close."""
    if not found.enough:
        return []
    known = [hit for hit in found.hits if hit.score >= found.cutoff]
    best = next((hit for hit in known if hit.passage.language == language), known[0])
    if best.worth <= 0.0:
        return [best]
    rivals = (hit for hit in found.hits if hit is not best and hit.passage.language == best.passage.language)
    return [best, *(hit for hit in rivals if 0.0 <= best.worth - hit.worth < NEARLY)][:2]


def _with_name(text: str, heading: str) -> str:
    """With the heading before it when that names something which the sentences only mean."""
    leaf = heading.rpartition(HEADING_SEPARATOR)[2]
    names = [word for word in leaf.split()[1:] if word[0].isupper() or word[0].isdigit()]
    return f"{leaf}\n{text}" if any(name.strip(":,.") not in text for name in names) else text


def _worth(units: Sequence[Unit], query: str, heading: str) -> list[float]:
    """Shared stems, the form that the question expects, and a little for coming early."""
    asked = stems(query)
    form = expected_form(query)
    above = fold(heading)
    worth = []
    for place, unit in enumerate(units):
        text = fold(unit.text)
        shared = sum(1.0 if term not in above else 0.5 for term in asked if term in text)
        worth.append(shared + (1.0 if form and form.search(unit.text) else 0.0) + 0.3 / (place + 1))
    return worth


def _best_window(worth: Sequence[float], limit: int) -> tuple[int, int]:
    """The run of neighbours around the best sentence that is worth most, without idle ones at its ends."""
    best = max(range(len(worth)), key=lambda place: worth[place])
    size = min(limit, len(worth))
    starts = range(max(0, best - size + 1), min(best, len(worth) - size) + 1)
    start = max(starts, key=lambda place: (sum(worth[place : place + size]), -place))
    return start, start + size
