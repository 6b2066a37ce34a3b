"""Text as a reader sees it: without what is invisible, in one alphabet a word, with numbers in digits."""

import html
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from core.domain.spelled_numbers import find_spelled

_TAG = re.compile(r"</?[a-z]{1,6}\s*/?>", re.I)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]{2,8});", re.I)
_MARKUP = frozenset("*_`~")
_PICTURES = {"🔟": "10", "💯": "100", "💲": "$", "💵": "$", "💶": "€", "💷": "£", "💴": "¥"}
_ALIKE = str.maketrans("’‘ʼ`´ʹ＇−‐‑‒―ёЁ", "'''''''-----еЕ")
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")

_LATIN, _CYRILLIC = "AaBCcEeHIiKkMOoPpTXxyYϳjsSl", "АаВСсЕеНІіКкМОоРрТХхуУјјѕЅӏ"
_GREEK = dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧαορν", "ABEZHIKMNOPTYXaopv", strict=True))
_TO_CYRILLIC = dict(zip(_LATIN, _CYRILLIC, strict=True))
_TO_LATIN = {there: here for here, there in _TO_CYRILLIC.items()} | {"у": "y", "І": "I", "і": "i", "Ѕ": "S", "ѕ": "s"}
_CYRILLIC_ONLY = frozenset("бвгґджзийклнптфцчшщьюяєїъыэБГҐДЖЗИЙЛПУФЦЧШЩЬЮЯЄЇЪЫЭмт")
_WORD = re.compile(r"[^\W\d_]{2,}")
_MIXED = re.compile(r"[a-zΑ-ω][а-яіїєґ]|[а-яіїєґ][a-zΑ-ω]", re.I)
_DIGIT_LIKE = str.maketrans("OoОоΟοЗзSsБбlIІі|", "0000003355661111" + "1")
_NUMBER_LIKE = re.compile(r"(?<![\w.@/-])(?=[^\s\d]{0,3}\d)[\dOoОоΟοЗзSsБбlIІі|]{1,11}[\dOoОоΟο](?![\d@/])")

_LETTERS_PRICED = re.compile(r"(?<!\w)[lIІ|ЗS]?[OОΟ]{1,6}(?=\s?(?i:грн|гривень|гривен|uah|usd|eur|євро|евро|[$€₴%]))")


@dataclass(frozen=True, slots=True)
class Visible:
    """`places[i]` is where character i stands in the original; one more for the end."""

    text: str
    places: tuple[int, ...]


def make_visible(text: str) -> Visible:
    """Every trick with look-alikes, invisible or combined characters undone, spelled-out numbers in digits."""
    chars = [(char, place) for piece, place in _pieces(text) for char in piece]
    plain = "".join(char for char, _ in chars).translate(_ALIKE)
    plain = _NUMBER_LIKE.sub(_read_digits, _one_alphabet(plain))
    plain = _LETTERS_PRICED.sub(lambda match: match.group().translate(_DIGIT_LIKE), plain)
    places = [place for _, place in chars] + [len(text)]
    return _with_digits(plain, places)


def turns_around(text: str) -> bool:
    """Whether it holds marks that turn the reading direction, which people who sell have no use for."""
    return _TURNING.search(text) is not None


def _pieces(text: str) -> Iterator[tuple[str, int]]:
    at = 0
    while at < len(text):
        char = text[at]
        if char == "<" and (tag := _TAG.match(text, at)):
            yield "\n" if tag.group().lower().startswith("<br") else "", at
            at = tag.end()
        elif char == "&" and (entity := _ENTITY.match(text, at)):
            yield html.unescape(entity.group()), at
            at = entity.end()
        elif char.isascii() or "а" <= char <= "я" or "А" <= char <= "Я":
            end = _cluster_end(text, at)
            yield ("" if char in _MARKUP else _compose(text[at:end])), at
            at = end
        else:
            end = _cluster_end(text, at)
            yield _PICTURES.get(char) or _compose(text[at:end]), at
            at = end


def _cluster_end(text: str, at: int) -> int:
    end = at + 1
    while end < len(text) and not text[end].isascii() and unicodedata.category(text[end]) in ("Mn", "Me", "Cf"):
        end += 1
    return end


def _compose(cluster: str) -> str:
    if len(cluster) == 1 and cluster.isascii():
        return cluster
    composed = unicodedata.normalize("NFKC", "".join(c for c in cluster if unicodedata.category(c) != "Cf"))
    return "".join(_digit(c) for c in composed if not unicodedata.category(c).startswith("M"))


def _digit(char: str) -> str:
    value = unicodedata.digit(char, None) if not char.isascii() else None
    return char if value is None else str(value)


def _one_alphabet(text: str) -> str:
    return _WORD.sub(_settle_word, text) if _MIXED.search(text) else text


def _settle_word(match: re.Match[str]) -> str:
    """A word of two alphabets is read in the one that all its letters can be taken for."""
    word = match.group()
    if not _MIXED.search(word):
        return word
    word = "".join(_GREEK.get(char, char) for char in word)
    if any(char in _CYRILLIC_ONLY for char in word):
        return "".join(_TO_CYRILLIC.get(char, char) for char in word)
    return "".join(_TO_LATIN.get(char, char) for char in word)


def _read_digits(match: re.Match[str]) -> str:
    return match.group().translate(_DIGIT_LIKE)


def _with_digits(text: str, places: list[int]) -> Visible:
    """Spelled-out numbers become digits; each of these stands where its words began."""
    out: list[str] = []
    moved: list[int] = []
    at = 0
    for start, end, digits in find_spelled(text):
        out += [text[at:start], digits]
        moved += places[at:start] + [places[start]] * len(digits)
        at = end
    out.append(text[at:])
    return Visible("".join(out), tuple(moved + places[at:]))


def words_of(text: str) -> Iterable[str]:
    return re.findall(r"[^\W_]+(?:'[^\W\d_]+)?", text.lower())
