"""What stands around a number or a name: the words before it, its clause, and whether it is asked."""

import re
from dataclasses import dataclass

_NEAR = 80
"""No wording that explains a number is longer; reading on would make long texts slow."""
_FAR = 240
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
    first, last = max(start - _FAR, 0), end + _FAR
    left = max((cut.end() for cut in _BREAK.finditer(folded, first, start)), default=first)
    cut = _BREAK.search(folded, end, last)
    close = _SENTENCE_END.search(folded, end, last)
    return Clause(folded[left:start], folded[end : cut.start() if cut else last], bool(close and "?" in close.group()))


def text_before(text: str, at: int) -> str:
    """The few words before a place."""
    return text[max(at - _NEAR, 0) : at]


def text_after(text: str, at: int) -> str:
    """The few words after a place."""
    return text[at : at + _NEAR]
