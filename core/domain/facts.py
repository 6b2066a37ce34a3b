"""Details a contact told us, each with the words that prove it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from core.domain.ids import FactId, MessageId

# str for most names, int for quantity, {"amount": number, "currency": ISO} for budget,
# {"text": as said, "date": ISO or None} for deadline.
FactValue = str | int | Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Witness:
    """Where a fact was said: a message and the span [start, end) of its characters."""

    message_id: MessageId
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class FoundFact:
    """A fact as just understood; not stored yet."""

    name: str
    value: FactValue
    witness: Witness


@dataclass(frozen=True, slots=True)
class Fact:
    """A stored fact. `written_by` is `bot` or a person's name; a person's edit carries no witness."""

    id: FactId
    name: str
    value: FactValue
    written_by: str
    at: datetime
    witness: Witness | None = None
    linked: bool = False
    """Told at another door of the same person: used here, never stored here."""


def is_by_person(fact: Fact) -> bool:
    """A person's edit wins over what the bot understands later."""
    return fact.written_by != "bot"


def precedence(fact: Fact) -> tuple[bool, datetime, int]:
    """Of two statements about one thing the greater holds: a person's edit, else the last one."""
    return is_by_person(fact), fact.at, fact.id


def fact_text(name: str, value: FactValue) -> str:
    """The value as people read it, the same in every language."""
    if not isinstance(value, Mapping):
        return str(value)
    if name == "budget":
        return f"{value['amount']:,.10g} {value['currency']}".replace(",", " ")
    return str(value.get("text", ""))
