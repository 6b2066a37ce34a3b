"""Change one row of price_list.csv in its text: every other line stays byte for byte."""

import csv
import io
from collections.abc import Iterator, Mapping

from core.errors import InvalidFirm
from core.strategy.csv_lines import DELIMITERS

FILE = "price_list.csv"


def edit_price(text: str, sku: str, cells: Mapping[str, str]) -> str:
    """`cells` by column. Raises InvalidFirm for a column that the file does not have, LookupError for the sku."""
    delimiter = max(DELIMITERS, key=next((line for line in text.splitlines() if line.strip()), "").count)
    header: list[str] | None = None
    for start, end, row in _rows(text, delimiter):
        if header is None:
            header = [cell.strip("\ufeff \t").lower() for cell in row]
            continue
        if len(row) == len(header) and "sku" in header and row[header.index("sku")].strip() == sku:
            return text[:start] + _line(_changed(row, header, cells), delimiter) + text[end:]
    raise LookupError(f"no product {sku}")


def add_price(text: str, cells: Mapping[str, str]) -> str:
    """One row more, below the others. Raises InvalidFirm for a sku that is there already or a column that is not."""
    delimiter = max(DELIMITERS, key=next((line for line in text.splitlines() if line.strip()), "").count)
    rows = list(_rows(text, delimiter))
    header = [cell.strip("\ufeff \t").lower() for cell in rows[0][2]] if rows else []
    if "sku" not in header:
        raise InvalidFirm("the column 'sku' is missing", where=f"{FILE}:1", hint="mend the header in the file")
    taken = next((start for start, _, row in rows[1:] if row[header.index("sku")].strip() == cells["sku"]), None)
    if taken is not None:
        place = f"{FILE}:{text.count(chr(10), 0, taken) + 1}"
        raise InvalidFirm(
            f"the sku {cells['sku']!r} is there already", where=place, hint="choose another, or change it"
        )
    ending = "\r\n" if "\r\n" in text else "\n"
    above = text.rstrip("\r\n")
    return above + ending + _line(_changed([""] * len(header), header, cells), delimiter) + ending


def _rows(text: str, delimiter: str) -> Iterator[tuple[int, int, list[str]]]:
    """Where each row that is not empty begins and ends, its line end left out."""
    lines = text.splitlines(keepends=True)
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    at = read = 0
    try:
        for row in reader:
            length = sum(len(line) for line in lines[read : reader.line_num])
            ending = len(lines[reader.line_num - 1]) - len(lines[reader.line_num - 1].rstrip("\r\n"))
            if any(cell.strip() for cell in row):
                yield at, at + length - ending, row
            at, read = at + length, reader.line_num
    except csv.Error as error:
        hint = "mend it in the file and read the folder again"
        raise InvalidFirm("this is not valid CSV", where=f"{FILE}:{read + 1}", hint=hint) from error


def _changed(row: list[str], header: list[str], cells: Mapping[str, str]) -> list[str]:
    changed = list(row)
    for column, value in cells.items():
        if column in header:
            changed[header.index(column)] = value
        elif value:
            hint = f"add the column to the first line of {FILE}, and an empty cell to every other"
            raise InvalidFirm(f"the price list has no column {column!r}", where=f"{FILE}:1", hint=hint)
    return changed


def _line(row: list[str], delimiter: str) -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerow(row)
    return out.getvalue().removesuffix("\r\n")
