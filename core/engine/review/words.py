"""Words compared by their beginnings, which is enough for three inflected languages."""

import re
from functools import lru_cache

_WORD = re.compile(r"[^\W\d_]{3,}(?:'[^\W\d_]+)?")
_COMMON_WORDS = (
    "для при від або якщо коли цей ваш вашу наш нас вам вас все усе всі так вже тут там дуже можна може буде має "
    "маємо робимо про щоб але яка який яке які його ваше ваша наша наше тоді саме також лише тільки навіть після "
    "перед чим між без под над это этот эта или если когда еще уже очень можно может будет есть чтобы какая какой "
    "какие его тогда также только даже после чем между она они оно the and for you your our with from can will "
    "have this that are not any all its was were has had who what when how then than also only even after before "
    "about into which there they them been being does did just very yes "
)
_COMMON = frozenset(_COMMON_WORDS.split())


@lru_cache(maxsize=1024)
def stems(text: str) -> frozenset[str]:
    """Of the words that carry meaning: three to five letters each."""
    return frozenset(stem(word) for word in _WORD.findall(text.lower()) if word not in _COMMON)


def stem(word: str) -> str:
    return word[: max(3, min(5, len(word) - 1))]


def shared(one: frozenset[str], other: frozenset[str]) -> frozenset[str]:
    """Those of the first that begin, or are begun by, one of the second."""
    return frozenset(a for a in one if any(a.startswith(b) or b.startswith(a) for b in other))
