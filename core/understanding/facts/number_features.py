"""What stands around a number, hashed into buckets: its shape, the words on both sides, and the wordings it meets."""

import re
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import ModuleType
from typing import Final

from core.understanding.facts import (
    budget_otherwise,
    budget_wordings,
    counted,
    quantity_wordings,
    tense,
    wanting,
    whose,
    whose_otherwise,
)
from core.understanding.facts.clause import Clause, clause_around
from core.understanding.facts.money import Money
from core.understanding.facts.numbers import Number
from core.understanding.facts.span import MASK

WORD_BUCKETS: Final = 8192
WORDING_BUCKETS: Final = 4096
_WORDINGS_IN: Final[Sequence[ModuleType]] = (
    budget_wordings, quantity_wordings, counted, wanting, tense, whose, whose_otherwise, budget_otherwise,
)  # fmt: skip
_TOKEN: Final = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*|\d+|[?!.,;:%$€£₴()\n-]|\ufffc+")
_ENDS: Final = re.compile(r"[.!\n]")
_SIZES: Final = (1, 2, 4, 9, 20, 31, 99, 199, 999, 1899, 2100, 4999, 19999, 99999, 999999)
_WORTH: Final = 100
"""From here on, or with a currency or thousands, a number may well be money."""
_FAR: Final = 90
_BEGIN: Final = 5
"""Letters: an ending tells nothing here."""
_NEAR, _CLAUSE, _SENTENCE = 3, 8, 14


@dataclass(frozen=True, slots=True)
class NumberFeatures:
    """Distinct bucket numbers, in order."""

    words: tuple[int, ...]
    wordings: tuple[int, ...]


def read_features(folded: str, money: Money, numbers: Sequence[Number]) -> NumberFeatures:
    """Of one number or range in a folded text; `numbers` are all of the text's."""
    return NumberFeatures(
        _hashed((*_shape(folded, money, numbers), *_around(folded, money)), WORD_BUCKETS),
        _hashed(_met(folded, money), WORDING_BUCKETS),
    )


@lru_cache(maxsize=1)
def list_wordings() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Every wording that the rules of budgets and counts look for, by name."""
    found = {
        name: value for module in _WORDINGS_IN for name, value in vars(module).items() if isinstance(value, re.Pattern)
    }
    return tuple(sorted(found.items()))


def _shape(folded: str, money: Money, numbers: Sequence[Number]) -> Iterator[str]:
    inside = [number for number in numbers if money.start <= number.start < money.end]
    size, is_whole = _size(money), money.amount % 1 == 0
    yield from (f"size {size}", f"scaled {money.scaled}", f"currency {money.currency}", f"whole {is_whole}")
    yield f"size {size} {bool(money.currency)} {money.scaled}"
    yield from (f"worded {any(n.worded for n in inside)}", f"vague {any(n.vague for n in inside)}")
    yield f"attached {inside[0].attached[:3] if inside else ''}"
    yield from (f"range {len(inside) > 1}", f"round {money.amount % 100 == 0}", f"numbers {min(len(numbers), 4)}")
    before, after = _tokens(folded[: money.start]), _tokens(folded[money.end :])
    yield from (f"alone {not before and not after}", f"first {not before}", f"last {not after or after[0] in '.!'}")


def _around(folded: str, money: Money) -> Iterator[str]:
    left = _tokens(folded[max(0, money.start - _FAR) : money.start])[::-1]
    right = _tokens(folded[money.end : money.end + _FAR])
    for side, words in (("left", left), ("right", right)):
        near = [*words, *[""] * _NEAR][:_NEAR]
        for place, word in enumerate(near):
            yield from (f"{side} {place} {word}", f"{side} {place} {word[:_BEGIN]}~")
        yield f"{side} two {near[0][:_BEGIN]} {near[1][:_BEGIN]}"
        yield f"{side} three {' '.join(word[:_BEGIN] for word in near)}"
        for word in words[:_CLAUSE]:
            yield f"{side} clause {word[:_BEGIN]}"
            if word in ".!?\n;":
                break
        yield from (f"{side} far {word[:_BEGIN]}" for word in words[:_SENTENCE])
    before, after, size = (left or [""])[0][:_BEGIN], (right or [""])[0][:_BEGIN], _size(money)
    yield from (f"between {before} {after}", f"size {size} before {after}", f"size {size} after {before}")
    rest = _ENDS.split(folded[money.end :], maxsplit=1)[0]
    yield f"asked {'?' in rest}"
    yield from (f"text {word[:_BEGIN]}" for word in set(_tokens(folded)))


def _met(folded: str, money: Money) -> Iterator[str]:
    clause = clause_around(folded, money.start, money.end)
    is_worth = money.amount >= _WORTH or bool(money.currency) or money.scaled
    for name, pattern in list_wordings():
        for place in _places(pattern, clause, folded):
            yield from (f"{place} {name}", f"{place} {name} {is_worth}")
    yield from (f"question {clause.is_question}", f"question {clause.is_question} {is_worth}")


def _places(pattern: re.Pattern[str], clause: Clause, folded: str) -> Iterator[str]:
    if pattern.search(clause.before):
        yield "before"
    if pattern.match(clause.after) or pattern.match(clause.after.lstrip(" .-")):
        yield "right after"
    elif pattern.search(clause.after):
        yield "after"
    if pattern.search(clause.text):
        yield "clause"
    elif pattern.search(folded):
        yield "text"


def _tokens(text: str) -> list[str]:
    return ["#" if token[0].isdigit() else "¤" if token[0] == MASK else token for token in _TOKEN.findall(text)]


def _size(money: Money) -> int:
    return sum(money.amount > limit for limit in _SIZES)


def _hashed(features: Iterator[str] | Sequence[str], buckets: int) -> tuple[int, ...]:
    return tuple(sorted({zlib.crc32(feature.encode("utf-8", "replace")) % buckets for feature in features}))
