"""Records are read whole or refused with the place of the mistake."""

import json
from pathlib import Path

import pytest

from bots.evaluation.command import read_time
from bots.evaluation.kinds import KINDS, find_kind
from bots.evaluation.records import InvalidRecords, read_records, write_predictions
from core.errors import SellerError


def write(folder: Path, name: str, text: str) -> Path:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


def test_lines_and_yaml_give_the_same_records(tmp_path: Path) -> None:
    lines = write(tmp_path, "a.jsonl", '{"id": 1, "text": "привіт"}\n\n{"id": 2, "text": "so"}\n')
    listed = write(tmp_path, "a.yaml", "- {id: 1, text: привіт}\n- {id: 2, text: so}\n")
    assert read_records(lines) == read_records(listed) == [{"id": 1, "text": "привіт"}, {"id": 2, "text": "so"}]


def test_an_empty_file_holds_no_records(tmp_path: Path) -> None:
    assert read_records(write(tmp_path, "a.jsonl", "")) == []
    assert read_records(write(tmp_path, "a.yaml", "")) == []


@pytest.mark.parametrize(
    ("name", "text", "place"),
    [
        ("a.jsonl", '{"id": 1}\n{"id": 2', "a.jsonl:2"),
        ("a.jsonl", '{"id": 1}\n{"text": "x"}', "a.jsonl:2"),
        ("a.jsonl", "[1]", "a.jsonl:1"),
        ("a.jsonl", "[" * 100_000, "a.jsonl:1"),
        ("a.yaml", "- id: 1\n- {id: 2", "a.yaml:2"),
        ("a.yaml", "id: 1", "a.yaml"),
        ("a.yaml", "- id: 1\n- text: x", "record 2"),
    ],
)
def test_a_mistake_is_named_with_its_place(name: str, text: str, place: str, tmp_path: Path) -> None:
    with pytest.raises(InvalidRecords) as refusal:
        read_records(write(tmp_path, name, text))
    assert place in refusal.value.where
    assert refusal.value.hint


def test_a_file_that_is_not_there_or_is_no_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidRecords, match="cannot be read"):
        read_records(tmp_path / "none.jsonl")
    (tmp_path / "b.jsonl").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InvalidRecords, match="cannot be read"):
        read_records(tmp_path / "b.jsonl")


def test_predictions_are_written_raw_one_a_line(tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    write_predictions(out, [{"id": 1, "act": "greeting"}, {"id": 2, "act": "інше"}])
    assert [json.loads(line)["id"] for line in out.read_text(encoding="utf-8").splitlines()] == [1, 2]
    assert "інше" in out.read_text(encoding="utf-8")


def test_predictions_that_cannot_be_written_are_told_so(tmp_path: Path) -> None:
    with pytest.raises(SellerError, match="cannot be written"):
        write_predictions(tmp_path / "no" / "out.jsonl", [])


def test_a_kind_that_does_not_exist_is_refused_with_those_that_do() -> None:
    with pytest.raises(SellerError) as refusal:
        find_kind("moods")
    assert all(kind in refusal.value.hint for kind in KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_can_be_found(kind: str) -> None:
    evaluate, required = find_kind(kind)
    assert callable(evaluate)
    assert "id" in required


def test_a_time_without_a_zone_is_utc_and_nonsense_is_refused() -> None:
    assert read_time("2026-11-23T10:00:00").isoformat() == "2026-11-23T10:00:00+00:00"
    assert read_time("2026-11-23T10:00:00+02:00").isoformat() == "2026-11-23T10:00:00+02:00"
    with pytest.raises(SellerError, match="no time"):
        read_time("tomorrow")
