"""Text as people type it, made comparable: invisible marks out, one apostrophe, one alphabet within a word."""

import re
import unicodedata
from dataclasses import dataclass

READ_CHARACTERS = 4_000
"""No more of one message is understood; the whole of it is stored all the same."""

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe0e\ufe0f\ufeff]")
_APOSTROPHES = "’ʼ`´‘ʹ′"
_DASHES = "‐‑‒–—―−"
_SPACES = "\u00a0\u2007\u2009\u202f\t"
_SAME_LENGTH = str.maketrans(
    {
        **dict.fromkeys(_APOSTROPHES, "'"),
        **dict.fromkeys(_DASHES, "-"),
        **dict.fromkeys(_SPACES, " "),
        "İ": "I",
    }
)
# People on Ukrainian keyboards type Latin "i" and others between Cyrillic letters.
_LOOK_ALIKES = str.maketrans("aceiopxy", "асеіорху")
_MIXED_WORD = re.compile(r"\b(?=[^\W\d_]*[а-яіїєґё])(?=[^\W\d_]*[aceiopxy])[^\W\d_]+\b")
_NOT_WORDS = re.compile(r"[^\w/+]+")


@dataclass(frozen=True, slots=True)
class CleanText:
    """`text` without invisible marks. `places` gives each character's place in the original; None = unchanged."""

    text: str
    places: tuple[int, ...] | None = None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span of the original that [start, end) of the clean text came from."""
        if self.places is None or start >= end:
            return start, end
        return self.places[start], self.places[end - 1] + 1


def clean(text: str) -> CleanText:
    text = text[:READ_CHARACTERS]
    if not _INVISIBLE.search(text):
        return CleanText(text)
    places = tuple(place for place, letter in enumerate(text) if not _INVISIBLE.match(letter))
    return CleanText("".join(text[place] for place in places), places)


def fold(text: str) -> str:
    """Lower case, plain apostrophes, dashes and spaces; as long as the text, so that spans hold."""
    folded = text.translate(_SAME_LENGTH).lower()
    if len(folded) != len(text):
        folded = "".join(letter.lower()[:1] or letter for letter in text.translate(_SAME_LENGTH))
    return _MIXED_WORD.sub(lambda word: word.group().translate(_LOOK_ALIKES), folded)


def normalize(text: str) -> str:
    """The words alone: what two ways of typing the same phrase have in common."""
    known = fold(unicodedata.normalize("NFKC", _INVISIBLE.sub("", text[:READ_CHARACTERS])))
    return " ".join(_NOT_WORDS.sub(" ", known.replace("'", "")).split())
