"""Questions go through the whole engine: pages are quoted, prices come from the price list, the rest is admitted."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bots.evaluation.answers import evaluate
from bots.evaluation.request import Report, Request

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
RECORDS = [
    {"id": 1, "language": "en", "question": "How much is delivery?", "answerable": True, "doc": "delivery",
     "must_contain": ["300 UAH"]},
    {"id": 2, "language": "en", "question": "What is the price of the oak table?", "answerable": True, "doc": None,
     "must_contain": ["9 500"]},
    {"id": 3, "language": "en", "question": "Who won the football match yesterday?", "answerable": False},
]  # fmt: skip


@pytest.fixture
async def report(tmp_path: Path) -> Report:
    files = {
        "firm.yaml": "name: Oak\nlanguages: [en]\npolicies:\n- {id: fee, text: {en: 'Delivery costs 300 UAH.'}}\n",
        "price_list.csv": "sku,name_en,price,currency,unit,valid_until,in_stock\nT-1,Oak table,9500,UAH,pc,,3\n",
        "knowledge/delivery.en.md": "# Delivery\n\n## How much delivery costs\nDelivery costs 300 UAH.\n",
        "knowledge/care.en.md": "# Care\n\n## Wiping a table\nWipe the table with a dry cloth.\n",
    }
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return await evaluate(RECORDS, Request(tmp_path, NOW))


async def test_pages_are_quoted_prices_looked_up_and_the_rest_admitted(report: Report) -> None:
    page, price, nothing = report.predictions
    assert page["docs"][0] == "delivery.en.md"
    assert "300 UAH" in page["answer"]
    assert "price_list.csv" in price["docs"]
    assert [prediction["abstained"] for prediction in report.predictions] == [False, False, True]
    assert nothing["id"] == 3
    assert report.scores["all"]["contains"] == 1.0
    assert report.scores["all"]["false_answers"] == 0.0
