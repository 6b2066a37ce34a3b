"""Whether a product fits what is known of a need: money, amount, stock, and how much it is made for."""

import math
import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from core.domain.firm import Product

_CAPACITY: Final = re.compile(r"(?:до|up to|на|for)\s+(\d{1,5})", re.IGNORECASE)
_VOLUME: Final = re.compile(
    r"\b(\d{1,5})[\s-]*(?:чол|люд|ос(?:іб|об)|працівн|співробітн|гост|чаш|порц|філіж|человек|сотрудн|people|"
    r"person|employ|staff|guest|cup|serving|drink)"
    r"|\bнас\s+(\d{1,5})|\bwe are (\d{1,5})",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is known of a need. `now` weighs most, what was said long ago least."""

    now: str
    need: str = ""
    before: str = ""
    places: frozenset[str] = frozenset()
    """Where what is under discussion stands: what goes with it will stand there too."""
    without: frozenset[str] = frozenset()
    """Kinds that the customer has already."""
    budget: Decimal | None = None
    currency: str | None = None
    quantity: int | None = None


@dataclass(frozen=True, slots=True)
class Picks:
    products: tuple[Product, ...] = ()
    over_budget: bool = False
    """Nothing that fits the need fits the budget: these come nearest."""
    is_clear: bool = False
    """One product fits, or a few of the kind that was named, made for the place that was named."""


def is_for_sale(product: Product, today: date, quantity: int | None = None) -> bool:
    """Has a price that holds, and enough of it is there."""
    enough = product.in_stock is None or product.in_stock >= max(quantity or 1, 1)
    return product.is_priced_on(today) and enough


def family(product: Product) -> str:
    match = re.match(r"[^\W\d_]+", product.sku)
    return match.group() if match and match.end() < len(product.sku) else ""


def is_affordable(product: Product, wanted: Wanted) -> bool:
    if wanted.budget is None or (wanted.currency and wanted.currency != product.currency):
        return True
    return product.price * max(wanted.quantity or 1, 1) <= wanted.budget


def is_near(product: Product, wanted: Wanted) -> bool:
    """Not twice as much as was named: showing that would not be listening."""
    price = product.price * max(wanted.quantity or 1, 1)
    return wanted.budget is not None and price <= wanted.budget * 2


def find_volume(text: str) -> int | None:
    found = [next(filter(None, groups)) for groups in _VOLUME.findall(text)]
    return int(found[0]) if found else None


def misfit(product: Product, volume: int | None) -> float:
    """How much more than wanted a product is made for; too little is no fit at all, unknown is in between."""
    if volume is None:
        return 0.0
    sizes = [int(size) for text in product.suits.values() for size in _CAPACITY.findall(text)]
    if not sizes:
        return 1.0
    return math.inf if max(sizes) < volume else (0.0 if max(sizes) <= volume * 3 else 0.5)
