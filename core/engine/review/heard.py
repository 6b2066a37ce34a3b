"""What this talk adds to what the firm vouches for: pages found, the product under discussion, what was said."""

import re
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from core.domain.basket import Sum
from core.domain.commitments import Reading
from core.domain.dates_said import find_dates
from core.domain.duty import say_back
from core.domain.facts import fact_text
from core.domain.turn import Draft, Found, Passage, Turn, Understood

_TRUSTED_PASSAGES = 5
_REMEMBERED = 1500


@dataclass(frozen=True, slots=True)
class Heard:
    passages: tuple[Passage, ...] = ()
    product: str | None = None
    """The sku under discussion."""
    text: str = ""
    """What the customer wrote now."""
    before: str = ""
    """What the customer wrote earlier, the latest part of it."""
    facts: str = ""
    """What is known of the customer, as it may be told back."""
    quantities: frozenset[Decimal] = frozenset()
    times: frozenset[Hashable] = frozenset()
    """Values of the days and times that code said of when people are back."""
    is_backed: bool | None = None
    """Whether somebody will keep what this reply promises; None = it is not known."""
    sums: frozenset[Sum] = frozenset()
    """What code worked out of the price list for what was picked."""
    approved: str = ""
    """What people wrote for this moment; a generated text may say the same in other words."""
    readings: Mapping[str, Reading] = field(default_factory=dict)
    """What a trained reader makes of each sentence of a generated text; none = the rules alone decide."""

    @property
    def everything(self) -> str:
        return f"{self.before}\n{self.text}\n{self.facts}"


NOTHING = Heard()


def build_heard(
    turn: Turn, understood: Understood, founds: Sequence[Found], product: str | None, approved: Draft | None = None
) -> Heard:
    facts = {name: fact.value for name, fact in turn.facts.items()}
    facts |= {fact.name: fact.value for fact in understood.facts}
    quantity = facts.get("quantity")
    counted = re.findall(r"\d{1,5}", turn.text)
    return Heard(
        passages=tuple(
            hit.passage for found in founds if found.enough or found.is_near for hit in found.hits[:_TRUSTED_PASSAGES]
        ),
        product=product,
        text=turn.text,
        before="\n".join(line.text for line in turn.history if line.role == "customer")[-_REMEMBERED:],
        facts="\n".join(fact_text(name, value) for name, value in facts.items()),
        quantities=frozenset(
            Decimal(str(number)) for number in (quantity, *counted[:8]) if isinstance(number, int | str)
        ),
        times=_said_by_code(turn, understood.language),
        approved="\n".join(message.text for message in approved.messages) if approved else "",
    )


def _said_by_code(turn: Turn, language: str) -> frozenset[Hashable]:
    languages = {language, turn.firm.default_language}
    back = (say_back(turn.firm, turn.now, each) for each in languages)
    return frozenset(date.value for said in back if said for date in find_dates(said))
