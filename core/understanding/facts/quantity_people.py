"""People who are counted as an order: places booked, meals catered, one of the goods for each."""

import re

from core.understanding.facts import booking_wordings as booking
from core.understanding.facts import quantity_wordings as says
from core.understanding.facts.counting import Counted, Counting
from core.understanding.facts.span import Context
from core.understanding.facts.wanting import WANT
from core.understanding.facts.wording import any_of

_MEAL_FOR = any_of(
    r"""
    (?<!після )(?<!после )(?<!до )(?<!перед )(?<!about )(?:обід|обіди|обед|обеды)(?!\w)
    бенкет\w*|банкет\w*|фуршет\w*|вечер[яюі](?!\w)|ужин(?:ы|а)?(?!\w)|сніданок|сніданки|завтрак(?:и|а)?(?!\w)|бранч\w*
    ланч(?:і|и|у|а)?(?!\w)|кейтеринг\w*|кава-?брейк\w*|кофе-?брейк\w*|шведський стіл|шведский стол
    lunch(?:es)?|dinners?|breakfasts?|brunch|suppers?|banquet|catering|cater|coffee break
    """,
    after=r"(?: (?:завтра|сьогодні|сегодня|tomorrow|today|tonight|party|\w+ меню|menu))?\s(?:на|для|for)\s$",
)
_OF_US = re.compile(r"^\s(?:нас|of us)(?!\w)")
_LEAST_AT_TABLE = 2


def is_of_guests(folded: str, counting: Counting, context: Context) -> bool:
    return _is_one_each(folded, counting) or _is_booked(folded, counting, context) or _is_catered(counting)


def _is_one_each(folded: str, counting: Counting) -> bool:
    """ "Нас двадцятеро, кожному по футболці" """
    clause = counting.clause
    people = says.EACH.search(clause.before) or (counting.counted is Counted.PERSON and WANT.search(clause.before))
    return bool(people and says.FOR_EACH.search(folded, counting.number.end))


def _is_catered(counting: Counting) -> bool:
    """ "Банкет на сорок гостей", "dinner for eight" """
    number = counting.number
    if number.value < _LEAST_AT_TABLE or not _MEAL_FOR.search(counting.clause.before):
        return False
    bare = counting.counted is Counted.NOTHING and counting.is_last and number.scale == 1
    english = counting.clause.before.endswith("for ")
    return counting.counted is Counted.PERSON or (bare and (number.worded or english))


def _is_booked(folded: str, counting: Counting, context: Context) -> bool:
    """Where places are taken people are counted: "столик на шістьох"."""
    number, before = counting.number, counting.clause.before
    if not booking.BOOKING.search(f"{context.earlier.lower()}\n{folded}"):
        return False
    if booking.NOT_BOOKED.search(counting.clause.text):
        return False
    collective = number.worded and booking.COLLECTIVE.fullmatch(folded, number.start, number.end)
    if collective and _OF_US.match(counting.after):
        return True
    if counting.counted is Counted.PERSON:
        return not counting.clause.is_question
    at_table = counting.counted is not Counted.OTHER or booking.AT_TABLE.match(counting.after)
    if collective and at_table and booking.FOR_PEOPLE.search(before):
        return True
    people = counting.counted is Counted.NOTHING and booking.PEOPLE_BEFORE.search(before)
    return bool(people and (collective or booking.TABLE_FOR.search(before) or number.worded))
