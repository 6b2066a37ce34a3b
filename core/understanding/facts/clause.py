"""The piece of a sentence that a number stands in: what is said before it, after it, and whether it is asked."""

import re
from dataclasses import dataclass

_ABBREVIATIONS = r"(?<!тис)(?<!тыс)(?<!грн)(?<!руб)(?<!дол)(?<!\bшт)(?<!\bт)(?<!\bм)(?<!макс)(?<!прибл)"
_BREAK = re.compile(
    rf"[!?;\n]+|{_ABBREVIATIONS}\.(?=\s|$)|,(?!\d)|(?<=\d),(?=\s)| (?=(?:але|проте|но|but|however|зате|зато|а) )|[()]"
)
_SENTENCE_END = re.compile(rf"[!?\n]+|{_ABBREVIATIONS}\.(?=\s|$)")


@dataclass(frozen=True, slots=True)
class Clause:
    before: str
    after: str
    is_question: bool

    @property
    def text(self) -> str:
        return f"{self.before}\0{self.after}"


def clause_around(folded: str, start: int, end: int) -> Clause:
    """Of folded text. The clause ends at punctuation and at "but"."""
    left = max((cut.end() for cut in _BREAK.finditer(folded, 0, start)), default=0)
    cut = _BREAK.search(folded, end)
    right = cut.start() if cut else len(folded)
    close = _SENTENCE_END.search(folded, end)
    return Clause(folded[left:start], folded[end:right], bool(close and "?" in close.group()))
