"""Every decision record has the template's headings and stands in the list."""

import re
from pathlib import Path

import pytest

from tests.docs.repository import ROOT, read

FOLDER = ROOT / "docs" / "adr"
RECORDS = sorted(FOLDER.glob("[0-9]*.md"))
TITLE = re.compile(r"# (\d{4})\. (.+)")


def headings(path: Path) -> list[str]:
    return re.findall(r"^## (.+)$", read(path), re.MULTILINE)


def test_numbers_have_no_gap() -> None:
    assert [int(path.name[:4]) for path in RECORDS] == list(range(1, len(RECORDS) + 1))


@pytest.mark.parametrize("path", RECORDS, ids=lambda path: path.stem)
def test_a_record_has_the_headings_of_the_template(path: Path) -> None:
    assert headings(path) == headings(FOLDER / "template.md")


@pytest.mark.parametrize("path", RECORDS, ids=lambda path: path.stem)
def test_a_record_says_its_number_its_date_and_its_status(path: Path) -> None:
    title, _, date, status, *_ = read(path).splitlines()
    match = TITLE.fullmatch(title)
    assert match is not None
    assert match[1] == path.name[:4]
    assert re.fullmatch(r"- Date: \d{4}-\d\d-\d\d", date)
    assert re.match(r"- Status: (proposed|accepted|superseded by \d{4})", status)


def test_the_list_names_each_record_by_its_title() -> None:
    rows = re.findall(r"\| \[(\d{4})\]\((.+?)\) \| (.+?) \|", read(FOLDER / "README.md"))
    titles = [TITLE.fullmatch(read(path).splitlines()[0]) for path in RECORDS]
    assert rows == [(t[1], path.name, t[2]) for t, path in zip(titles, RECORDS, strict=True) if t]
