"""A renewed token outlives the process, is nobody else's to read, and yields to the settings."""

import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bots.token_file import Kept, TokenFile, fingerprint
from core.errors import Unavailable

NOW = datetime(2026, 11, 21, tzinfo=UTC)
KEPT = Kept("renewed-token", fingerprint("first-token"), NOW, NOW + timedelta(days=60))


def test_what_is_kept_is_read_again_and_by_its_owner_only(tmp_path: Path) -> None:
    TokenFile(tmp_path / "tokens", "instagram").keep(KEPT)
    assert TokenFile(tmp_path / "tokens", "instagram").read("first-token") == KEPT
    (file,) = (tmp_path / "tokens").iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


def test_another_token_in_the_settings_wins(tmp_path: Path) -> None:
    file = TokenFile(tmp_path, "instagram")
    file.keep(KEPT)
    assert file.read("newer-token") is None


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"token": 1}', "null", '{"token": "t", "grown_from": "x"}'])
def test_a_damaged_file_is_as_good_as_none(text: str, tmp_path: Path) -> None:
    (tmp_path / "instagram.json").write_text(text)
    assert TokenFile(tmp_path, "instagram").read("first-token") is None


def test_two_do_not_renew_at_the_same_time(tmp_path: Path) -> None:
    first, second = TokenFile(tmp_path, "instagram"), TokenFile(tmp_path, "instagram")
    with first.alone() as is_alone, second.alone() as is_second:
        assert (is_alone, is_second) == (True, False)
    with second.alone() as is_alone:
        assert is_alone


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "tokens").write_text("a file where a folder should be")
    with pytest.raises(Unavailable) as told:
        TokenFile(tmp_path / "tokens", "instagram").keep(KEPT)
    assert told.value.hint


def test_no_token_is_in_what_is_shown_of_it() -> None:
    assert "renewed-token" not in repr(KEPT)
