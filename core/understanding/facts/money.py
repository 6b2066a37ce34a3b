"""Amounts of money: a number, its currency if one is said, ranges by their upper bound."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from core.understanding.facts.clause import text_before
from core.understanding.facts.counted import is_of_things
from core.understanding.facts.numbers import Number, is_together, whole

_CURRENCIES = {
    "UAH": r"₴|грн|грвн?|грив(?:ен|н|ас|к)\w*|uah|hryvni?\w*|hrn",
    "USD": r"\$|usd|у\.?\s?[оес]\.?(?!\w)|бакинськ\w+|дол(?:ар\w*|лар\w*|л?\.)?(?!\w)|долл(?!\w)|бакс\w*"
    r"|зелен(?:их|ых|и|і|ими|ой|ью)(?!\w)|"
    r"dollars?|bucks?",
    "EUR": r"€|eur\w{0,2}|євр\w+|евр\w+",
    "PLN": r"zł|pln|зл\.?(?!\w)|злот\w+|zlot\w+",
    "GBP": r"£|gbp|фунт\w*|pounds?|quid",
    "RUB": r"₽|rub|руб(?:л\w+)?\.?(?!\w)",
    "CZK": r"kč|czk|крон\w?",
}
_AFTER = re.compile(
    r"[\s.]{0,2}(?:штук[аи]? )?(?:" + "|".join(f"(?P<{code}>{form})" for code, form in _CURRENCIES.items()) + r")(?!\w)"
)
# "ten grand, in dollars"
_NAMED_AFTER = re.compile(
    r",? (?:(?:in|у|в) )?(?:(?P<UAH>hryvnias?|гривнях|гривнями)|(?P<USD>dollars|доларах|долларах|доларами|долларами)"
    r"|(?P<EUR>euros?|євро|евро)|(?P<PLN>zloty\w?|злотих|злотых))(?!\w)"
)
_SYMBOL_AFTER = re.compile(r"\s?(?:(?P<UAH>₴)|(?P<USD>\$)|(?P<EUR>€)|(?P<GBP>£)|(?P<RUB>₽))")
_BEFORE = re.compile(r"(?:(?P<UAH>₴|грн|uah)|(?P<USD>\$|usd)|(?P<EUR>€|eur)|(?P<GBP>£|gbp)|(?P<PLN>pln|zł))\s?$")
# "баксів п'ятсот", about five hundred
_WORD_BEFORE = re.compile(
    r"(?<!\w)(?:(?P<UAH>гривень|гривен)|(?P<USD>доларів|долларов|баксів|баксов)|(?P<EUR>євро|евро)|(?P<PLN>злотих"
    r"|злотых))"
    r"\s(?:(?:так |десь |где-то )?(?:до|за|на|десь|где-то|так)\s)?$"
)
_THOUSAND_SLANG = re.compile(r"\s(?:штук[аи]?|кусків|кусков)(?=\s(?:бакс|зелен|грив|грн|долар|доллар|євр|евр))")
# nobody orders one and a half pieces
_HALF_SLANG = re.compile(r"\s(?:штук[иаі]?|куск[аи]|косар[яі])(?!\w)")
# "штук п'ять баксів": of money, thousands
_SLANG_BEFORE = re.compile(r"(?<!\w)(?:штук|кусків|кусков)\s$")
_THOUSANDS_LATER = re.compile(
    r"[,.\s(-]{1,3}(?:це |это |ну )?(?:тисяч\w?|тысяч\w?|тищ|тыщ|thousands?),? (?:звісно|звичайно|конечно|ясно"
    r"|зрозуміло|понятно|разумеется|естественно|ясна річ|of course|obviously|i mean|мається на увазі|имею в виду)(?!\w)"
)
_RANGE = re.compile(r"\s?(?:-|до|to|or|чи|или|або|and|і|и|/)\s?")
_RANGE_AND = re.compile(r"(?:between|між|между)\s(?:\S+\s)?$")


@dataclass(frozen=True, slots=True)
class Money:
    """`currency` is an ISO code, None when none is said. `scaled` = thousands or millions were said."""

    start: int
    end: int
    amount: Decimal
    currency: str | None
    scaled: bool = False

    def value(self, default_currency: str) -> dict[str, int | float | str]:
        """As a fact keeps it."""
        amount = whole(self.amount)
        return {
            "amount": amount if amount is not None else float(self.amount),
            "currency": self.currency or default_currency,
        }


def find_money(folded: str, numbers: Sequence[Number]) -> list[Money]:
    """One for each number or range, with or without a currency."""
    found: list[Money] = []
    for number in _join_spoken(folded, numbers):
        money = _read(folded, number)
        last = found[-1] if found else None
        if last is not None and _is_range(folded, last, money):
            found[-1] = _join(last, money)
        else:
            found.append(money)
    return found


def currency_default(language: str, firm_currency: str) -> str:
    """Who names no currency in Ukrainian or Russian means hryvnias."""
    return "UAH" if language in ("uk", "ru") else firm_currency


def _join_spoken(folded: str, numbers: Sequence[Number]) -> list[Number]:
    """ "Три триста" is three thousand and three hundred."""
    joined: list[Number] = []
    for number in numbers:
        last = joined[-1] if joined else None
        if last is not None and _is_rest_of(folded, last, number):
            value = last.value * 1000 + number.value
            joined[-1] = Number(last.start, number.end, value, scale=1000, worded=True)
        else:
            joined.append(number)
    return joined


def _is_rest_of(folded: str, thousands: Number, rest: Number) -> bool:
    worded = thousands.worded and rest.worded and not thousands.vague and not folded[thousands.start].isascii()
    sized = thousands.scale == rest.scale == 1 and 1 < thousands.value < 100 <= rest.value < 1000
    close = worded and sized and folded[thousands.end : rest.start] == " "
    return close and thousands.value % 1 == 0 and not is_of_things(folded[rest.end : rest.end + 20])


def _read(folded: str, number: Number) -> Money:
    amount, end, scaled = number.value, number.end, number.scale > 1
    slang = _THOUSAND_SLANG.match(folded, end) or (_HALF_SLANG.match(folded, end) if amount % 1 else None)
    if slang:
        amount, end, scaled = amount * 1000, slang.end(), True
    later = None if scaled or amount >= 1000 else _THOUSANDS_LATER.match(folded, end)
    if later:
        return Money(number.start, later.end(), amount * 1000, None, True)
    after = _AFTER.match(folded, end) or _SYMBOL_AFTER.match(folded, end) or _NAMED_AFTER.match(folded, end)
    if after:
        before = _SLANG_BEFORE.search(text_before(folded, number.start)) if not scaled else None
        start = number.start - len(before.group()) if before else number.start
        return Money(start, after.end(), amount * 1000 if before else amount, after.lastgroup, scaled or bool(before))
    near = folded[max(number.start - 20, 0) : number.start]
    before = _BEFORE.search(near) or _WORD_BEFORE.search(near)
    if before:
        return Money(number.start - len(before.group()), end, amount, before.lastgroup, scaled)
    return Money(number.start, end, amount, None, scaled)


def _is_range(folded: str, low: Money, high: Money) -> bool:
    between = folded[low.end : high.start]
    if low.currency and high.currency and low.currency != high.currency:
        return False
    if not _RANGE.fullmatch(between) or is_together(folded[low.start : low.end]):
        return False
    return between.strip() not in ("and", "і", "и") or _RANGE_AND.search(text_before(folded, low.start)) is not None


def _join(low: Money, high: Money) -> Money:
    """ "10 тисяч - 15" ends at fifteen thousand."""
    amount = high.amount
    if high.amount < low.amount and low.scaled and not high.scaled:
        amount *= 1000
    upper = max(low.amount, amount)
    return Money(low.start, high.end, upper, high.currency or low.currency, low.scaled or high.scaled)
