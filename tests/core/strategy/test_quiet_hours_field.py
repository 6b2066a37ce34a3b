from datetime import time
from pathlib import Path

import pytest

from core.domain.quiet_hours import QuietHours
from core.errors import InvalidFirm
from core.strategy.firm_folder import load_firm


def quiet_hours(folder: Path, lines: str) -> QuietHours | None:
    (folder / "firm.yaml").write_text(f"name: Test\n{lines}\n")
    return load_firm(folder).firm.quiet_hours


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("", QuietHours(time(21), time(8), "Europe/Kyiv")),
        ('quiet_hours: "22:30-07:15"\ntimezone: Europe/Warsaw', QuietHours(time(22, 30), time(7, 15), "Europe/Warsaw")),
        ('quiet_hours: "13:00 – 14:00"', QuietHours(time(13), time(14), "Europe/Kyiv")),
        ("quiet_hours: never", None),
    ],
)
def test_quiet_hours_are_read_in_the_firms_time_zone(lines: str, expected: QuietHours | None, tmp_path: Path) -> None:
    assert quiet_hours(tmp_path, lines) == expected


@pytest.mark.parametrize("said", ["nightly", '"21:00"', '"25:00-08:00"', '"08:00-08:00"', "[21, 8]"])
def test_quiet_hours_that_cannot_be_understood_are_refused(said: str, tmp_path: Path) -> None:
    with pytest.raises(InvalidFirm) as told:
        quiet_hours(tmp_path, f"quiet_hours: {said}")
    assert "firm.yaml:2" in (told.value.where or "")
