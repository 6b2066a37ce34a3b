"""How many of the goods are wanted, as a whole number."""

import re
from collections.abc import Sequence

from core.understanding.facts import quantity_wordings as says
from core.understanding.facts.budget import is_changed
from core.understanding.facts.budget_wordings import ABOUT, MONEY_AFTER, OWN_MONEY
from core.understanding.facts.clause import Clause, clause_around, text_after, text_before
from core.understanding.facts.correction import Replacement, dropped, find_replacement
from core.understanding.facts.money import Money, find_money
from core.understanding.facts.numbers import Number, find_numbers, whole
from core.understanding.facts.span import Context, Span, last_number
from core.understanding.text import fold

_MOST = 1_000_000
_MOST_BARE = 5_000
"""Above this a number at the end of a wish is rather a price or a model."""
_MOST_BEFORE_VERB = 500
_FEW_WORDS = 2
_NEAR = 20
_SHORT = 6
_CHANGE = 10
_CLOSE = 3
_ITEMS_BETWEEN = (" і ", " та ", " и ", " and ", " плюс ", " + ", "+")


def find(text: str, context: Context) -> list[Span]:
    """The last one told is last; of several goods in one list only the first one's count is given."""
    folded = fold(text)
    numbers = find_numbers(text)
    taken_back = dropped(folded, numbers)
    ranges = find_money(folded, numbers)
    found = [
        Span(number.start, number.end, count)
        for number in numbers
        if number not in taken_back
        and (count := _count(number)) is not None
        and not _is_in_money(number, ranges)
        and _is_quantity(folded, number, _range_start(folded, number, ranges), context)
    ]
    found += _find_times(folded, found)
    found = _first_of_list(folded, found) or _find_corrected(folded, numbers, context)
    found += _find_restated(folded, numbers, found)
    found = found or _find_put_right(folded, numbers)
    return found or _find_changed(folded, numbers, context)


def _find_put_right(folded: str, numbers: Sequence[Number]) -> list[Span]:
    """ "Пусть будет не 3, а 2", before anything was counted."""
    replacement = find_replacement(folded, numbers)
    if replacement is None or replacement.old is None or replacement.new.start < replacement.old.start:
        return []
    new, count = replacement.new, _count(replacement.new)
    wanted = says.BUY.search(text_before(folded, replacement.old.start)) and not folded[new.end :].strip(" .!)")
    return [Span(new.start, new.end, count)] if wanted and count is not None and count <= _MOST_BARE else []


def _find_restated(folded: str, numbers: Sequence[Number], found: Sequence[Span]) -> list[Span]:
    """ "Давай пять. Не, давай шесть" in one message."""
    replacement = find_replacement(folded, numbers) if found else None
    if replacement is None or replacement.new.start < found[-1].end:
        return []
    new, count = replacement.new, _count(replacement.new)
    clause = clause_around(folded, new.start, new.end)
    other = (
        _counts_other(clause.after) or _is_in_money(new, find_money(folded, numbers)) or _is_other(folded, new, clause)
    )
    return [] if count is None or other else [Span(new.start, new.end, count)]


def _count(number: Number) -> int | None:
    count = whole(number.value)
    return count if count is not None and 0 < count <= _MOST else None


def _is_in_money(number: Number, ranges: Sequence[Money]) -> bool:
    """It is an amount of money, or the lower end of "5-7 штук"."""
    money = next(each for each in ranges if each.start <= number.start < each.end)
    return money.currency is not None or money.amount != number.value


def _is_quantity(folded: str, number: Number, low: int, context: Context) -> bool:
    """`low` is where the range begins of which the number is the upper end, or where the number itself does."""
    clause = clause_around(folded, low, number.end)
    after = text_after(folded, number.end)
    unit, measure = _follows(says.UNIT, after), _follows(says.MEASURE, after)
    if (says.FOR_EACH.search(folded, number.end) and says.EACH.search(clause.before)) or _is_whole(
        folded, number, context
    ):
        return True
    if _is_other(folded, number, clause) or (not (unit or measure) and _counts_other(after)):
        return False
    bare = not (unit or measure or clause.after.strip(" .!"))
    about_money = bare and number.scale > 1 and ABOUT.search(clause.before) is not None
    if (
        about_money
        or (bare and is_changed(number, context))
        or (number.vague and not _is_really_counted(folded, number, clause, has_unit=unit))
    ):
        return False
    if "quantity" in context.expected or _is_only(folded, number) or _is_stated_measure(clause, after):
        return True
    if says.TOTAL_AFTER.match(after) or (number.value <= _MOST_BEFORE_VERB and says.AT_PRICE.match(after)):
        return True
    return _is_paid_for(folded, number, clause) or _is_ordered(folded, number, clause, context)


def _is_paid_for(folded: str, number: Number, clause: Clause) -> bool:
    """ "40 тисяч на дві машини" """
    if not (says.ON.search(clause.before) and says.NOUN.match(clause.after)) or number.scale > 1:
        return False
    sums = find_money(f"{clause.before}\0{clause.after}", find_numbers(f"{clause.before}\0{clause.after}"))
    return any(money.scaled or money.currency for money in sums)


def _is_ordered(folded: str, number: Number, clause: Clause, context: Context) -> bool:
    """A number that may count goods: by its unit, by the wish around it, or by its place in a list."""
    after = text_after(folded, number.end)
    unit, measure = _follows(says.UNIT, after), _follows(says.MEASURE, after)
    order_for = says.ORDER_FOR.search(clause.before) is not None
    wanted = order_for or _is_wanted(clause) or says.UNIT_BEFORE.search(clause.before) is not None
    conditional = says.FROM.search(clause.before) is not None and not order_for
    if unit:
        return wanted or not (conditional and clause.is_question)
    if conditional or (number.scale > 1 and not wanted and not says.MANY_NOUN.match(clause.after)):
        return measure and wanted
    if not wanted:
        return _is_listed(folded, number, clause, context) or _names_product_next(after, context)
    is_last = not clause.after.strip(" .") and number.value <= _MOST_BARE
    if is_last or measure or (says.BUY.match(after.strip()) and number.value <= _MOST_BEFORE_VERB):
        return True
    return says.NOUN.match(after) is not None and not says.BUY.match(after.strip())


def _is_only(folded: str, number: Number) -> bool:
    """ "Just the one, thanks" and "мені одну" are whole messages; "just one" may answer anything."""
    if number.value > _MOST_BARE or number.scale > 1:
        return False
    if not (says.POLITE.search(folded[: number.start]) or says.POLITE.search(folded[number.end :])):
        return False
    return bool(says.ONLY.fullmatch(folded, 0, number.start) and says.ONLY_AFTER.fullmatch(folded, number.end))


def _is_stated_measure(clause: Clause, after: str) -> bool:
    """ "20 кіло зерна", without a wish."""
    if not says.STATED_MEASURE.match(after) or says.DESCRIBES.search(clause.text):
        return False
    return not clause.is_question or not clause.before.strip()


def _is_other(folded: str, number: Number, clause: Clause) -> bool:
    """A part of a name, a sum of money, the past, or a condition."""
    near = " ".join(clause.before.split()[-_CLOSE:]), " ".join(clause.after.split()[:_CLOSE])
    if says.EACH_AFTER.match(clause.after) or says.AT_ONCE.match(clause.after):
        return True
    if _is_past(clause) or OWN_MONEY.search(clause.before) or MONEY_AFTER.match(clause.after):
        return True
    return _is_in_name(folded, number) or any(says.CONDITION.search(words) for words in near)


def _is_past(clause: Clause) -> bool:
    return any(
        not says.SAME_AS.search(clause.text[: match.start()]) for match in says.NOT_ORDERED.finditer(clause.text)
    )


def _range_start(folded: str, number: Number, ranges: Sequence[Money]) -> int:
    """ "від 15 до 20 подушок" begins at "від"."""
    money = next(each for each in ranges if each.start <= number.start < each.end)
    if money.start == number.start:
        return number.start
    word = says.RANGE_FROM.search(text_before(folded, money.start))
    return money.start - len(word.group()) if word else money.start


def _is_whole(folded: str, number: Number, context: Context) -> bool:
    """ "Just one", after a wish."""
    rest = folded[number.end :].strip(" .!)")
    alone = not rest and says.WHOLE.fullmatch(folded, 0, number.start)
    return bool(
        alone and number.value <= _MOST_BARE and not number.scale > 1 and says.BUY.search(fold(context.earlier))
    )


def _follows(unit: re.Pattern[str], after: str) -> bool:
    """ "5 упаковок", "5 больших упаковок" """
    if unit.match(after.lstrip(" .-")):
        return True
    adjective = says.ONE_WORD.match(after)
    return adjective is not None and unit.match(after, adjective.end()) is not None


def _counts_other(after: str) -> bool:
    """ "на 6 людей", "трёх реальных клиентов" """
    adjective = says.ONE_WORD.match(after)
    following = after.lstrip(" -")
    return bool(says.NOT_GOODS.match(following) or (adjective and says.NOT_GOODS.match(after, adjective.end())))


def _is_in_name(folded: str, number: Number) -> bool:
    before = text_before(folded, number.start)
    if before.endswith(("$", "€", "£", "₴")) or says.NAME_BEFORE.search(before):
        return True
    return not number.worded and bool(says.LATIN_BEFORE.search(before)) and bool(says.CYRILLIC.search(folded))


def _is_really_counted(folded: str, number: Number, clause: Clause, *, has_unit: bool) -> bool:
    """ "Хочу один стілець", "one box", not "the black one" or "one moment"."""
    after = text_after(folded, number.end)
    if _is_only(folded, number):
        return True
    only = has_unit and clause.before.rstrip().endswith("only")
    if (says.VAGUE_BEFORE.search(clause.before) and not only) or says.VAGUE_AFTER.match(after):
        return False
    near = clause.before.split()[-2:] or clause.after.split()[:3]
    counts_many = (
        not clause.before.strip() and not clause.is_question and says.MANY_NOUN.match(clause.after) is not None
    )
    return has_unit or counts_many or says.BUY.search(" ".join(near)) is not None


def _is_wanted(clause: Clause) -> bool:
    if says.BUY.search(clause.before):
        return True
    return len(clause.before.split()) <= _FEW_WORDS and says.BUY.search(clause.after) is not None


def _is_listed(folded: str, number: Number, clause: Clause, context: Context) -> bool:
    """ "6 стільців і стіл", "стільців 6", or the number alone after a wish."""
    alone = not clause.after.strip(" .!")
    if clause.before.strip(" -+"):
        noun = says.MANY_NOUN_BEFORE.search(clause.before)
        return alone and noun is not None and not _counts_other(noun.group())
    if alone:
        earlier = f"{fold(context.earlier)}\n{text_before(folded, number.start)}"
        return not clause.is_question and number.value <= _MOST_BARE and says.BUY.search(earlier) is not None
    return says.MANY_NOUN.match(clause.after) is not None


def _names_product_next(after: str, context: Context) -> bool:
    parts = [part for mention in context.catalogue.find(after) for part in mention.parts]
    return any(start <= _NEAR for start, _ in parts)


def _find_times(folded: str, found: Sequence[Span]) -> list[Span]:
    taken = {span.start for span in found}
    return [
        Span(match.start(), match.end(), int(match.group(1) or match.group(2)))
        for match in says.TIMES.finditer(folded)
        if match.start() not in taken
    ]


def _first_of_list(folded: str, found: Sequence[Span]) -> list[Span]:
    """ "25 мішків цементу і 3 лопати" orders 25 of what matters."""
    kept: list[Span] = []
    for span in found:
        between = folded[kept[-1].end : span.start] if kept else ""
        is_next_item = any(joint in between for joint in _ITEMS_BETWEEN) and len(between) < 40
        is_next_item = is_next_item and not says.TOTAL.search(text_before(folded, span.start))
        if not kept or not is_next_item:
            kept.append(span)
    return kept


def _find_corrected(folded: str, numbers: Sequence[Number], context: Context) -> list[Span]:
    """ "Ой, не 5, а 7" after a quantity of 5: the new number takes its place."""
    known = context.known.get("quantity")
    replacement = find_replacement(folded, numbers)
    count = _count(replacement.new) if replacement else None
    if replacement is None or count is None or not isinstance(known, int) or not replacement.corrects(known):
        return []
    if replacement.old is None and not _is_bare(folded, replacement, context):
        return []
    return [Span(replacement.new.start, replacement.new.end, count)]


def _find_changed(folded: str, numbers: Sequence[Number], context: Context) -> list[Span]:
    """A short later word on the count just told: "двох вистачить"."""
    if last_number(context) != "quantity" or len(folded.split()) > _SHORT or len(numbers) != 1 or "?" in folded:
        return []
    number, count = numbers[0], _count(numbers[0])
    other = _counts_other(folded[number.end :]) or OWN_MONEY.search(text_before(folded, number.start))
    known = context.known["quantity"]
    far = not isinstance(known, int) or count is None or not known / _CHANGE <= count <= known * _CHANGE
    if far or other or number.vague or _is_in_money(number, find_money(folded, numbers)):
        return []
    return [Span(number.start, number.end, int(number.value))]


def _is_bare(folded: str, replacement: Replacement, context: Context) -> bool:
    """Only a number was said anew, and the quantity was the number told last."""
    clause = clause_around(folded, replacement.new.start, replacement.new.end)
    other = _counts_other(clause.after) or OWN_MONEY.search(clause.before)
    return last_number(context) == "quantity" and not other
