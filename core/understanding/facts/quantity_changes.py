"""Counts said anew: "ой, не 5, а 7", "двох вистачить", "исправьте на восемь"."""

from collections.abc import Sequence

from core.understanding.facts import quantity_wordings as says
from core.understanding.facts.budget_wordings import OWN_MONEY
from core.understanding.facts.clause import clause_around, text_before
from core.understanding.facts.correction import Replacement, find_replacement
from core.understanding.facts.counting import Counted, is_in_money, what_follows
from core.understanding.facts.money import find_money
from core.understanding.facts.numbers import Number, whole
from core.understanding.facts.span import Context, Span, last_number
from core.understanding.facts.wanting import WANT

MOST = 1_000_000
MOST_BARE = 5_000
"""Above this a number at the end of a wish is rather a price or a model."""
_SHORT = 6
_CHANGE = 10
_GOODS = (Counted.UNIT, Counted.MEASURE, Counted.NOUN)
_NOT_GOODS = (Counted.OTHER, Counted.PERSON)


def count(number: Number) -> int | None:
    value = whole(number.value)
    return value if value is not None and 0 < value <= MOST else None


def find_put_right(folded: str, numbers: Sequence[Number]) -> list[Span]:
    """ "Пусть будет не 3, а 2", "не 60, а 16 худі", before anything was counted."""
    replacement = find_replacement(folded, numbers)
    if replacement is None or replacement.old is None or replacement.new.start < replacement.old.start:
        return []
    new = replacement.new
    told = count(new)
    if told is None or told > MOST_BARE or is_in_money(new, find_money(folded, numbers)):
        return []
    wanted = WANT.search(text_before(folded, replacement.old.start)) and not folded[new.end :].strip(" .!)")
    goods = what_follows(folded[new.end :]) in _GOODS and not clause_around(folded, new.start, new.end).is_question
    return [Span(new.start, new.end, told)] if wanted or goods else []


def find_restated(folded: str, numbers: Sequence[Number], found: Sequence[Span]) -> list[Span]:
    """ "Давай пять. Не, давай шесть" in one message."""
    replacement = find_replacement(folded, numbers) if found else None
    if replacement is None or replacement.new.start < found[-1].end:
        return []
    new = replacement.new
    told = count(new)
    clause = clause_around(folded, new.start, new.end)
    other = (
        what_follows(clause.after) in _NOT_GOODS
        or is_in_money(new, find_money(folded, numbers))
        or OWN_MONEY.search(clause.before)
        or says.EACH_AFTER.match(clause.after)
    )
    return [] if told is None or other else [Span(new.start, new.end, told)]


def find_corrected(folded: str, numbers: Sequence[Number], context: Context) -> list[Span]:
    """ "Ой, не 5, а 7" after a quantity of 5: the new number takes its place."""
    known = context.known.get("quantity")
    replacement = find_replacement(folded, numbers)
    told = count(replacement.new) if replacement else None
    if replacement is None or told is None or not isinstance(known, int) or not replacement.corrects(known):
        return []
    if replacement.old is None and not _is_bare(folded, replacement, context):
        return []
    return [Span(replacement.new.start, replacement.new.end, told)]


def find_changed(folded: str, numbers: Sequence[Number], context: Context) -> list[Span]:
    """A short later word on the count just told: "двох вистачить"."""
    if last_number(context) != "quantity" or len(folded.split()) > _SHORT or len(numbers) != 1 or "?" in folded:
        return []
    number, told = numbers[0], count(numbers[0])
    other = what_follows(folded[number.end :]) in _NOT_GOODS or OWN_MONEY.search(text_before(folded, number.start))
    known = context.known["quantity"]
    far = not isinstance(known, int) or told is None or not known / _CHANGE <= told <= known * _CHANGE
    if far or other or number.vague or is_in_money(number, find_money(folded, numbers)):
        return []
    return [Span(number.start, number.end, int(number.value))]


def find_times(folded: str, found: Sequence[Span]) -> list[Span]:
    """x5 and 5x."""
    taken = {span.start for span in found}
    return [
        Span(match.start(), match.end(), int(match.group(1) or match.group(2)))
        for match in says.TIMES.finditer(folded)
        if match.start() not in taken
    ]


def _is_bare(folded: str, replacement: Replacement, context: Context) -> bool:
    """Only a number was said anew, and the quantity was the number told last."""
    clause = clause_around(folded, replacement.new.start, replacement.new.end)
    other = what_follows(clause.after) in _NOT_GOODS or OWN_MONEY.search(clause.before)
    return last_number(context) == "quantity" and not other
