"""Number words with one letter wrong, missing or too much: "дватцать", "тисичі", "пядесят"."""

from collections.abc import Iterable, Iterator, Mapping

from core.understanding.facts import number_words as words

_LEAST = 6
_LEAST_SURE = 8
"""Shorter words than that are a letter away from others: "туриста" is not 300."""
_SAME_END = 2
"""Endings tell "двадцята", the twentieth, from "двадцять"."""


def mend(word: str) -> str:
    """The number word that is meant, else the word itself. Of folded Cyrillic words without apostrophes."""
    if len(word) < _LEAST or word.isascii() or word in _KNOWN:
        return word
    meant = {each for form in (word, *_without_one(word)) for each in _NEAR.get(form, ())}
    fitting = [each for each in meant if abs(len(each) - len(word)) < _SAME_END and each[-2:] == word[-2:]]
    return min(fitting) if len({_SIZES[each] for each in fitting}) == 1 else word


def _without_one(word: str) -> Iterator[str]:
    """The word less one of its letters, the first and the last two excepted."""
    return (word[:at] + word[at + 1 :] for at in range(1, len(word) - _SAME_END))


def _near(known: Iterable[str]) -> Mapping[str, set[str]]:
    """Words and their forms less one letter, each with the words that it may be of."""
    found: dict[str, set[str]] = {}
    for word in known:
        for form in {word, *_without_one(word)}:
            found.setdefault(form, set()).add(word)
    return found


_SIZES = words.SMALL | words.SCALES
_KNOWN = frozenset(_SIZES) | frozenset(words.COUNTS)
_NEAR = _near(
    word for word in _SIZES if not word.isascii() and len(word) >= (_LEAST if word in words.SCALES else _LEAST_SURE)
)
