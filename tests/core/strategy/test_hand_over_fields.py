from datetime import date, timedelta
from pathlib import Path

import pytest

from core.domain.firm import Firm
from core.domain.hand_over import Assign, HandOver
from core.errors import InvalidFirm
from core.strategy.firm_folder import load_firm


def load(folder: Path, text: str) -> Firm:
    (folder / "firm.yaml").write_text(f"name: Shop\n{text}", encoding="utf-8")
    return load_firm(folder).firm


def test_what_is_not_said_is_as_usual(tmp_path: Path) -> None:
    firm = load(tmp_path, "")
    assert firm.holidays == frozenset()
    assert firm.hand_over == HandOver(timedelta(minutes=30), None, Assign.LEAST_LOADED)


def test_holidays_and_the_way_of_handing_over_are_read(tmp_path: Path) -> None:
    said = "holidays: [2027-01-01, 2026-12-25]\nhand_over: {resume_app: never, resume_desk: 1h, assign: round_robin}\n"
    firm = load(tmp_path, said)
    assert firm.holidays == {date(2027, 1, 1), date(2026, 12, 25)}
    assert firm.hand_over == HandOver(None, timedelta(hours=1), Assign.ROUND_ROBIN)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("holidays: [1 January]", "the holiday '1 January' is no date"),
        ("hand_over: {resume_app: soon}", "'soon' is no length of time"),
        ("hand_over: {assign: least_loadet}", "unknown way to assign 'least_loadet'"),
        ("hand_over: {resume: 5m}", "hand_over has an unknown key 'resume'"),
        ("hand_over: 30m", "hand_over of the firm must be a group"),
    ],
)
def test_a_slip_is_told_with_its_line(tmp_path: Path, text: str, what: str) -> None:
    with pytest.raises(InvalidFirm, match=what) as told:
        load(tmp_path, text)
    assert told.value.where
    assert "firm.yaml:2" in told.value.where
