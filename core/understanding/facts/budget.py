"""What the customer can spend. Prices of rivals, deposits, past purchases and prices asked about are no budget."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from core.understanding.facts import budget_wordings as says
from core.understanding.facts.budget_otherwise import is_given, is_left, is_or_less, is_rather
from core.understanding.facts.budget_units import read_as_before, with_unit
from core.understanding.facts.clause import Clause, clause_around, text_after, text_before
from core.understanding.facts.correction import dropped, find_replacement
from core.understanding.facts.counted import is_of_things
from core.understanding.facts.elided import restore_thousands
from core.understanding.facts.money import Money, currency_default, find_money
from core.understanding.facts.numbers import Number, find_numbers
from core.understanding.facts.span import Context, Span, last_number
from core.understanding.facts.tense import is_past
from core.understanding.text import fold

_LEAST = 10
_LEAST_WITHOUT_CURRENCY = 100
_SHORT = 7
_ALONE = 30
_THOUSAND = 1_000
_RANGE_OPENS = ("", "від", "от", "from", "between")
_NEAR = 4
"""A changed budget is of the same order as the first."""


def find(text: str, context: Context) -> list[Span]:
    """Values are {"amount": number, "currency": ISO}; the last one told is last."""
    folded = fold(text)
    whole = with_unit(folded, context.recent)
    if whole is not None:
        return [Span(0, whole[1], told.value) for told in find(whole[0], replace(context, recent=""))[-1:]]
    numbers = find_numbers(text)
    taken_back = dropped(folded, numbers)
    default = default_currency(context)
    found = [
        Span(money.start, money.end, _as_meant(money, folded, context).value(default))
        for money in read_as_before(folded, find_money(folded, numbers), context.recent)
        if not _is_of(money, taken_back) and _is_budget(folded, money, context)
    ]
    if found:
        return found + _find_restated(folded, numbers, found[-1])
    return _find_corrected(folded, numbers, context) or _find_changed(folded, numbers, context)


def _as_meant(money: Money, folded: str, context: Context) -> Money:
    """ "Двадцятку" is no answer of twenty to which budget there is."""
    return restore_thousands(money, folded[money.start : money.end], ()) if "budget" in context.expected else money


def _find_restated(folded: str, numbers: Sequence[Number], last: Span) -> list[Span]:
    """ "Budget 10k. No wait, 12k" in one message."""
    replacement = find_replacement(folded, numbers)
    if replacement is None or replacement.new.start < last.end or not isinstance(last.value, Mapping):
        return []
    is_range = sum(last.start <= number.start < last.end for number in numbers) > 1
    is_most = is_range or says.LIMIT.search(text_before(folded, last.start))
    if is_most and says.RATHER_LESS.search(text_before(folded, replacement.new.start)):
        return []
    money, before = find_money(folded, [replacement.new])[0], Decimal(str(last.value["amount"]))
    clause = clause_around(folded, money.start, money.end)
    amount = _read_like(money, before)
    if is_of_things(clause.after) or not before / _NEAR <= amount <= before * _NEAR:
        return []
    currency = money.currency or str(last.value["currency"])
    return [Span(money.start, money.end, Money(money.start, money.end, amount, currency).value(currency))]


def is_changed(number: Number, context: Context) -> bool:
    """Whether a bare number, right after a budget, is rather the budget changed."""
    known = context.known.get("budget")
    if not isinstance(known, Mapping) or last_number(context) != "budget":
        return False
    before = Decimal(str(known["amount"]))
    amount = _read_like(Money(number.start, number.end, number.value, None, number.scale > 1), before)
    return before / _NEAR <= amount <= before * _NEAR


def default_currency(context: Context) -> str:
    """Who spoke of euros before still means euros."""
    known = context.known.get("budget")
    if isinstance(known, Mapping):
        return str(known["currency"])
    return currency_default(context.language, context.currency)


def _is_of(money: Money, numbers: Sequence[Number]) -> bool:
    return any(money.start <= number.start < money.end for number in numbers)


def _is_budget(folded: str, money: Money, context: Context) -> bool:
    clause = clause_around(folded, money.start, money.end)
    if not _is_money(folded, clause, money, context):
        return False
    own = says.OWN_MONEY.search(clause.before) or (says.OWN_IF_MONEY.search(clause.before) if _is_sure(money) else None)
    if own and says.THEIRS.search(clause.before[: own.start()]):
        return False
    start = max(folded.rfind(mark, 0, money.start) for mark in ".!?\n") + 1
    if says.REFUND.search(folded, start, money.end + len(clause.after)):
        return False
    if _is_sure(money) and (is_given(clause) or is_left(clause)):
        return True
    return _is_mine(folded, clause, money, context, own)


def _is_mine(folded: str, clause: Clause, money: Money, context: Context, own: re.Match[str] | None) -> bool:
    """Of a sum that is nobody else's and not to be given back."""
    all_there_is = says.ALL_THERE_IS.match(text_after(folded, money.end)) is not None
    if says.MONTHLY.search(clause.text):
        return bool(own or all_there_is or _is_limited_monthly(folded, clause, money))
    if says.WOULD_FOR.search(clause.before) and says.TAKE_AFTER.match(clause.after):
        return _is_sure(money)
    if says.NOT_MINE.search(clause.text):
        return all_there_is or (own is not None and own.group().startswith(("бюджет", "budget")))
    if is_past(clause.text) and not own and not all_there_is:
        return False
    if own or _is_limited(folded, clause, money):
        return True
    if _is_wished(clause) and not says.PRICE_TALK.search(clause.text):
        return _is_sure(money)
    return _is_told(folded, clause, money, context)


def _is_sure(money: Money) -> bool:
    return money.currency is not None or money.scaled or money.amount >= _LEAST_WITHOUT_CURRENCY


def _is_told(folded: str, clause: Clause, money: Money, context: Context) -> bool:
    """Without any word of one's own: a sum by itself, an answer, or one at hand."""
    asked = "budget" in context.expected
    if _is_of_little(folded, clause, money):
        return True
    if (
        (money.scaled or money.currency)
        and not clause.is_question
        and not (clause.before + clause.after).strip(" .!")
        and len(folded) < _ALONE
    ):
        return True
    alone = clause.before.strip() in _RANGE_OPENS and (
        says.AFTER_ALONE.match(clause.after) is not None or is_rather(folded, money.end)
    )
    if alone and not clause.is_question and not _is_price(clause) and (money.scaled or money.currency):
        return True
    if _is_price(clause) or (clause.is_question and not asked):
        return False
    if asked or "budget" in context.implied:
        return True
    if money.currency is None and not money.scaled:
        return False
    return bool(
        says.AT_HAND.search(clause.before) or (says.FOR.search(clause.before) and says.WISH.search(clause.text))
    )


def _is_limited_monthly(folded: str, clause: Clause, money: Money) -> bool:
    """ "Не більше 500 на місяць", "$50 a month, that's my limit" """
    after = says.MONTHLY.sub("", text_after(folded, money.end), count=1)
    return bool(says.LIMIT.search(clause.before) or says.ALL_THERE_IS.match(f" {after.strip()}"))


def _is_of_little(folded: str, clause: Clause, money: Money) -> bool:
    """ "Money is tight, maybe 40" """
    start = max(folded.rfind(mark, 0, money.start) for mark in ".!?\n") + 1
    said = says.SCARCE_MONEY.search(folded, start, money.start)
    return said is not None and not clause.is_question and not is_of_things(clause.after)


def _is_wished(clause: Clause) -> bool:
    """ "Something decent for about eight thousand?", "is 10 thousand enough for a good one?" """
    if says.INDEFINITE.search(clause.text):
        priced = says.ABOUT.search(clause.before) or says.FOR.search(clause.before)
        return bool(priced or says.ENOUGH.search(clause.text))
    return bool(says.ABOUT.search(clause.before) and says.WISH.search(clause.text))


def _is_limited(folded: str, clause: Clause, money: Money) -> bool:
    if says.PRICED_AFTER.match(clause.after):
        return False
    return bool(
        says.LIMIT.search(clause.before)
        or (says.MORE_THAN.search(clause.before) and says.NOT_MORE.match(text_after(folded, money.end)))
        or says.OWN_MONEY_AFTER.search(clause.after)
        or (is_or_less(clause) and not says.PRICE_TALK.search(clause.text))
        or (not clause.is_question and says.HAVE_AFTER.match(clause.after))
        or (says.INVERTED.search(folded, money.start, money.end) and says.WISH.search(folded))
        or (says.INVERTED.search(folded, money.start, money.end) and not (clause.before + clause.after).strip(" .!"))
        or says.ALL_THERE_IS.match(text_after(folded, money.end))
    )


def _is_price(clause: Clause) -> bool:
    priced = says.PRICED_BEFORE.search(clause.before) or says.PRICED_AFTER.match(clause.after)
    return bool(priced or says.PRICE_TALK.search(clause.text))


def _is_money(folded: str, clause: Clause, money: Money, context: Context) -> bool:
    """A number without a currency must at least not count something else."""
    asked = "budget" in context.expected
    if money.currency is not None:
        return True
    if money.amount < _LEAST or is_of_things(clause.after) or _is_year(clause, money):
        return False
    if says.NOT_MONEY.search(clause.text):
        return False
    if _is_of_little(folded, clause, money):
        return True
    if "budget" in context.implied and money.amount >= _LEAST_WITHOUT_CURRENCY and says.BARE_AFTER.match(clause.after):
        return True
    if money.scaled or asked or says.OWN_MONEY.search(clause.before):
        return True
    limited = (
        _is_limited(folded, clause, money)
        or says.OWN_IF_MONEY.search(clause.before)
        or says.ABOUT.search(clause.before)
        or _is_wished(clause)
    )
    return money.amount >= _LEAST_WITHOUT_CURRENCY and bool(limited)


def _is_year(clause: Clause, money: Money) -> bool:
    """ "з 1998", "in 2027"; 2000 is rather a sum."""
    year = not money.scaled and 1900 <= money.amount <= 2099 and money.amount % 100 != 0
    return year and bool(says.YEAR_BEFORE.search(clause.before) or says.YEAR_SAID.search(clause.text))


def _find_changed(folded: str, numbers: Sequence[Number], context: Context) -> list[Span]:
    """A short later word on the sum just named: "хоча ні, до 40", "550 max"."""
    known = context.known.get("budget")
    if not isinstance(known, Mapping) or last_number(context) != "budget" or len(folded.split()) > _SHORT:
        return []
    before = Decimal(str(known["amount"]))
    for money in reversed(find_money(folded, numbers)):
        clause = clause_around(folded, money.start, money.end)
        if is_of_things(clause.after) or says.NOT_MINE.search(clause.text) or clause.is_question:
            continue
        amount = _read_like(money, before)
        if before / _NEAR <= amount <= before * _NEAR:
            value = Money(money.start, money.end, amount, money.currency).value(str(known["currency"]))
            return [Span(money.start, money.end, value)]
    return []


def _read_like(money: Money, before: Decimal) -> Decimal:
    """Who said "four thousand" and then "no, five" still speaks of thousands."""
    amount = money.amount
    if money.scaled or amount >= _THOUSAND or before / _NEAR <= amount:
        return amount
    return amount * _THOUSAND if before / _NEAR <= amount * _THOUSAND <= before * _NEAR else amount


def _find_corrected(folded: str, numbers: Sequence[Number], context: Context) -> list[Span]:
    """ "Ой, не 500, а 700" after a budget of 500: the new amount takes its place."""
    known = context.known.get("budget")
    replacement = find_replacement(folded, numbers)
    if replacement is None or not isinstance(known, Mapping) or not replacement.corrects(known["amount"]):
        return []
    if replacement.old is None and last_number(context) != "budget":
        return []
    money = find_money(folded, [replacement.new])[0]
    value = replace(money, amount=_read_like(money, Decimal(str(known["amount"])))).value(str(known["currency"]))
    if replacement.old is not None and not money.scaled and replacement.old.value != Decimal(str(known["amount"])):
        value["amount"] = int(replacement.new.value * 1_000)
    return [Span(money.start, money.end, value)]
