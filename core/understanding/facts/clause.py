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
_ASKS = re.compile(
    r"(?<!\w)(?:що|шо|что|чи|скільки|сколько|як(?:ий|а|е|і|у)?|как(?:ой|ая|ие|ую)?|коли|когда|де|где|чому|почему"
    r"|порад\w+"
    r"|посовет\w+|what|which|how|when|where|why|can|could|do|does|is|are|will|any)(?!\w)"
)
"""A clause with one of these asks by itself."""
_OPENS = re.compile(
    r"\s*(?:(?:hi|hey|hello|привіт|привет|добрий день|добрый день|а|і|и|and|so)[\s,]+)?"
    r"(?:how|what(?:'?s)?|which|where|when|why|do (?:you|u|ya)|does|is (?:it|there|this|that)|are (?:you|there|they)"
    r"|чи|скільки|скіки|сколько|скока|який|яка|яке|які|какой|какая|какое|какие|де|где|коли|когда|чому|почему)\s"
)
"""A clause that begins so asks, though nobody typed the mark."""
_SENTENCE_END = re.compile(rf"[!?\n]+|{_ABBREVIATIONS}\.(?=\s|$)")


_SHORTENED_END = re.compile(r"(?<=грн|руб|дол)\.(?=\s+[А-ЯІЇЄҐA-Z])|(?<=\bшт)\.(?=\s+[А-ЯІЇЄҐA-Z])")


@dataclass(frozen=True, slots=True)
class Clause:
    before: str
    after: str
    is_question: bool

    @property
    def text(self) -> str:
        return f"{self.before}\0{self.after}"


def clause_around(folded: str, start: int, end: int) -> Clause:
    """Of folded text. The clause ends at punctuation and at "but"; it asks unless a later one is what asks."""
    first, last = max(start - _FAR, 0), end + _FAR
    left = max((cut.end() for cut in _BREAK.finditer(folded, first, start)), default=first)
    cut = _BREAK.search(folded, end, last)
    close = _SENTENCE_END.search(folded, end, last)
    before, after = folded[left:start], folded[end : cut.start() if cut else last]
    asks = close is not None and "?" in close.group()
    if asks and close and cut and cut.start() < close.start():
        rest = folded[cut.end() : close.start()]
        asks = not _ASKS.search(rest) or _ASKS.search(f"{before} {after}") is not None
    return Clause(before, after, asks or (close is None and _OPENS.match(before) is not None))


def end_sentences(text: str) -> str:
    """As long as before: behind a shortened word a capital tells that the sentence ended ("до 5 грн. Доставка")."""
    return _SHORTENED_END.sub("\n", text)


def text_before(text: str, at: int) -> str:
    """The few words before a place."""
    return text[max(at - _NEAR, 0) : at]


def text_after(text: str, at: int) -> str:
    """The few words after a place."""
    return text[at : at + _NEAR]
