"""Thousands that are left out: "думали тисяч 30, виходить 25", "шеф дав двадцятку"."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Final

from core.domain.facts import FactValue
from core.understanding.facts.money import Money

THOUSAND: Final = 1_000
_NEAR: Final = 4
_SMALL: Final = 100
"""Nobody buys for fewer hryvnias than this and leaves out the currency."""


def may_be_thousands(money: Money) -> bool:
    return money.currency is None and not money.scaled and 0 < money.amount < THOUSAND


def restore_thousands(money: Money, sums: Iterable[Decimal], currency: str) -> Money:
    """A sum with the thousands that its speaker left out. `sums` were named before or beside it in
    `currency`."""
    if not may_be_thousands(money):
        return money
    full = money.amount * THOUSAND
    is_like_others = any(each / _NEAR <= full <= each * _NEAR for each in sums if each >= THOUSAND)
    if is_like_others or (currency == "UAH" and money.amount < _SMALL):
        return replace(money, amount=full, scaled=True)
    return money


def known_sum(known: Mapping[str, FactValue]) -> list[Decimal]:
    """The budget that was told before, if one was."""
    told = known.get("budget")
    return [Decimal(str(told["amount"]))] if isinstance(told, Mapping) else []
