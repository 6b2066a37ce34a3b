"""A number marked in the words around it: what the model that reads numbers sees of it."""

import re
from typing import Final

from core.understanding.facts.money import Money
from core.understanding.facts.span import MASK
from core.understanding.text import fold

_AROUND: Final = 110
_EARLIER: Final = 90
"""Characters on each side, and of what was written before."""
_FOLDED_AT_MOST: Final = 4 * _EARLIER
_HIDDEN: Final = re.compile(f"{MASK}+")


def mark(folded: str, money: Money, earlier: str) -> str:
    """ "end of what was written before / left [number] right", in folded letters; of the number's own message whole
    words, and one "…" for what another finder has explained."""
    left, right = folded[max(0, money.start - _AROUND) : money.start], folded[money.end : money.end + _AROUND]
    if money.start > _AROUND:
        left = left.partition(" ")[2]
    if len(folded) > money.end + _AROUND:
        right = right.rpartition(" ")[0]
    before = fold(earlier[-_FOLDED_AT_MOST:]).strip().replace("\n", " / ")[-_EARLIER:]
    marked = f"{left} [{folded[money.start : money.end]}] {right}"
    return _HIDDEN.sub("…", f"{before} / {marked}" if before else marked)
