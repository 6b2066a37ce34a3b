"""What the customer can spend. Prices of rivals, deposits, past purchases and prices asked about are no budget."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from core.understanding.facts import budget_wordings as says
from core.understanding.facts.clause import Clause, clause_around
from core.understanding.facts.correction import dropped, find_replacement
from core.understanding.facts.money import Money, currency_default, find_money
from core.understanding.facts.numbers import Number, find_numbers
from core.understanding.facts.span import Context, Span, last_number
from core.understanding.text import fold

_LEAST = 10
_LEAST_WITHOUT_CURRENCY = 100


def find(text: str, context: Context) -> list[Span]:
    """Values are {"amount": number, "currency": ISO}; the last one told is last."""
    folded = fold(text)
    numbers = find_numbers(text)
    taken_back = dropped(folded, numbers)
    default = currency_default(context.language, context.currency)
    found = [
        Span(money.start, money.end, money.value(default))
        for money in find_money(folded, numbers)
        if not _is_of(money, taken_back) and _is_budget(folded, money, context)
    ]
    return found or _find_corrected(folded, numbers, context)


def _is_of(money: Money, numbers: Sequence[Number]) -> bool:
    return any(money.start <= number.start < money.end for number in numbers)


def _is_budget(folded: str, money: Money, context: Context) -> bool:
    clause = clause_around(folded, money.start, money.end)
    asked = "budget" in context.expected
    own = says.OWN_MONEY.search(clause.before)
    if not _is_money(clause, money, asked=asked):
        return False
    if says.NOT_MINE.search(clause.text):
        return own is not None and own.group().startswith(("бюджет", "budget"))
    if own or says.LIMIT.search(clause.before) or says.OWN_MONEY_AFTER.search(clause.after):
        return True
    if says.PRICE_TALK.search(clause.text) or (clause.is_question and not asked):
        return False
    if asked:
        return True
    if money.currency is None and not money.scaled:
        return False
    return bool(
        says.AT_HAND.search(clause.before) or (says.FOR.search(clause.before) and says.WISH.search(clause.text))
    )


def _is_money(clause: Clause, money: Money, *, asked: bool) -> bool:
    """A number without a currency must at least not count something else."""
    if money.currency is not None:
        return True
    if money.amount < _LEAST or says.COUNTED.match(clause.after):
        return False
    if money.scaled or asked or says.OWN_MONEY.search(clause.before):
        return True
    limited = says.LIMIT.search(clause.before) or says.OWN_MONEY_AFTER.search(clause.after)
    return money.amount >= _LEAST_WITHOUT_CURRENCY and bool(limited)


def _find_corrected(folded: str, numbers: Sequence[Number], context: Context) -> list[Span]:
    """ "Ой, не 500, а 700" after a budget of 500: the new amount takes its place."""
    known = context.known.get("budget")
    replacement = find_replacement(folded, numbers)
    if replacement is None or not isinstance(known, Mapping) or not replacement.corrects(known["amount"]):
        return []
    if replacement.old is None and last_number(context) != "budget":
        return []
    money = find_money(folded, [replacement.new])[0]
    value = money.value(str(known["currency"]))
    if replacement.old is not None and not money.scaled and replacement.old.value != Decimal(str(known["amount"])):
        value["amount"] = int(replacement.new.value * 1_000)
    return [Span(money.start, money.end, value)]
