"""What of a passage is quoted as a whole: a sentence, or a short list with the line that announces it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from rag.sentences import split_sentences

LONGEST_LIST: Final = 60
"""Words: a list up to this long is quoted whole with the line that announces it."""

_LIST_ITEM: Final = re.compile(r"(?:[-*+•]|\d+[.)])\s")


@dataclass(frozen=True, slots=True)
class Unit:
    """`gap` stands before it."""

    text: str
    gap: str = ""


def split_units(text: str) -> list[Unit]:
    units: list[Unit] = []
    for paragraph in text.split("\n\n"):
        gap = "\n\n"
        for line in paragraph.split("\n"):
            for sentence in split_sentences(line):
                units.append(Unit(sentence, gap if units else ""))
                gap = " "
            gap = "\n"
    return _with_whole_lists(units)


def _with_whole_lists(units: Sequence[Unit]) -> list[Unit]:
    """A line that announces a list says nothing without it, nor the list without the line."""
    joined: list[Unit] = []
    for unit in units:
        opener = joined[-1] if joined else None
        if opener and _LIST_ITEM.match(unit.text) and _announces(opener.text) and _size(opener, unit) <= LONGEST_LIST:
            joined[-1] = Unit(opener.text + "\n" + unit.text, opener.gap)
        else:
            joined.append(unit)
    return joined


def _announces(text: str) -> bool:
    return text.split("\n", 1)[0].rstrip().endswith(":")


def _size(*units: Unit) -> int:
    return sum(len(unit.text.split()) for unit in units)
