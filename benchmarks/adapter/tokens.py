"""The model's own tokenizer, read from its file: the engine tells no tokens, and training needs them."""

import struct
from functools import cached_property
from typing import Any, Final

import numpy as np

from core.embedding.model_file import Layout

BEGIN: Final = 0
END: Final = 2
_UNKNOWN: Final = 3
_BLANK: Final = "\u2581"
_PENALTY: Final = 10.0
"""How much worse than the rarest piece a letter is that stands in none."""


class Tokenizer:
    """Unigram pieces, the most likely way to cut a text."""

    def __init__(self, image: Any, layout: Layout) -> None:
        self._image = memoryview(image)
        self._layout = layout
        self._at = layout.pieces_at + 8 * layout.pieces + 4 + layout.letters

    def encode(self, text: str, *, is_query: bool, limit: int) -> list[int]:
        """At most `limit` tokens between the marks of beginning and end."""
        prefixed = ("query: " if is_query else "passage: ") + text
        letters = "".join(self._normal.get(letter, letter) for letter in prefixed)
        while "  " in letters:
            letters = letters.replace("  ", " ")
        return [BEGIN, *self._cut(_BLANK + letters.replace(" ", _BLANK))[:limit], END]

    def _cut(self, text: str) -> list[int]:
        pieces, longest, rare = self._pieces
        best = [0.0] + [-np.inf] * len(text)
        came: list[tuple[int, int]] = [(0, _UNKNOWN)] * (len(text) + 1)
        for start in range(len(text)):
            for end in range(start + 1, min(start + longest, len(text)) + 1):
                place, score = pieces.get(text[start:end], (_UNKNOWN, rare if end == start + 1 else -np.inf))
                if best[start] + score > best[end]:
                    best[end], came[end] = best[start] + score, (start, place)
        found, end = [], len(text)
        while end:
            end, place = came[end]
            found.append(place)
        return found[::-1]

    @cached_property
    def _pieces(self) -> tuple[dict[str, tuple[int, float]], int, float]:
        """Number and score by piece, the length of the longest, the score of an unknown letter."""
        count, at = self._layout.pieces, self._layout.pieces_at
        ends = np.frombuffer(self._image, "<u4", count + 1, at)
        scores = np.frombuffer(self._image, "<f4", count, at + 4 * (count + 1))
        letters = bytes(self._image[self._at - self._layout.letters : self._at])
        names = [letters[ends[n] : ends[n + 1]].decode("utf-8", "replace") for n in range(count)]
        pieces = {name: (n, float(scores[n])) for n, name in enumerate(names) if name and n != _UNKNOWN}
        return pieces, max(map(len, names)), float(scores.min()) - _PENALTY

    @cached_property
    def _normal(self) -> dict[str, str]:
        (count,) = struct.unpack_from("<i", self._image, self._at)
        at, normal = self._at + 8, {}
        for _ in range(count):
            letter, size = struct.unpack_from("<IB", self._image, at)
            normal[chr(letter)] = "".join(map(chr, struct.unpack_from(f"<{size}I", self._image, at + 5)))
            at += 5 + 4 * size
        return normal
