"""What a person types into a cell, read as the fact it stands for."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from bots.desk.routes import BadForm
from core.domain.facts import FactValue
from core.domain.vocabulary import FACT_NAMES
from core.understanding.facts.calendar import find_days
from core.understanding.facts.email import find as find_emails
from core.understanding.facts.money import find_money
from core.understanding.facts.numbers import find_numbers, whole
from core.understanding.facts.phone import to_e164
from core.understanding.facts.span import Context
from core.understanding.text import fold

EDITABLE: Final = FACT_NAMES
ROLES: Final = ("buyer", "partner")


def parse_fact(name: str, typed: str, *, currency: str, region: str, today: date) -> FactValue | None:
    """None for an empty cell. Raises BadForm when the words cannot be this fact, LookupError for an unknown one."""
    text = " ".join(typed.split())
    if name not in EDITABLE:
        raise LookupError(f"no fact {name}")
    if not text:
        return None
    match name:
        case "phone":
            return _or_refuse(to_e164(text, region), "phone", text)
        case "email":
            found = find_emails(text, Context(today))
            return _or_refuse(found[0].value if len(found) == 1 else None, "email", text)
        case "quantity":
            numbers = find_numbers(fold(text))
            return _or_refuse(whole(numbers[0].value) if len(numbers) == 1 else None, "quantity", text)
        case "budget":
            folded = fold(text)
            money = find_money(folded, find_numbers(folded))
            return _or_refuse(money[0].value(currency) if len(money) == 1 else None, "budget", text)
        case "deadline":
            return {"text": text, "date": _day(text, today)}
        case "role":
            return _or_refuse(text if text in ROLES else None, "role", text)
    return text


def as_typed(name: str, value: FactValue) -> str:
    """The value as its form shows it, such that typing it again changes nothing."""
    if isinstance(value, Mapping):
        return f"{value['amount']} {value['currency']}" if name == "budget" else str(value.get("text") or "")
    return str(value)


def _day(text: str, today: date) -> str | None:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        found = [day.day for day in find_days(fold(text), today) if day.day]
    return found[0].isoformat() if found else None


def _or_refuse(value: FactValue | None, name: str, text: str) -> FactValue:
    if value is None:
        raise BadForm(f"fact_{name}", typed=text)
    return value
