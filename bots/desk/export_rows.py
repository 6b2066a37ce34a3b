"""A lead as cells of a spreadsheet: every fact beside the words that prove it, nothing that would be calculated."""

import csv
import io
import re
from collections.abc import Sequence
from typing import Final

from core.domain.facts import FactValue
from core.domain.vocabulary import FACT_NAMES
from core.storage.lead_table import LeadEntry
from core.storage.witnessed import WitnessedFact

Cell = str | int | float

_BEFORE: Final = ("id", "contact", "username", "channel", "stage", "score", "score_reasons")
_AFTER: Final = (
    "source", "owner", "outcome", "outcome_by", "holder", "operator", "language", "last_message_at", "conversation_id",
)  # fmt: skip
# A cell that begins so is a formula to a spreadsheet; a whole phone number is not.
_FORMULA: Final = re.compile(r"\s*[=+\-@\t\r|%]|\s*[＝＋－＠]")
_PHONE: Final = re.compile(r"\+\d+")
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def headings() -> list[str]:
    facts = [heading for name in FACT_NAMES for heading in (name, f"{name}_witness")]
    return [*_BEFORE, *facts, *_AFTER]


def lead_cells(lead: LeadEntry) -> list[Cell]:
    cells: list[Cell | None] = [
        lead.id, lead.contact, lead.username, lead.channel, lead.stage, lead.score, "; ".join(lead.reasons),
    ]  # fmt: skip
    for name in FACT_NAMES:
        fact = lead.facts.get(name)
        cells += [_fact(fact.text, fact.value), _witness(fact)] if fact else ["", ""]
    last = lead.last_message_at.isoformat(timespec="seconds") if lead.last_message_at else ""
    cells += [
        lead.source, lead.owner, lead.outcome, lead.outcome_by, lead.holder, lead.operator, lead.language, last,
        lead.conversation_id,
    ]  # fmt: skip
    return ["" if cell is None else harmless(cell) for cell in cells]


def harmless(cell: Cell) -> Cell:
    """Text that a spreadsheet will show and never calculate."""
    if not isinstance(cell, str):
        return cell
    text = _CONTROL.sub("", cell)
    return f"'{text}" if _FORMULA.match(text) and not _PHONE.fullmatch(text) else text


def csv_line(cells: Sequence[Cell]) -> str:
    line = io.StringIO()
    csv.writer(line).writerow(cells)
    return line.getvalue()


def _fact(text: str, value: FactValue) -> Cell:
    return value if isinstance(value, int) else text


def _witness(fact: WitnessedFact) -> str:
    """The words and where they stand, or who wrote the fact in."""
    if fact.words is None:
        return f"{fact.written_by} {fact.at.isoformat(timespec='seconds')}"
    return f"«{fact.words}» message {fact.message_id}"
