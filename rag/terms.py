"""The significant words of a text, cut to stems that survive inflection."""

import re
import unicodedata
from typing import Final

from rag.stop_words import STOP_WORDS

_WORD: Final = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")
_FOLD: Final = str.maketrans({"ё": "е", "’": "'", "ʼ": "'", "`": "'", "‑": "-"})


def fold(text: str) -> str:
    """One spelling for what people type in several ways: case, ё, apostrophes, composed letters."""
    return unicodedata.normalize("NFC", text).lower().translate(_FOLD)


def words(text: str) -> list[str]:
    """All words in order, folded; an article number such as `kv-200` is one word."""
    return _WORD.findall(fold(text))


def stem(word: str) -> str:
    """A prefix without the ending; words with a digit (article numbers, amounts) stay whole."""
    if len(word) <= 4 or any(letter.isdigit() for letter in word):
        return word
    return word[: max(4, len(word) - (2 if len(word) < 8 else 3))]


def stems(text: str) -> list[str]:
    """Stems of the significant words, each once, in order of first use."""
    return list(dict.fromkeys(stem(word) for word in words(text) if word not in STOP_WORDS))


def is_identifier(word: str) -> bool:
    """An article number: letters and digits together, or at least four digits."""
    digits = sum(letter.isdigit() for letter in word)
    return digits >= 4 or 0 < digits < len(word.replace("-", ""))
