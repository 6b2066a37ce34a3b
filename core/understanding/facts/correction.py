"""Numbers taken back: "ой, не 5 а 7", "no, make it 7", "7 замість 5"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from core.understanding.facts.clause import text_after, text_before
from core.understanding.facts.numbers import Number

_NOT = re.compile(r"(?<!\w)(?:не|not)\s(?:\S+\s)?$")
_BUT = re.compile(r"[\s,.-]*(?:\S+\s){0,2}?,?\s*(?:а|but|but rather|-)\s(?:\S+\s){0,2}$|\s*,\s*$")
_AND_NOT = re.compile(r"(?:\s\S+){0,2},?\s(?:а не|and not|not|instead of|rather than|замість|вместо)\s(?:\S+\s)?$")
_RATHER = re.compile(
    r"(?<!\w)(?:(?:ні|нет|нє|не(?=,)|ой|no|nope|oops|sorry|wait|вибачте|извините|стоп|упс)[\s,.!-]+(?:\S+\s){0,3}"
    r"|(?:ну(?: максимум| якщо| если)?|вірніше|точніше|точнее|вернее|правильніше|краще|лучше|actually|rather|i mean"
    r"|i meant|on second thoughts?"
    r"|scratch that|make (?:it|that)|let's say|нехай краще|пусть лучше|хоча (?:давайте|краще|можна|можемо)"
    r"|хотя (?:давайте|лучше|можно|можем)|change (?:it|that) to|змінимо на|поменяем на|передумал\w*|хоча ні|хотя нет"
    r"|нехай (?:буде )?|хай (?:буде )?|пусть (?:будет )?|помили\w+|ошиб\w+|опечат\w+)[\s,.:!-]*(?:\S+\s){0,2})$"
)
_MISTAKE = re.compile(r"^[\s,.-]{1,3}(?:помили|ошиб|опечат|my mistake|sorry|вибач|извин|перепрош)")


@dataclass(frozen=True, slots=True)
class Replacement:
    """`new` stands for `old`; `old` is None when only the new number is said."""

    new: Number
    old: Number | None

    def corrects(self, value: Decimal | int | float) -> bool:
        """Whether the known value may be the one taken back: the same number, or the same without its thousands."""
        if self.old is None:
            return True
        known = Decimal(str(value))
        return known in (self.old.value, self.old.value * 1_000)


def dropped(folded: str, numbers: Sequence[Number]) -> list[Number]:
    """The numbers that are named only to be taken back."""
    return [
        number
        for at, number in enumerate(numbers)
        if (_NOT.search(text_before(folded, number.start)) and _has_other(folded, numbers, at))
        or (at > 0 and _AND_NOT.fullmatch(folded, numbers[at - 1].end, number.start))
    ]


def find_replacement(folded: str, numbers: Sequence[Number]) -> Replacement | None:
    """The last correction of a text."""
    taken_back = dropped(folded, numbers)
    for at in reversed(range(len(numbers))):
        number = numbers[at]
        if number in taken_back:
            continue
        neighbours = [numbers[place] for place in (at - 1, at + 1) if 0 <= place < len(numbers)]
        old = next((other for other in neighbours if other in taken_back), None)
        if (
            old is not None
            or _RATHER.search(text_before(folded, number.start))
            or _MISTAKE.match(text_after(folded, number.end))
        ):
            return Replacement(number, old)
    return None


def _has_other(folded: str, numbers: Sequence[Number], at: int) -> bool:
    """Whether another number is put in place of this one."""
    if at + 1 < len(numbers) and _BUT.fullmatch(folded, numbers[at].end, numbers[at + 1].start):
        return True
    return at > 0 and _AND_NOT.fullmatch(folded, numbers[at - 1].end, numbers[at].start) is not None
