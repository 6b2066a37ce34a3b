import csv
import io

import pytest
from openpyxl import load_workbook

from bots.desk.export_rows import harmless, headings
from bots.desk.outcome_lines import read_outcomes
from core.domain.vocabulary import FACT_NAMES
from core.storage.lead_table import get_lead
from core.storage.users import list_audit
from tests.bots.desk.browser import Visitor, text
from tests.bots.desk.demo import NOON, Demo
from tests.bots.desk.talks import fill


@pytest.fixture
async def olena(demo: Demo, visitor: Visitor) -> Visitor:
    await fill(demo)
    await visitor.sign_in("olena")
    return visitor


async def rows(visitor: Visitor, query: str = "") -> list[dict[str, str]]:
    answer = await visitor.get(f"/desk/leads.csv?{query}")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


async def test_the_export_has_a_witness_beside_every_fact(demo: Demo, olena: Visitor) -> None:
    (row,) = await rows(olena, "text=Ірина")
    lead = await demo.database.read(lambda conn: get_lead(conn, 1))
    assert (row["city"], row["city_witness"]) == ("Львів", f"«Львова» message {lead.facts['city'].message_id}")
    assert (row["budget"], row["quantity"], row["phone"]) == ("45 000 UAH", "25", "+380671234567")
    assert all(f"{name}_witness" in row for name in FACT_NAMES)


async def test_the_export_keeps_the_tables_filter_and_order(olena: Visitor) -> None:
    assert [row["contact"] for row in await rows(olena, "outcome=none&sort=score&dir=asc")] == [
        "Emma Nowak", "Андрій", "Ірина Коваль",
    ]  # fmt: skip


async def test_a_formula_in_a_cell_is_only_text(olena: Visitor) -> None:
    await olena.send("/desk/leads/1/facts/company", value='=HYPERLINK("http://evil.example")')
    (row,) = await rows(olena, "text=Ірина")
    assert row["company"] == '\'=HYPERLINK("http://evil.example")'
    answer = await olena.get("/desk/leads.xlsx?text=Ірина")
    sheet = load_workbook(io.BytesIO(answer.content)).active
    assert sheet is not None
    cell = sheet.cell(2, headings().index("company") + 1)
    assert (cell.value, cell.data_type) == ('\'=HYPERLINK("http://evil.example")', "s")


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ("=1+1", "'=1+1"),
        ("+1+1", "'+1+1"),
        ("-1+1", "'-1+1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("  =1", "'  =1"),
        ("＝1", "'＝1"),
        ("+380671234567", "+380671234567"),
        ("Львів", "Львів"),
        ("a\x00b", "ab"),
        (25, 25),
    ],
)
def test_a_spreadsheet_is_given_nothing_to_calculate(cell: str | int, shown: str | int) -> None:
    assert harmless(cell) == shown


async def test_the_sheet_holds_what_the_table_holds(olena: Visitor) -> None:
    answer = await olena.get("/desk/leads.xlsx")
    assert answer.headers["content-disposition"] == 'attachment; filename="leads-2026-11-23.xlsx"'
    sheet = load_workbook(io.BytesIO(answer.content)).active
    assert sheet is not None
    found = list(sheet.iter_rows(values_only=True))
    assert list(found[0]) == headings()
    assert [row[1] for row in found[1:]] == ["Андрій", "Ірина Коваль", "Emma Nowak", "Дмитро Бондар"]


async def test_an_export_is_written_down(demo: Demo, olena: Visitor) -> None:
    await rows(olena)
    (entry,) = await demo.database.read(lambda conn: list_audit(conn, 1))
    assert (entry.user_name, entry.action, entry.data) == ("olena", "export_leads", {"format": "csv"})


async def send(visitor: Visitor, content: str | bytes) -> str:
    files = {"file": ("outcomes.csv", content if isinstance(content, bytes) else content.encode(), "text/csv")}
    return text(await visitor.send("/desk/leads/import", files=files))


async def test_outcomes_are_taken_line_by_line_and_bad_lines_told(demo: Demo, olena: Visitor) -> None:
    page = await send(olena, "id,outcome,at\n1,lead_won,2026-11-20T10:00\n99,declined\n2,glory\nx,declined\n3\n")
    assert "1 outcome recorded" in page
    assert "4 lines were not used" in page
    for words in (
        "3 99 There is no lead with this number.",
        "4 glory Not an outcome we know",
        "5 x Not a lead’s number.",
        "6 3 The outcome is missing",
    ):
        assert words in page
    lead = await demo.database.read(lambda conn: get_lead(conn, 1))
    assert (lead.outcome, lead.outcome_by) == ("lead_won", "csv")


async def test_a_file_that_is_no_table_is_told(olena: Visitor) -> None:
    assert "The file is not UTF-8 text." in await send(olena, "1,продано".encode("cp1251"))
    assert "The file is empty." in await send(olena, "")


@pytest.mark.parametrize(
    ("content", "ids", "problems"),
    [
        ("1,lead_won", [1], []),
        ("\ufeffid;outcome\r\n1;declined\r\n", [1], []),
        ("id\toutcome\n7\tmeeting\n", [7], []),
        ("1,lead_won,2026-11-30", [], ["bad_time"]),
        ("1,lead_won,yesterday", [], ["bad_time"]),
        ("1,lead_won,", [1], []),
        ("²,lead_won", [], ["bad_id"]),
        ("99999999999999999999999,lead_won", [], ["bad_id"]),
        ("\n\n1,lead_won\n", [1], []),
        ('1,lead_won\n2,"lead_won\n3,meeting\n', [1], ["not_csv"]),
    ],
)
def test_lines_are_read_or_refused(content: str, ids: list[int], problems: list[str]) -> None:
    lines, bad = read_outcomes(content.encode(), now=NOON)
    assert ([line.lead_id for line in lines], [line.problem for line in bad]) == (ids, problems)
