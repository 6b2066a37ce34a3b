"""Where a sentence ends in Ukrainian, Russian and English text."""

import re
from typing import Final

_BEFORE_A_NAME: Final = """
вул ул просп пр пл бул бульв пров пер м с смт обл р-н ім им св буд кв оф корп стор мал рис напр тел факс арт див см т
тзв пан п г-н г-жа mr mrs ms dr st no vs etc e.g i.e fig tel art approx inc ltd co
"""
_AFTER_A_NUMBER: Final = """
грн коп руб тис млн млрд год хв сек дн міс р рр г гг кг гр мл л мм км шт уп пач мин ч нед мес min hr hrs sec kg pcs
тощо ін др д пн вт ср чт пт сб нд вс
"""
# A full stop after these never ends a sentence: a name, a number or a place follows.
_LEADING: Final = frozenset(_BEFORE_A_NAME.split())
# After these it does so only before a capital letter: "80 грн. Самовивіз" does, "80 грн. за посилку" does not.
_UNITS: Final = frozenset(_AFTER_A_NUMBER.split())
_END: Final = re.compile(r"[.!?…]+[\"'»”)\]]*(?=\s)|\n+")
_BEFORE: Final = re.compile(r"[\w.'’ʼ-]+$")


def split_sentences(text: str) -> list[str]:
    """Sentences in order, stripped; a line's end also ends one. Joined by spaces they hold every word of the text."""
    sentences: list[str] = []
    start = 0
    for end in _END.finditer(text):
        if _ends(text, end):
            sentences.append(text[start : end.end()].strip())
            start = end.end()
    sentences.append(text[start:].strip())
    return [sentence for sentence in sentences if sentence]


def _ends(text: str, end: re.Match[str]) -> bool:
    mark = end.group()
    if not mark.startswith(".") or len(mark.strip("\"'»”)]")) > 1:
        return mark[0] in "\n!" or _opens(text[end.end() :])
    before = _BEFORE.search(text, 0, end.start())
    word = before.group().lower() if before else ""
    after = text[end.end() :]
    if word in _UNITS:
        return _opens_with_capital(after)
    if word in _LEADING or (len(word) == 1 and word.isalpha()):
        return False
    return _opens(after)


def _opens(after: str) -> bool:
    """Whether this could begin a sentence: anything but a small letter or a closing mark."""
    first = after.lstrip()[:1]
    return not first or not (first.islower() or first in ",;:)")


def _opens_with_capital(after: str) -> bool:
    first = after.lstrip(' \t«"“(—–-')[:1]
    return not first or first.isupper() or first == "\n"
