"""Measures that tell how big each of the goods is, beside the count of them: "16 мішків, 30 кг кожен"."""

import re
from collections.abc import Sequence

from core.understanding.facts.counting import Counted, Counting

_MOST_WORDS_BETWEEN = 5
_NEW_ITEM = re.compile(r"[.!?;\n+]|(?<!\w)(?:і|та|и|and|plus|плюс|ні|нет|no|разом|всього|total|ще|ещё|еще|also)(?!\w)")
_NOUN_AFTER = re.compile(
    r"^\.?\s?\S+ (?:of )?(?!(?:each|apiece|кожн\w+|кажд\w+|на|до|в|у|для"
    r"|по|to|for|please|будь|пож\w*|і|и|та|and|з|с)(?!\w))"
    r"[^\W\d_]{3,}"
)


def without_sizes(folded: str, counted: Sequence[Counting]) -> list[Counting]:
    """Less the measures that follow a count of pieces in the same item and name no goods of their own."""
    kept: list[Counting] = []
    for counting in counted:
        if not (kept and _is_size(folded, kept[-1], counting)):
            kept.append(counting)
    return kept


def _is_size(folded: str, pieces: Counting, measure: Counting) -> bool:
    if measure.counted is not Counted.MEASURE or pieces.counted not in (Counted.NOUN, Counted.UNIT):
        return False
    between = folded[pieces.number.end : measure.number.start]
    if _NEW_ITEM.search(between) or len(between.split()) > _MOST_WORDS_BETWEEN:
        return False
    return _NOUN_AFTER.match(measure.after) is None
