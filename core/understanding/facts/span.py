"""What every finder of facts takes and gives."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from core.domain.facts import FactValue
from core.understanding.facts.catalogue import NO_PRODUCTS, Catalogue

if TYPE_CHECKING:
    from core.understanding.facts.number_judge import NumberJudge

MASK = "\ufffc"
"""Stands for characters that another finder has already explained."""


@dataclass(frozen=True, slots=True)
class Span:
    """A value and the characters [start, end) that say it."""

    start: int
    end: int
    value: FactValue


@dataclass(frozen=True, slots=True)
class Context:
    """What a finder may know besides the text. `known` holds the facts so far, the last told last."""

    today: date
    language: str = "uk"
    region: str = "UA"
    currency: str = "UAH"
    expected: frozenset[str] = frozenset()
    """The facts that the bot just asked for: a bare "5" answers that."""
    implied: frozenset[str] = frozenset()
    """Facts that what the text does makes likely, though nobody asked for them: "більше 8к не дам" states a budget."""
    known: Mapping[str, FactValue] = field(default_factory=dict)
    earlier: str = ""
    """What the same person wrote just before, in the messages of the same turn."""
    recent: str = ""
    """The last lines of the same person before this message, of this turn or of earlier ones."""
    catalogue: Catalogue = NO_PRODUCTS
    numbers: "NumberJudge | None" = None
    """None = the rules alone tell what a number is."""


def mask(text: str, spans: Iterable[Span]) -> str:
    """The text with the spans blotted out, as long as before."""
    for span in spans:
        text = text[: span.start] + MASK * (span.end - span.start) + text[span.end :]
    return text


def last_number(context: Context) -> str | None:
    """Which fact that is a number was told last."""
    return next((name for name in reversed(tuple(context.known)) if name in ("budget", "quantity")), None)
