"""What the command line says of a firm's folder."""

from pathlib import Path

import pytest

from bots.tasks import check_firm

EXAMPLE = Path(__file__).parents[2] / "examples" / "kavomir"


def test_an_empty_folder_is_told_what_it_lacks(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    check_firm(tmp_path)
    said = capsys.readouterr().out
    assert "all in order" not in said
    for part in ("firm.yaml is not there", "no price list", "no knowledge"):
        assert part in said


def test_a_whole_folder_is_in_order(capsys: pytest.CaptureFixture[str]) -> None:
    check_firm(EXAMPLE)
    said = capsys.readouterr().out
    assert said.endswith("all in order\n")
    assert "warning" not in said
