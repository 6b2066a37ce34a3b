"""Words of price lists and of customers: what is left of a text that can name goods, and which words are alike."""

import math
import re
from typing import Final

WORD: Final = re.compile(r"[^\W_]+(?:['’ʼ-][^\W_]+)*")
_STEM: Final = 5
"""Letters: a shorter word has the same stem only as one that is hardly longer."""
_ENGLISH_ENDING: Final = 3
"""Letters: "roast" and "roasted"; a "present" has nothing of a "press"."""
_SHORTEST_TAIL: Final = 5
"""Letters of a word that a longer one may end in."""
_IDLE: Final = re.compile(
    r"the|and|for|with|without|that|this|from|into|you|your|our|are|was|one|want|need|have|some|any|please|yes|"
    r"для|або|від|без|під|над|при|про|що|цей|моя|ваш|нас|вам|так|мені|мене|треба|потрібно|хочу|будь|ласка|"
    r"или|под|что|это|мой|мне|меня|надо|нужно|нужен|нужна"
)
"""Words that name nothing, however rare they are in a price list."""
_GREETING: Final = re.compile(
    r"\b(?:good (?:morning|afternoon|evening|day)|"
    r"добр(?:ий|ый|ого|ое|е) (?:день|дня|ранок|ранку|вечір|вечора|утро|утра|вечера?))\b",
    re.IGNORECASE,
)
"""Names no course of a day and no blend called Morning."""
_AT_HOME: Final = {"додому": "дому", "вдома": "дому"}
_TORN: Final = re.compile(r"\b(кав|коф)[аеиоуыэі][ -]?((?:машин|варк|молк)\w*)", re.IGNORECASE)
"""A compound torn apart or misspelt at its seam: "каву машину", "кофи машина"."""


def _join_torn(match: re.Match[str]) -> str:
    seam = "о" if match.group(1).casefold() == "кав" else "е"
    return f"{match.group(1)}{seam}{match.group(2)}"


def words_of(text: str) -> list[str]:
    """Folded, without the idle ones."""
    text = _TORN.sub(_join_torn, _GREETING.sub(" ", text))
    words = (word.casefold().replace("’", "'").replace("ʼ", "'") for word in WORD.findall(text) if len(word) > 2)
    words = (word for word in words if not _IDLE.fullmatch(word))
    return [_AT_HOME.get(word, word) for word in words]


def same_stem(one: str, other: str) -> bool:
    if one[0].isdigit() or other[0].isdigit():
        return one == other
    shorter = min(len(one), len(other))
    common = next((at for at in range(shorter) if one[at] != other[at]), shorter)
    longer = max(len(one), len(other))
    if one.isascii() and other.isascii() and shorter <= _STEM:
        return common == shorter and longer - shorter <= _ENGLISH_ENDING
    is_ending = longer - shorter <= 2 if shorter < _STEM else common * 2 > longer
    return common >= max(3, math.ceil(shorter * 0.7)) and is_ending


def ends_in(token: str, word: str) -> bool:
    if len(word) < _SHORTEST_TAIL or len(token) < len(word) + 2:
        return False
    at = token.find(word[:-1], 2)
    return at > 0 and len(token) - at - len(word) <= 2
