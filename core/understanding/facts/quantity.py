"""How many of the goods are wanted, as a whole number.

A number counts what is ordered when it is asked for, when its clause wishes for so many, asks their price or whether
they are there, or when it stands with its noun and nothing else. It never does when what it counts is no goods, or when
its clause tells of the past, of what is there already, or of the firm's own rules.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from core.understanding.facts import quantity_wordings as says
from core.understanding.facts.clause import text_after, text_before
from core.understanding.facts.correction import dropped
from core.understanding.facts.counting import Counted, Counting, count_of, is_in_money, what_follows
from core.understanding.facts.money import Money, find_money
from core.understanding.facts.numbers import find_numbers
from core.understanding.facts.quantity_changes import (
    MOST_BARE,
    count,
    find_changed,
    find_corrected,
    find_put_right,
    find_restated,
    find_times,
)
from core.understanding.facts.quantity_denied import is_denied, is_only, is_really_counted
from core.understanding.facts.quantity_people import is_of_guests
from core.understanding.facts.quantity_sizes import without_sizes
from core.understanding.facts.span import Context, Span
from core.understanding.facts.wanting import HAVE_ASKED, PRICE_ASKED, WANT, WANT_FOR
from core.understanding.facts.wording import any_of
from core.understanding.text import fold

_MOST_BEFORE_VERB = 500
_FEW_WORDS = 2
_NEAR = 20
_ITEMS_BETWEEN = (" і ", " та ", " и ", " and ", " плюс ", " + ", "+")
_MOST_BETWEEN = 40
_GOODS = (Counted.NOUN, Counted.UNIT, Counted.MEASURE)

_CALLED = any_of(
    r"кількіст\w+|количеств\w+|кол-во|к-сть|к-ть|quantity|qty|тираж\w*|наклад\w*|print run|batch of|run of",
    after=r"(?:[\s,]+(?:десь|приблизно|примерно|близько|около|about|around|is|до|це|это|of))*\s?[:=-]?\s*$",
)
"""Right before a number: a count is called one, be it of thousands."""


def find(text: str, context: Context) -> list[Span]:
    """The last one told is last; of several goods in one list only the first one's count is given."""
    folded = fold(text)
    numbers = find_numbers(text)
    ranges = find_money(folded, numbers)
    taken_back = dropped(folded, numbers)
    reader = _Reader(folded, context, ranges)
    counted = [
        counting
        for number in numbers
        if number not in taken_back
        and (told := count(number)) is not None
        and not is_in_money(number, ranges)
        and reader.is_ordered(counting := count_of(text, number, told, ranges))
    ]
    found = [Span(each.number.start, each.number.end, each.count) for each in without_sizes(folded, counted)]
    found += find_times(folded, found)
    found = _first_of_list(folded, found) or find_corrected(folded, numbers, context)
    found += find_restated(folded, numbers, found)
    found = found or find_put_right(folded, numbers)
    return found or find_changed(folded, numbers, context)


@dataclass(frozen=True, slots=True)
class _Reader:
    folded: str
    context: Context
    ranges: Sequence[Money]

    def is_ordered(self, counting: Counting) -> bool:
        if is_of_guests(self.folded, counting, self.context) or self._is_whole(counting):
            return True
        if self._is_paid_for(counting):
            return True
        if is_denied(self.folded, counting, self.context) or counting.counted in (Counted.OTHER, Counted.PERSON):
            return False
        if counting.number.vague and not is_really_counted(self.folded, counting):
            return False
        if "quantity" in self.context.expected or is_only(self.folded, counting):
            return True
        if self._is_stated(counting):
            return True
        if counting.counted is Counted.UNIT:
            return _is_wanted(counting) or not (_is_limit(counting) and counting.clause.is_question)
        if counting.counted is Counted.MEASURE:
            return self._is_measured_out(counting)
        if counting.counted is Counted.NOUN:
            return self._is_noun_ordered(counting)
        return self._is_bare_ordered(counting)

    def _is_whole(self, counting: Counting) -> bool:
        """ "Just one", after a wish."""
        number, rest = counting.number, self.folded[counting.number.end :].strip(" .!)")
        alone = not rest and says.WHOLE.fullmatch(self.folded, 0, number.start)
        return bool(
            alone and number.value <= MOST_BARE and number.scale == 1 and WANT.search(fold(self.context.earlier))
        )

    def _is_stated(self, counting: Counting) -> bool:
        """A quantity that is called one, or summed up, or put in another's place."""
        before, after = counting.clause.before, counting.after
        if says.TOTAL_AFTER.match(after) or (counting.number.value <= _MOST_BEFORE_VERB and says.AT_PRICE.match(after)):
            return True
        called = _CALLED.search(before) is not None
        if counting.counted is Counted.NOTHING and counting.number.value > MOST_BARE and not called:
            return False
        if (
            says.SO_MANY.search(before)
            or (says.MAKES.fullmatch(before) and counting.is_last)
            or says.TOTAL.search(text_before(self.folded, counting.number.start))
        ):
            return called or counting.number.scale == 1 or counting.counted is not Counted.NOTHING
        return bool(
            says.UNIT_BEFORE.search(before)
            or (says.FIX.search(before) and (counting.is_last or says.OF_THEM.match(after)))
        )

    def _is_paid_for(self, counting: Counting) -> bool:
        """ "40 тисяч на дві машини" """
        clause = counting.clause
        if not (says.ON.search(clause.before) and counting.counted is Counted.NOUN) or counting.number.scale > 1:
            return False
        around = f"{clause.before}\0{clause.after}"
        return any(money.scaled or money.currency for money in find_money(around, find_numbers(around)))

    def _is_measured_out(self, counting: Counting) -> bool:
        """ "20 кіло зерна", also without a wish."""
        clause = counting.clause
        if says.OF_WEIGHT.search(clause.before):
            return False
        if _is_wanted(counting):
            return True
        if clause.is_question and not counting.lead and HAVE_ASKED.search(clause.after):
            return True
        if clause.is_question and HAVE_ASKED.search(clause.before) and says.NOUN_NEXT.match(counting.after):
            return True
        if says.DESCRIBES.search(clause.text) or (_is_limit(counting) and clause.is_question):
            return False
        if not counting.lead and says.NOUN_NEXT.match(counting.after) and not clause.is_question:
            return True
        return says.WEIGHT.match(counting.after) is not None and (not clause.is_question or not counting.lead)

    def _is_noun_ordered(self, counting: Counting) -> bool:
        clause, number = counting.clause, counting.number
        many = says.MANY_NOUN.match(clause.after) is not None
        if WANT_FOR.search(clause.before) or says.ORDER_FOR.search(clause.before):
            return True
        if says.PREPOSITION.search(clause.before):
            return False
        if number.scale > 1 and not many:
            return False
        if _is_wanted(counting) or PRICE_ASKED.search(f"{clause.before}0{clause.after}"):
            return True
        if self._names_product_next(counting):
            return True
        if many and clause.is_question and not counting.lead and HAVE_ASKED.search(clause.after):
            return True
        if (counting.lead and not says.PURPOSE.fullmatch(counting.lead)) or says.VERB_FORM.match(clause.after):
            return False
        many = (
            many or number.value == 1 or (number.scale == 1 and says.CYRILLIC.match(clause.after.lstrip()) is not None)
        )
        return many and (
            not clause.is_question or bool(HAVE_ASKED.search(clause.text) or PRICE_ASKED.search(clause.text))
        )

    def _is_bare_ordered(self, counting: Counting) -> bool:
        clause, number = counting.clause, counting.number
        chosen = says.ORDER_FOR.search(clause.before) or says.GO_WITH.search(clause.before)
        if number.value > MOST_BARE or (says.PREPOSITION.search(clause.before) and not chosen):
            return says.SET_OF.search(clause.before) is not None
        if clause.is_question and (HAVE_ASKED.search(clause.before) or PRICE_ASKED.search(clause.before)):
            of_them = says.OF_THEM.match(counting.after) is not None
            if counting.is_last or of_them or HAVE_ASKED.search(clause.after):
                return True
        if _is_wanted(counting):
            return (
                counting.is_last
                or says.OF_THEM.match(counting.after) is not None
                or (WANT_FOR.search(clause.before) is not None and says.PURPOSE_AFTER.match(counting.after) is not None)
                or (WANT.search(" ".join(counting.after.split()[:3])) is not None and number.value <= _MOST_BEFORE_VERB)
            )
        if says.APPROXIMATELY.match(text_after(self.folded, number.end)) and not counting.lead:
            return number.scale == 1
        if says.OF_THEM_ALL.fullmatch(clause.after) and not clause.before.strip():
            return not clause.is_question
        if number.scale > 1 or not counting.is_last:
            return False
        if clause.before.strip(" -+"):
            noun = says.MANY_NOUN_BEFORE.search(clause.before)
            line = says.LINE_ITEM_DASH.search(text_before(self.folded, number.start))
            return bool(
                (noun and what_follows(f" {noun.group()}") is Counted.NOUN) or (line and not clause.is_question)
            )
        if says.LINE_ITEM.search(text_before(self.folded, number.start)) and not clause.is_question:
            return self._ends(counting)
        earlier = f"{fold(self.context.earlier)}\n{text_before(self.folded, number.start)}"
        return not clause.is_question and WANT.search(earlier) is not None

    def _ends(self, counting: Counting) -> bool:
        rest = self.folded[counting.number.end :].lstrip(" ")
        return not rest or rest[0] in ".,!\n"

    def _names_product_next(self, counting: Counting) -> bool:
        parts = [part for mention in self.context.catalogue.find(counting.after) for part in mention.parts]
        return any(start <= _NEAR for start, _ in parts)


def _is_wanted(counting: Counting) -> bool:
    before, after = counting.clause.before, counting.clause.after
    if WANT.search(before):
        return True
    return len(before.split()) <= _FEW_WORDS and WANT.search(after) is not None and not says.AGE_BEFORE.search(before)


def _is_limit(counting: Counting) -> bool:
    before = counting.clause.before
    return says.CONDITIONAL.search(before) is not None and says.ORDER_FOR.search(before) is None


def _first_of_list(folded: str, found: Sequence[Span]) -> list[Span]:
    """ "25 мішків цементу і 3 лопати" orders 25 of what matters."""
    kept: list[Span] = []
    for span in found:
        between = folded[kept[-1].end : span.start] if kept else ""
        is_next_item = any(joint in between for joint in _ITEMS_BETWEEN) and len(between) < _MOST_BETWEEN
        is_next_item = is_next_item or (
            between.startswith(",")
            and says.MANY_NOUN_BEFORE.search(between) is not None
            and len(between) < _MOST_BETWEEN
        )
        is_next_item = is_next_item or (
            says.ITEM_BETWEEN.fullmatch(between) is not None and what_follows(text_after(folded, span.end)) in _GOODS
        )
        is_next_item = is_next_item or (
            bool(kept) and says.EACH_PREFIX.search(text_before(folded, span.start)) is not None
        )
        is_next_item = is_next_item and not says.TOTAL_AFTER.match(text_after(folded, span.end))
        is_next_item = is_next_item and not says.TOTAL.search(text_before(folded, span.start))
        if not kept or not is_next_item:
            kept.append(span)
    return kept
