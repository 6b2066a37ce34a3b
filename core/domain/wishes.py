"""What a customer wants of the talk itself, beside the acts: said in so many words, so that code alone can tell."""

from typing import Final

WISHES: Final = (
    "advice", "cheaper", "bigger", "smaller", "compare", "discount", "materials", "visit", "buy", "bye", "no_thanks",
    "rude", "complaint", "courtesy", "erase_plainly", "unsure", "hours", "prices", "stock", "bargain", "meant",
    "unknown_model", "some_week", "sign", "goes_on", "total", "together", "restock", "return", "delivery_time",
    "resigned", "irony", "notify", "bought", "similar", "directions", "how_to_order",
)  # fmt: skip
"""Names that a playbook's guard may ask for as `wish.NAME`."""

TOLD: Final = ("place", "trade", "supplier", "volume", "return")
"""Circumstances that need not be asked for once they were mentioned: `told.NAME`."""
