"""Understanding is measured with the whole bot, on a firm that sells nothing in particular."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bots.evaluation import acts, facts
from bots.evaluation.command import run_evaluation
from bots.evaluation.records import InvalidRecords
from bots.evaluation.request import Request
from core.errors import SellerError

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)


@pytest.fixture
def firm(tmp_path: Path) -> Path:
    folder = tmp_path / "firm"
    folder.mkdir()
    (folder / "firm.yaml").write_text("name: Oak\nlanguages: [uk, ru, en]\n", encoding="utf-8")
    return folder


async def test_acts_are_predicted_and_scored_by_language(firm: Path) -> None:
    records = [
        {"id": "a", "language": "uk", "text": "Добрий день!", "act": "greeting"},
        {"id": "b", "language": "uk", "text": "Дякую", "act": "greeting"},
        {"id": "c", "language": "en", "text": "stop", "act": "opt_out"},
        {"id": "d", "language": "en", "text": "hello"},
    ]
    report = await acts.evaluate(records, Request(firm, NOW))
    assert [each["act"] for each in report.predictions] == ["greeting", "thanks", "opt_out", "greeting"]
    assert report.predictions[2] == {"id": "c", "act": "opt_out", "acts": ["opt_out"], "probability": 1.0}
    assert report.scores["records"] == 3
    assert report.scores["accuracy"] == pytest.approx(2 / 3, abs=1e-4)
    assert report.scores["by_language"]["en"] == {
        "accuracy": 1.0,
        "macro_f1": 1.0,
        "acts": {"opt_out": {"precision": 1.0, "recall": 1.0, "f1": 1.0}},
    }
    assert report.scores["by_language"]["uk"]["acts"]["greeting"]["recall"] == 0.5


async def test_the_last_statement_of_a_talk_wins_and_talks_do_not_mix(firm: Path) -> None:
    records = [
        {"id": 1, "language": "uk", "messages": ["моя пошта old@ukr.net", {"text": "тепер new@ukr.net"}],
         "facts": {"email": "new@ukr.net"}, "absent": ["phone"]},
        {"id": 2, "language": "uk", "messages": ["у вашого менеджера телефон 0671234567?"], "facts": {},
         "absent": ["phone", "email"]},
        {"id": 3, "language": "uk", "messages": ["", {"text": " "}], "facts": {}, "absent": []},
    ]  # fmt: skip
    report = await facts.evaluate(records, Request(firm, NOW))
    assert report.predictions[0] == {"id": 1, "facts": {"email": "new@ukr.net"}}
    assert report.predictions[1]["facts"] == report.predictions[2]["facts"] == {}
    assert report.scores["facts"]["email"] == {"precision": 1.0, "recall": 1.0, "f1": 1.0}
    assert report.scores["traps"] == report.scores["by_language"]["uk"]["traps"] == {"hits": 0, "of": 3}


async def test_talks_without_labels_are_predicted_all_the_same(firm: Path) -> None:
    report = await facts.evaluate([{"id": 1, "messages": ["a@b.com is my email"]}], Request(firm, NOW))
    assert report.predictions == [{"id": 1, "facts": {"email": "a@b.com"}}]
    assert report.scores["records"] == 0


@pytest.mark.parametrize("messages", ["two chairs", [1], [{"voice": True}], None])
async def test_messages_that_are_no_texts_are_named(firm: Path, messages: object) -> None:
    with pytest.raises(SellerError, match="list of texts") as raised:
        await facts.evaluate([{"id": "x7", "messages": messages}], Request(firm, NOW))
    assert raised.value.where == "record x7"


@pytest.mark.parametrize(("kind", "line"), [("acts", '{"id": 1}'), ("facts", '{"id": 1, "text": "a"}'), ("acts", "{")])
def test_a_bad_line_is_named_by_file_and_line(tmp_path: Path, firm: Path, kind: str, line: str) -> None:
    file = tmp_path / "records.jsonl"
    good = json.dumps({"id": 0, "text": "a", "messages": []})
    file.write_text(f"{good}\n\n{line}\n", encoding="utf-8")
    with pytest.raises(InvalidRecords) as raised:
        run_evaluation(kind, file, predictions=None, firm=firm, now=None, model=None)
    assert raised.value.where == f"{file}:3"
