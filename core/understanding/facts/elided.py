"""Thousands that are left out: "думали тисяч 30, виходить 25", "шеф дав двадцятку"."""

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from core.understanding.facts.money import Money

THOUSAND: Final = 1_000
_NEAR: Final = 4
_SLANG: Final = re.compile(r"(?:двадцятк|двадцатк|тридцятк|тридцатк)\w+")
"""Bank notes that nobody plans a purchase with: thousands are meant."""


def may_be_thousands(money: Money) -> bool:
    return money.currency is None and not money.scaled and 0 < money.amount < THOUSAND


def restore_thousands(money: Money, said: str, budgets: Iterable[Money]) -> Money:
    """A sum with the thousands that its speaker left out, and with the currency then meant. `said` are its folded
    words, `budgets` what the customer named as their own before or beside it."""
    if not may_be_thousands(money):
        return money
    full = money.amount * THOUSAND
    for each in budgets:
        if each.amount >= THOUSAND and each.amount / _NEAR <= full <= each.amount * _NEAR:
            return replace(money, amount=full, scaled=True, currency=each.currency)
    return replace(money, amount=full, scaled=True) if _SLANG.fullmatch(said) else money
