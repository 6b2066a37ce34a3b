"""Cut a long text where people would: between paragraphs, sentences, words, and only then between graphemes."""

import re
from bisect import bisect_right
from collections.abc import Iterator

from bots.channel import TextUnit

_SMALLEST_LIMIT = 4  # one code point is at most 4 bytes

# A cut may fall after what these match, best kind first; a kind is taken only when the part is this full with it.
_CUTS = (
    (re.compile(r"\n[^\S\n]*\n\s*"), 0.3),
    (re.compile(r"\n\s*"), 0.3),
    (re.compile(r"[.!?…]+[\"'»”’)\]]*\s+"), 0.3),
    (re.compile(r"\s+"), 0.0),
)

# Never cut inside these while they fit into one part: links, addresses, markup pairs and tags, halves of a surrogate.
# Every branch ends at the next delimiter or is bounded, so that hostile text costs linear time.
_WHOLE = re.compile(
    r"""
      \[[^\[\]\n]{1,400}\]\([^()\s]{1,2000}\)
    | ```[^`]{1,400}```  |  `[^`\n]{1,400}`
    | \*\*(?=\S)[^\n]{1,400}?(?<=\S)\*\*  |  __(?=\S)[^\n]{1,400}?(?<=\S)__  |  ~~(?=\S)[^~\n]{1,400}(?<=\S)~~
    | (?<![\w*])\*(?=\S)[^*\n]{1,400}(?<=\S)\*(?![\w*])  |  (?<!\w)_(?=\S)[^_\n]{1,400}(?<=\S)_(?!\w)
    | <(?P<tag>[a-zA-Z]{1,12})(?:\s[^<>\n]{0,400})?>[^<>]{0,400}</(?P=tag)>  |  </?[a-zA-Z][^<>\n]{0,400}>
    | (?:https?://|www\.|t\.me/|mailto:|tel:)[^\s<>]+
    | (?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}
    | [\ud800-\udbff][\udc00-\udfff]
    """,
    re.VERBOSE,
)


def measure(text: str, unit: TextUnit) -> int:
    """Length as the platform counts it."""
    if unit is TextUnit.CODE_POINTS:
        return len(text)
    if unit is TextUnit.BYTES:
        return len(text.encode("utf-8", "surrogatepass"))
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def fits(text: str, limit: int, unit: TextUnit) -> bool:
    """Without measuring when the count of characters already decides."""
    widest = {TextUnit.CODE_POINTS: 1, TextUnit.UTF16: 2, TextUnit.BYTES: 4}[unit]
    if len(text) * widest <= limit:
        return True
    return len(text) <= limit and measure(text, unit) <= limit


def split(text: str, limit: int, unit: TextUnit) -> list[str]:
    """Parts of at most `limit` units, in order; only whitespace around a cut is dropped. Blank text gives no part.

    A link, a markup pair or a grapheme is cut only when it is longer than a whole part.
    """
    if limit < _SMALLEST_LIMIT:
        raise ValueError(f"a part must hold at least {_SMALLEST_LIMIT} units, not {limit}")
    if not text or text.isspace():
        return []
    if fits(text, limit, unit):
        return [text]
    return list(_parts(text, limit, unit))


def _parts(text: str, limit: int, unit: TextUnit) -> Iterator[str]:
    wholes = [match.span() for match in _WHOLE.finditer(text)]
    starts = [start for start, _ in wholes]
    start = _skip_blank(text, 0)
    while start < len(text):
        end = start + _longest(text, start, limit, unit)
        if end < len(text):
            end = _best_cut(text, start, end, _Whole(wholes, starts))
        part = text[start:end].rstrip()
        if part:
            yield part
        start = _skip_blank(text, end)


def _longest(text: str, start: int, limit: int, unit: TextUnit) -> int:
    """How many characters from `start` on fit."""
    if unit is TextUnit.CODE_POINTS:
        return min(limit, len(text) - start)
    window = text[start : start + limit]
    return bisect_right(range(1, len(window) + 1), limit, key=lambda size: measure(window[:size], unit))


class _Whole:
    """The stretches that stay in one piece."""

    def __init__(self, spans: list[tuple[int, int]], starts: list[int]) -> None:
        self._spans = spans
        self._starts = starts

    def retreat(self, cut: int, start: int) -> int:
        """The nearest place not after `cut` that is inside none; one that began the part is too long to be kept."""
        index = bisect_right(self._starts, cut) - 1
        if index < 0:
            return cut
        first, last = self._spans[index]
        return first if start < first < cut < last else cut


def _best_cut(text: str, start: int, end: int, whole: _Whole) -> int:
    """The last good place in (start, end]; blanks just after `end` count, since they are dropped at a cut."""
    # One character further: a blank that no longer fits still makes the cut before it a cut between words.
    window = text[start : end + 1]
    for pattern, fullness in _CUTS:
        places = [start + match.end() for match in pattern.finditer(window)]
        for cut in reversed(places):
            if cut - start < fullness * (end - start):
                break
            if whole.retreat(cut, start) == cut and _is_boundary(text, start, cut):
                return min(cut, end)
    return _grapheme_cut(text, start, whole.retreat(end, start))


def _grapheme_cut(text: str, start: int, end: int) -> int:
    """Between graphemes; through one when it alone is longer than a part."""
    from grapheme import safe_split_index

    cut = int(safe_split_index(text[start : end + 1], end - start))
    return start + cut if cut > 0 else end


def _is_boundary(text: str, start: int, cut: int) -> bool:
    from grapheme import safe_split_index

    return cut >= len(text) or int(safe_split_index(text[start : cut + 1], cut - start)) == cut - start


def _skip_blank(text: str, start: int) -> int:
    """Past blanks, but not past one that carries a combining mark: that is a visible sign."""
    end = start
    while end < len(text) and text[end].isspace():
        end += 1
    while end > start and not _is_boundary(text, start, end):
        end -= 1
    return end
