"""An XLSX file written row by row, so that a large table needs little memory."""

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from bots.desk.export_rows import Cell

_WIDTH: Final = 18
_TITLE: Final = "Leads"
_BLOCK: Final = 64 * 1024


@dataclass(frozen=True, slots=True)
class OpenSheet:
    book: Any
    sheet: Any


def begin(headings: Sequence[str]) -> OpenSheet:
    from openpyxl import Workbook
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    sheet = book.create_sheet(_TITLE)
    sheet.freeze_panes = "C2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(headings))}1"
    for number in range(1, len(headings) + 1):
        sheet.column_dimensions[get_column_letter(number)].width = _WIDTH
    sheet.append([_bold(sheet, heading) for heading in headings])
    return OpenSheet(book, sheet)


def add(open_sheet: OpenSheet, rows: Iterable[Sequence[Cell]]) -> None:
    """`rows` must be harmless: a text that begins with = would become a formula here."""
    for row in rows:
        open_sheet.sheet.append(row)


def read(open_sheet: OpenSheet) -> Iterator[bytes]:
    """Close the sheet and give its file in blocks."""
    with tempfile.TemporaryFile() as file:
        open_sheet.book.save(file)
        file.seek(0)
        while block := file.read(_BLOCK):
            yield block


def _bold(sheet: Any, heading: str) -> Any:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    cell = WriteOnlyCell(sheet, heading)
    cell.font = Font(bold=True)
    return cell
