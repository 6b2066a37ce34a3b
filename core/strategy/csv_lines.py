"""CSV whose rows remember their line, as written by hand or saved from a spreadsheet."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.strategy.problems import Place, Problems, name_hint

DELIMITERS = ",;\t"


@dataclass(frozen=True, slots=True)
class Row:
    place: Place
    cells: Mapping[str, str]
    """Trimmed; a column that the file does not have is empty."""


def read_rows(
    text: str, file: str, *, columns: Sequence[str], required: Sequence[str], problems: Problems
) -> list[Row]:
    """Rows below the header line. A row that does not fit the header is told and left out."""
    lines = csv.reader(io.StringIO(text), delimiter=_delimiter(text), strict=True)
    rows: list[Row] = []
    header: list[str] | None = None
    start = 1
    try:
        for cells in lines:
            place, start = Place(file, start), lines.line_num + 1
            values = [cell.strip() for cell in cells]
            if not any(values):
                continue
            if header is None:
                header = [value.lower() for value in values]
                if not _header_fits(header, place, columns, required, problems):
                    return []
            elif len(values) != len(header):
                what = f"the row has {len(values)} cells, the header {len(header)}"
                problems.add(place, what, "put texts that hold the separator into double quotes; keep empty cells")
            else:
                rows.append(Row(place, dict.fromkeys(columns, "") | dict(zip(header, values, strict=True))))
    except csv.Error as error:
        problems.add(
            Place(file, start), f"this is not valid CSV: {error}", "close every double quote; save as CSV UTF-8"
        )
    if header is None:
        problems.add(Place(file), "the file is empty", f"begin with the line {','.join(columns)}")
    return rows


def _delimiter(text: str) -> str:
    """Spreadsheets save with the separator of their country: the one that the header uses most is it."""
    header = next((line for line in text.splitlines() if line.strip()), "")
    return max(DELIMITERS, key=header.count)


def _header_fits(
    header: Sequence[str], place: Place, columns: Sequence[str], required: Sequence[str], problems: Problems
) -> bool:
    before = len(problems.found)
    for at, name in enumerate(header):
        if name not in columns:
            problems.add(place, f"unknown column {name!r}", name_hint(name, columns))
        elif name in header[:at]:
            problems.add(place, f"column {name!r} stands twice", "delete one of them")
    for name in required:
        if name not in header:
            problems.add(place, f"the column {name!r} is missing", f"the header is {','.join(columns)}")
    return len(problems.found) == before
