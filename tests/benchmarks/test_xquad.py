import json
from pathlib import Path

import pytest

from benchmarks.xquad import Bm25, read_xquad
from core.errors import SellerError


def write(folder: Path, paragraphs: int, questions: int) -> Path:
    asked = [{"question": f"q{n}"} for n in range(questions)]
    data = [{"paragraphs": [{"context": f"text {n}", "qas": asked} for n in range(paragraphs)]}]
    file = folder / "xquad.en.json"
    file.write_text(json.dumps({"data": data}), encoding="utf-8")
    return file


def test_questions_are_spread_over_the_paragraphs(tmp_path: Path) -> None:
    paragraphs, asked = read_xquad(write(tmp_path, 10, 5), limit=10, most=10)
    assert len(paragraphs) == 10
    assert [question.paragraph for question in asked] == list(range(10))


def test_fewer_are_taken_when_fewer_are_there(tmp_path: Path) -> None:
    paragraphs, asked = read_xquad(write(tmp_path, 3, 2), limit=400, most=2)
    assert (len(paragraphs), len(asked)) == (2, 4)


def test_a_file_of_another_kind_is_refused(tmp_path: Path) -> None:
    (tmp_path / "xquad.en.json").write_text("[]", encoding="utf-8")
    with pytest.raises(SellerError) as refusal:
        read_xquad(tmp_path / "xquad.en.json", 1, 1)
    assert refusal.value.hint


def test_rare_words_decide_the_keyword_ranking() -> None:
    ranking = Bm25(["the river is long", "the river is a river and long", "volcanoes near the river"])
    assert ranking.best("which volcanoes are near?") == 2
    assert ranking.best("") == 0
