"""What a number counts, and what stands around it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from core.understanding.facts import counted
from core.understanding.facts import quantity_wordings as says
from core.understanding.facts.clause import Clause, clause_around, text_after, text_before
from core.understanding.facts.gazetteer import cities_by_form
from core.understanding.facts.money import Money
from core.understanding.facts.name import first_names
from core.understanding.facts.numbers import Number
from core.understanding.facts.span import MASK
from core.understanding.facts.wanting import WANT
from core.understanding.text import fold

_WORD = re.compile(r"[^\W\d_]+(?:['/-][^\W\d_]+)*|\d+")
_COMPOUND = re.compile(r"^-[^\W\d_]{3,}")
_NOUN = re.compile(r"^\s?-?[^\W\d_](?:[^\W\d_]|['-](?=[^\W\d_])){2,}")
_COMPOUND_NOUN = re.compile(r"^[a-z]+[a-rt-z] [a-z-]{2,}s(?!\w)")
_MORE = re.compile(r"^(?:more|extra|additional|such|other|таких|такі|такие|інших|других|ще|ещё|еще)\s")
_ADJECTIVE = re.compile(
    r"^\s(?!(?:за|per|по|a|for|на|in|в|у)\s)(?:[^\W\d_-]+(?:их|ых|ві|ні|кі|ий|ый|ій|ой|ая|яя|а|у|ю|ої|ную|ные|ие|ті"
    r"|рі|лі|ші|ви|ки|х)|[a-z][a-z-]*[a-rt-z])(?=\s)"
)
_CAPITAL_BEFORE = re.compile(r"[^\W\d_][\w'’ʼ-]*,? (?:[а-яіїєґa-z]\w*[ .]+)?[А-ЯІЇЄҐA-Z][а-яіїєґa-z'’ʼ-]{3,} $")
_GENITIVE_FIRST = re.compile(r"\W*[А-ЯІЇЄҐ][а-яіїєґ'’ʼ-]{2,}(?:[ая]|ого|ої|ой) $")
_ADJECTIVES = 2


class Counted(StrEnum):
    """What the words beside a number make of it."""

    UNIT = "unit"
    MEASURE = "measure"
    PERSON = "person"
    OTHER = "other"
    NOUN = "noun"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Counting:
    """`after` is what follows the number in the text; `lead` what precedes it in its clause and matters.

    `placed`: a bare number in digits behind a word with a capital, as houses and branches have it.
    """

    number: Number
    count: int
    clause: Clause
    after: str
    lead: str
    counted: Counted
    placed: bool = False

    @property
    def is_last(self) -> bool:
        return not self.clause.after.strip(" .!)")


def count_of(text: str, number: Number, count: int, ranges: Sequence[Money]) -> Counting:
    folded = fold(text)
    clause = clause_around(folded, range_start(folded, number, ranges), number.end)
    after = text_after(folded, number.end)
    about = says.APPROXIMATELY.match(after)
    if about:
        after = after[about.end() :]
        clause = Clause(clause.before, clause.after[about.end() :], clause.is_question)
    kind = what_follows(after)
    before = text_before(text, number.start)
    placed = kind is Counted.NOTHING and not number.worded and _CAPITAL_BEFORE.search(before)
    first = _GENITIVE_FIRST.fullmatch(before) if kind is Counted.NOTHING and not number.worded else None
    return Counting(number, count, clause, after, _lead(clause.before), kind, bool(placed or first))


def what_follows(after: str) -> Counted:
    """ "5 упаковок" and "5 больших упаковок" count by the unit, "трёх постоянных клиентов" people."""
    if _COMPOUND.match(after) and not counted.UNIT.match(after[1:]):
        return Counted.OTHER
    rest = after.lstrip(" .-")
    if rest.startswith(("%", "$", "€", "£", "₴", "°")):
        return Counted.OTHER
    rest = _MORE.sub("", rest)
    for _ in range(_ADJECTIVES + 1):
        kind = None if _COMPOUND_NOUN.match(rest) and not counted.UNIT.match(rest) else _kind(rest)
        if kind is not None:
            return kind
        adjective = _ADJECTIVE.match(f" {rest}")
        if adjective is None or counted.FUNCTION_WORD.match(rest):
            break
        rest = rest[adjective.end() :]
    first = after.lstrip(" .-")
    if WANT.match(first):
        return Counted.NOTHING
    return Counted.NOUN if _NOUN.match(after) and not counted.FUNCTION_WORD.match(first) else Counted.NOTHING


def _kind(rest: str) -> Counted | None:
    if counted.UNIT.match(rest):
        return Counted.UNIT
    if counted.MEASURE.match(rest):
        return Counted.MEASURE
    if counted.PERSON.match(rest):
        return Counted.PERSON
    return Counted.OTHER if counted.NOT_GOODS.match(rest) else None


def _lead(before: str) -> str:
    """Without contacts, cities, names and words that change nothing."""
    own = before.rpartition(MASK)[2].rpartition(": ")[2].rpartition(" - ")[2]
    kept = [
        word
        for word in _WORD.findall(own)
        if not says.FILLER.fullmatch(word) and word not in first_names() and word not in cities_by_form()
    ]
    return " ".join(kept)


def range_start(folded: str, number: Number, ranges: Sequence[Money]) -> int:
    """ "від 15 до 20 подушок" begins at "від"."""
    money = money_of(number, ranges)
    if money.start == number.start:
        return number.start
    word = says.RANGE_FROM.search(text_before(folded, money.start))
    return money.start - len(word.group()) if word else money.start


def money_of(number: Number, ranges: Sequence[Money]) -> Money:
    """The amount or range that the number is part of, be it money or not."""
    return next(each for each in ranges if each.start <= number.start < each.end)


def is_in_money(number: Number, ranges: Sequence[Money]) -> bool:
    """It is an amount of money, or the lower end of "5-7 штук"."""
    money = money_of(number, ranges)
    return money.currency is not None or money.amount != number.value
