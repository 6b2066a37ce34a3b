"""Budgets and quantities as the rules found them, read once more by the trained head: some are dropped, some added."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from core.domain.facts import FactValue
from core.understanding.facts.budget import default_currency
from core.understanding.facts.elided import restore_thousands
from core.understanding.facts.money import Money, find_money
from core.understanding.facts.number_features import read_features
from core.understanding.facts.number_judge import NumberJudge
from core.understanding.facts.number_marks import mark
from core.understanding.facts.numbers import find_numbers, whole
from core.understanding.facts.span import Context, Span
from core.understanding.text import fold

Read = Callable[[Money], FactValue | None]

NUMBERS: Final = frozenset({"budget", "quantity"})
ADDS: Final = {"budget": 0.4, "quantity": 0.6}
"""From this probability on a number is taken though no rule takes it ..."""
KEEPS: Final = 0.3
"""... and below this one it is dropped though a rule does."""
MOST_WEIGHED: Final = 24
"""Numbers of one message: a pasted price list is left to the rules."""
OVERRULES: Final = 0.9
"""From this probability on a number that mends an earlier fact by the rules is the other kind all the same."""
LAST_WINS: Final = 0.8
"""Of several, those at least this likely beside the likeliest remain; then the last one told counts."""


_IS_NAMED: Final = re.compile(r"\b(?:бюджет|budget)\w*\W{1,3}(?:\w+\W+){0,1}$", re.IGNORECASE)
"""Right before a sum: no second reading is needed."""
_OF_EACH: Final = re.compile(r"^\W*(?:\w+\W+){0,1}(?:of each|кожн\w+|кажд\w+)", re.IGNORECASE)
"""Right after a count that a rule takes: "2 kg of each" of what was just talked of."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """A number or range, what the rules took it for, and the likelier of the two kinds that are facts."""

    money: Money
    by_rules: str
    kind: str
    chance: float
    is_settled: bool = False
    """By the rules, which know what was told before."""

    @property
    def is_taken(self) -> bool:
        if self.is_settled:
            return True
        if self.by_rules == self.kind == "quantity" and self.money.amount == 1:
            return True  # the rules take a one only where it is plain
        return self.chance >= (KEEPS if self.by_rules == self.kind else ADDS[self.kind])


def read_again(
    text: str, budgets: Sequence[Span], quantities: Sequence[Span], context: Context
) -> tuple[list[Span], list[Span]]:
    """Budgets and quantities, each in the order of the text. What was just asked for is left to the rules."""
    if context.numbers is None or NUMBERS & (context.expected | context.implied):
        return list(budgets), list(quantities)
    if len(find_numbers(text)) > MOST_WEIGHED:
        return list(budgets), list(quantities)
    weighed = weigh(text, budgets, quantities, context.numbers, earlier=context.recent)
    found = [_settled(each, context) for each in weighed]
    readers: dict[str, Read] = {"budget": _sum_reader(text, found, context), "quantity": _count}
    special = [
        span
        for spans, reads in ((budgets, (_plain_sum_reader(context), readers["budget"])), (quantities, (_count,)))
        for span in spans
        if not any(_meets(each.money, span) and span.value in [read(each.money) for read in reads] for each in found)
    ]
    special += [span for span in budgets if span not in special and _IS_NAMED.search(text, 0, span.start)]
    special += [span for span in quantities if span not in special and _OF_EACH.match(text[span.end :])]
    settled = {each.kind for each in found if each.is_settled}
    found = [each for each in found if each.is_settled or each.kind not in settled]
    open_ones = [each for each in found if not _overlapping(each.money, special)]
    return (
        _choose("budget", open_ones, [span for span in budgets if span in special], readers["budget"]),
        _choose("quantity", open_ones, [span for span in quantities if span in special], readers["quantity"]),
    )


def _settled(weighed: Weighed, context: Context) -> Weighed:
    """A number that mends an earlier one has little around it to read: what the rules take it for weighs more."""
    by_rules = weighed.by_rules
    if by_rules not in context.known or (weighed.kind != by_rules and weighed.chance >= OVERRULES):
        return weighed
    return replace(weighed, kind=by_rules, is_settled=True)


def weigh(
    text: str, budgets: Sequence[Span], quantities: Sequence[Span], judge: NumberJudge, *, earlier: str
) -> list[Weighed]:
    folded = fold(text)
    numbers = find_numbers(text)
    weighed = []
    for money in find_money(folded, numbers):
        by_rules = name_by_rules(money, budgets, quantities)
        chances = judge.predict(read_features(folded, money, numbers), by_rules, mark(folded, money, earlier))
        kind = "budget" if chances["budget"] >= chances["quantity"] else "quantity"
        weighed.append(Weighed(money, by_rules, kind, chances[kind]))
    return weighed


def name_by_rules(money: Money, budgets: Sequence[Span], quantities: Sequence[Span]) -> str:
    if _overlapping(money, budgets):
        return "budget"
    return "quantity" if _overlapping(money, quantities) else "other"


def _plain_sum_reader(context: Context) -> Read:
    return lambda money: money.value(default_currency(context))


def _sum_reader(text: str, found: Sequence[Weighed], context: Context) -> Read:
    """Reads a sum as its speaker means it beside the other budgets that they named."""
    folded, currency = fold(text), default_currency(context)
    named = [each.money for each in found if each.money.scaled and "budget" in (each.kind, each.by_rules)]
    known = context.known.get("budget")
    if isinstance(known, Mapping):
        named.append(Money(0, 0, Decimal(str(known["amount"])), str(known["currency"])))
    return lambda money: restore_thousands(money, folded[money.start : money.end], named).value(currency)


def _choose(kind: str, found: Sequence[Weighed], special: Sequence[Span], read: Read) -> list[Span]:
    """What the rules read otherwise than as a plain number is `special`: it stays as they read it."""
    taken = [each for each in found if each.kind == kind and each.is_taken]
    likeliest = max((each.chance for each in taken), default=0.0)
    likely = [(each.money, read(each.money)) for each in taken if each.chance >= LAST_WINS * likeliest]
    spans = [Span(money.start, money.end, value) for money, value in likely if value is not None]
    return sorted([*special, *spans], key=lambda span: span.start)


def _count(money: Money) -> int | None:
    count = whole(money.amount)
    return count if count and money.currency is None else None


def _overlapping(money: Money, spans: Sequence[Span]) -> list[Span]:
    return [span for span in spans if _meets(money, span)]


def _meets(money: Money, span: Span) -> bool:
    return money.start < span.end and span.start < money.end
