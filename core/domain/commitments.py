"""What a trained reader makes of one sentence of a reply: whether it binds the firm, and by what."""

from dataclasses import dataclass
from typing import Final

from core.domain import review_rules as rules

HONEST: Final = "honest"
"""Binds nobody and claims nothing that would need a source."""

READINGS: Final = (
    HONEST, rules.AMOUNT, rules.DISCOUNT, rules.FREE, rules.TERM, rules.DATE, rules.STOCK, rules.GUARANTEE,
    rules.PROMISE, rules.URGENCY, rules.COMPARISON, rules.LEGAL, rules.PERSON, rules.AGREES,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reading:
    """`commits` is how likely the sentence binds the firm in some way, `rule` the likeliest way."""

    commits: float
    rule: str
