"""A CSV file of outcomes, line by line: what can be read, and what is wrong with the rest."""

import csv
import io
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from core.domain.outcomes import OutcomeKind

MOST_LINES: Final = 20_000
_LARGEST_ID: Final = 2**62


@dataclass(frozen=True, slots=True)
class OutcomeLine:
    number: int
    lead_id: int
    kind: OutcomeKind
    at: datetime


@dataclass(frozen=True, slots=True)
class BadLine:
    """`problem` is a key of the catalogue, `found` what stands in the file."""

    number: int
    problem: str
    found: str


def read_outcomes(data: bytes, *, now: datetime) -> tuple[list[OutcomeLine], list[BadLine]]:
    """`id,outcome[,at]`, with or without headings; `;` and tabs separate as well. A time without a zone is UTC."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return [], [BadLine(1, "not_utf8", "")]
    lines: list[OutcomeLine] = []
    bad: list[BadLine] = []
    try:
        for number, row in enumerate(csv.reader(io.StringIO(text), delimiter=_separator(text), strict=True), start=1):
            if number > MOST_LINES:
                bad.append(BadLine(number, "too_many_lines", ""))
                break
            cells = [cell.strip() for cell in row]
            if not any(cells) or (number == 1 and cells[0].lower() in ("id", "lead_id")):
                continue
            read = _read(number, cells, now)
            (lines if isinstance(read, OutcomeLine) else bad).append(read)  # type: ignore[arg-type]
    except csv.Error as error:
        bad.append(BadLine(len(lines) + len(bad) + 1, "not_csv", str(error)))
    return lines, bad


def _separator(text: str) -> str:
    first = text.partition("\n")[0]
    return max(",;\t", key=first.count)


def _read(number: int, cells: list[str], now: datetime) -> OutcomeLine | BadLine:
    if len(cells) < 2:
        return BadLine(number, "too_few_cells", cells[0])
    if not (cells[0].isascii() and cells[0].isdecimal()) or int(cells[0][:20]) > _LARGEST_ID:
        return BadLine(number, "bad_id", cells[0][:50])
    if cells[1] not in list(OutcomeKind):
        return BadLine(number, "bad_outcome", cells[1][:50])
    at = _moment(cells[2], now) if len(cells) > 2 else now
    if at is None:
        return BadLine(number, "bad_time", cells[2][:50])
    return OutcomeLine(number, int(cells[0]), OutcomeKind(cells[1]), at)


def _moment(text: str, now: datetime) -> datetime | None:
    """None for what is no time, or has not come yet."""
    if not text:
        return now
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    at = at.replace(tzinfo=UTC) if at.tzinfo is None else at
    return at if at <= now else None
