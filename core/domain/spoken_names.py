"""Brands written as they sound: "лумера 20" is Lumera 20."""

import itertools
from typing import Final

_TOGETHER: Final = {"sh": "ш", "ch": "ч", "zh": "ж", "ph": "ф", "th": "т", "qu": "кв", "ck": "к", "oo": "у"}
_ALONE: Final = dict(zip("abcdefghjklmnopqrstuvwxyz", "абкдефгхйклмнопкрстуввкиз", strict=True))
_VOWELS: Final = {"i": ("и", "і"), "e": ("е", "є", "э"), "x": ("кс",)}
_MOST_DOUBTS: Final = 3
"""Letters of a name that may be written in more than one way; more ways would be a list of their own."""


def spell(name: str) -> set[str]:
    """A lowercase Latin name as people write it in Cyrillic; nothing for a name with other letters or digits."""
    if not (name.isascii() and name.isalpha()) or len(name) < 3:
        return set()
    ways: list[tuple[str, ...]] = []
    at = 0
    while at < len(name):
        pair = name[at : at + 2]
        if pair in _TOGETHER:
            ways.append((_TOGETHER[pair],))
            at += 2
            continue
        ways.append(_VOWELS.get(name[at]) or (_ALONE[name[at]],))
        at += 1
    if sum(len(way) > 1 for way in ways) > _MOST_DOUBTS:
        ways = [way[:1] for way in ways]
    return {"".join(letters) for letters in itertools.product(*ways)}
