"""What the head sees of a text's letters: words, pairs of words and pieces of words, hashed into buckets."""

import re
import zlib
from itertools import pairwise

from core.understanding.text import fold

BUCKETS = 8192
_PIECES = (3, 4)
_WORDS = re.compile(r"[\w']+|[?!]")
_DIGIT = re.compile(r"\d")
_MOST_WORDS = 120


def buckets(text: str) -> list[int]:
    """Distinct bucket numbers, in order. Digits are all alike: which number it is does not change the act."""
    words = _WORDS.findall(_DIGIT.sub("0", fold(text)))[:_MOST_WORDS]
    seen = {f"{first}|{second}" for first, second in pairwise(words)}
    for word in words:
        padded = f" {word} "
        seen.add(f"w{padded}")
        seen.update(padded[at : at + size] for size in _PIECES for at in range(len(padded) - size + 1))
    return sorted({zlib.crc32(piece.encode("utf-8", "replace")) % BUCKETS for piece in seen})
