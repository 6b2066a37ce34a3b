"""What a customer has picked in one conversation, with how many of each."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any


@dataclass(frozen=True, slots=True)
class Item:
    sku: str
    quantity: int | None = None
    """None = not told: one."""
    taken: bool = False
    """Wanted in so many words; otherwise only talked about."""

    def to_json(self) -> dict[str, Any]:
        return {"sku": self.sku, "quantity": self.quantity, "taken": self.taken}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Item":
        return cls(str(data["sku"]), data.get("quantity"), bool(data.get("taken")))


@dataclass(frozen=True, slots=True)
class Sum:
    """Money that code worked out from the price list, and the products (sku) that it is for."""

    value: Decimal
    currency: str
    skus: frozenset[str]
